"""The text of a position: its clauses as one reader's copy shows them, what stands beside each, and its versions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import dropwhile

from django.db.models import Count

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, listed_keys
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents import vault
from folkmoot.apps.members import queries as members
from folkmoot.apps.positions import editions
from folkmoot.apps.positions.models import (
    Amendment,
    Answer,
    Circulation,
    Fallback,
    NarrowMark,
    Position,
    Version,
)
from folkmoot.apps.positions.queries.common import fallbacks_for
from folkmoot.engines import redline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a clause, with the number of a sub-clause that begins with it, such as 4.1 or (b).

    `kept_to` says for how few it is; empty where the document's readers all see it.
    """

    place: int
    text: str
    kept_to: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class FallbackNote:
    """What we would settle for, for the people named on it alone."""

    words: str
    holder: str
    noted_at: datetime
    seen_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the secretariat sees beside a clause."""

    amendments: int
    state: str
    stale: int


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with its paragraphs and what stands beside it; `beside` is the secretariat's."""

    view: editions.ClauseView
    paragraphs: tuple[Paragraph, ...]
    beside: Beside | None
    fallbacks: tuple[FallbackNote, ...]
    own_stance: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Paragraphs kept to fewer people."""

    pk: int
    first: int
    last: int
    kept_to: str


@dataclass(frozen=True, slots=True)
class TextPage:
    """The Text tab of one version."""

    version: Version
    is_newest: bool
    versions: tuple[Version, ...]
    clauses: tuple[ClauseLine, ...]
    marks: tuple[Mark, ...]


def versions_for(actor: Actor, position: Position) -> list[Version]:
    """The versions that a person may see, the newest first."""
    found = Version.objects.visible_to(actor).filter(position=position)
    return list(found.select_related("made_by", "package").order_by("-number"))


def text_page(
    actor: Actor,
    position: Position,
    circulation: Circulation | None,
    *,
    number: int | None = None,
    states: Mapping[str, str],
) -> TextPage | None:
    """One version as the person's own copy shows it; the newest where no number is given, None where there is none.

    `states` are those of the clauses in the newest round, for a reader who may know them.
    """
    versions = versions_for(actor, position)
    version = next((v for v in versions if number in (None, v.number)), None)
    if version is None:
        return None
    is_newest = version == versions[0]
    return TextPage(
        version=version,
        is_newest=is_newest,
        versions=tuple(versions),
        clauses=tuple(_lines(actor, position, version, circulation if is_newest else None, states)),
        marks=tuple(marks_of(version, actor.today)) if actor.in_secretariat else (),
    )


def _lines(
    actor: Actor, position: Position, version: Version, circulation: Circulation | None, states: Mapping[str, str]
) -> list[ClauseLine]:
    hidden = editions.hidden_from(actor, version)
    views = editions.clauses_without(version, hidden)
    numbered = _numbered_clauses(version.package.sha256, version.package.name, hidden)
    is_marked = actor.in_secretariat and version.narrow_marks.exists()
    paragraphs = paragraphs_of(version, actor.today) if is_marked else {}
    beside = _beside(actor, version, circulation, states)
    notes = _fallbacks(actor, position)
    stances = _own_stances(actor, circulation)
    return [
        ClauseLine(
            view=view,
            paragraphs=tuple(paragraphs.get(view.clause_id) or _lines_of(view, numbered)),
            beside=beside.get(view.clause_id),
            fallbacks=tuple(notes.get(view.clause_id, ())),
            own_stance=stances.get(view.clause_id, ""),
        )
        for view in views
    ]


def paragraphs_of(version: Version, day: date) -> dict[int, list[Paragraph]]:
    """The paragraphs of each clause of a whole version, by clause, without headings; the secretariat's."""
    words = editions.paragraphs(version)
    numbered = _numbered_clauses(version.package.sha256, version.package.name, ())
    labels = {clause.first_paragraph: _own_number(clause.number) for clause in numbered}
    kept_to = {p: mark.kept_to for mark in marks_of(version, day) for p in range(mark.first, mark.last + 1)}
    found: dict[int, list[Paragraph]] = {}
    for text in version.clause_texts.order_by("place"):
        first = text.first_paragraph
        if text.heading and words[first].strip() == text.heading.strip() and first not in kept_to:
            first += 1
        places = range(first, text.last_paragraph + 1)
        found[text.clause_id] = [
            Paragraph(p, words[p], kept_to.get(p, ""), labels.get(p, "") if p > text.first_paragraph else "")
            for p in places
            if words[p].strip()
        ]
    return found


def _lines_of(view: editions.ClauseView, numbered: Sequence[redline.Clause]) -> Iterator[Paragraph]:
    """The paragraphs of a clause as a reader's copy shows them, with the numbers of its sub-clauses."""
    following = list(dropwhile(lambda clause: clause.number != view.number, numbered))[1:]
    for line in filter(str.strip, view.text.splitlines()):
        begins = bool(following) and following[0].text.partition("\n")[0].strip() == line.strip()
        yield Paragraph(-1, line, label=_own_number(following.pop(0).number) if begins else "")


def _own_number(number: str) -> str:
    """What a sub-clause adds to the number above it where it is a letter: (b) of 4(b); else its number: 4.1."""
    return number[number.rindex("(") :] if number.endswith(")") else number


@lru_cache(maxsize=64)
def _numbered_clauses(sha256: str, name: str, hidden: tuple[int, ...]) -> tuple[redline.Clause, ...]:
    """Kept under the hash of the file, which never changes."""
    data = vault.fetch(sha256, name)
    found = redline.clauses(redline.drop_paragraphs(data, hidden) if hidden else data)
    return tuple(clause for clause in found if clause.number != clause.heading)


def marks_of(version: Version, day: date) -> list[Mark]:
    """The narrow marks of a version, each with for whom it is kept."""
    found = list(version.narrow_marks.all())
    names = {member.key: member.name for member in members.network_members(day)} if found else {}
    return [Mark(m.pk, m.first_paragraph, m.last_paragraph, _kept_to(m, names)) for m in found]


def _kept_to(mark: NarrowMark, names: Mapping[str, str]) -> str:
    if mark.audience != Audience.NAMED:
        return "the secretariat"
    keys = [key.removeprefix("org:") for key in listed_keys(mark)]
    return f"the secretariat and {', '.join(names.get(key, key) for key in keys)}"


def lost_marks(version: Version) -> int:
    """How many paragraphs of the version before were kept to fewer people, in clauses that this version lacks."""
    before = version.position.versions.filter(number__lt=version.number).order_by("-number").first()
    if before is None:
        return 0
    gone = before.clause_texts.exclude(clause__in=version.clause_texts.values("clause"))
    places = {p for text in gone for p in range(text.first_paragraph, text.last_paragraph + 1)}
    return len(places & {p for m in before.narrow_marks.all() for p in range(m.first_paragraph, m.last_paragraph + 1)})


def _beside(
    actor: Actor, version: Version, circulation: Circulation | None, states: Mapping[str, str]
) -> dict[int, Beside]:
    """Amendments, state and answers given on earlier words, by clause; for those who may read the consensus."""
    if circulation is None or not may(actor, Permission.CONSENSUS_READ):
        return {}
    amendments = dict(
        Amendment.objects.visible_to(actor)
        .current()
        .filter(ret__invitation__circulation=circulation)
        .exclude(kind="format")
        .values_list("clause_id")
        .annotate(Count("pk", distinct=True))
        .order_by()
    )
    stale = stale_answers(version, circulation)
    return {
        text.clause_id: Beside(
            amendments.get(text.clause_id, 0), states.get(text.clause.key, ""), stale.get(text.clause_id, 0)
        )
        for text in version.clause_texts.select_related("clause")
    }


def stale_answers(version: Version, circulation: Circulation) -> dict[int, int]:
    """How many standing answers were given on other words than this version's, by clause."""
    now = {text.clause_id: (text.heading, text.text) for text in version.clause_texts.all()}
    counts: dict[int, int] = defaultdict(int)
    answers = Answer.objects.filter(ret__invitation__circulation=circulation, ret__state="submitted")
    for clause, heading, text in answers.values_list("clause_id", "clause_text__heading", "clause_text__text"):
        if clause in now and now[clause] != (heading, text):
            counts[clause] += 1
    return dict(counts)


def _own_stances(actor: Actor, circulation: Circulation | None) -> dict[int, str]:
    """What the reader's own office answered, by clause."""
    if circulation is None or not actor.in_office:
        return {}
    own = Answer.objects.filter(
        ret__invitation__circulation=circulation,
        ret__invitation__office__in=sorted(actor.offices),
        ret__state="submitted",
    )
    return {answer.clause_id: answer.get_stance_display() for answer in own}


def _fallbacks(actor: Actor, position: Position) -> dict[int, list[FallbackNote]]:
    """The fallbacks that name the reader, by clause."""
    found: dict[int, list[FallbackNote]] = defaultdict(list)
    for fallback in fallbacks_for(actor, position):
        found[fallback.clause_id].append(
            FallbackNote(fallback.words, fallback.holder.name, fallback.noted_at, _people_on(fallback))
        )
    return found


def _people_on(fallback: Fallback) -> tuple[str, ...]:
    numbers = [int(key.removeprefix("account:")) for key in listed_keys(fallback) if key.startswith("account:")]
    return tuple(Account.objects.filter(pk__in=numbers).order_by("name").values_list("name", flat=True))


@dataclass(frozen=True, slots=True)
class Preview:
    """A version as one office's copy shows it."""

    office: str
    clauses: Sequence[editions.ClauseView]
    left_out: int


def preview_for(version: Version, office: str, name: str) -> Preview:
    """What an office would receive; for the secretariat, before it circulates."""
    hidden = editions.hidden_from_office(version, office)
    return Preview(name, editions.clauses_without(version, hidden), len(hidden))
