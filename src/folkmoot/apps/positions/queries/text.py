"""The text of a position: its clauses as one reader's copy shows them, what stands beside each, and its versions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, listed_keys
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
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
from folkmoot.apps.positions.queries.paragraphs import Paragraph, Table, blocks, paragraphs_in


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
    """A clause with its paragraphs and tables and what stands beside it; `beside` is the secretariat's."""

    view: editions.ClauseView
    blocks: tuple[Paragraph | Table, ...]
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
    kept_to = _kept_paragraphs(version, actor.today) if actor.in_secretariat else {}
    beside = _beside(actor, version, circulation, states)
    notes = _fallbacks(actor, position)
    stances = _own_stances(actor, circulation)
    return [
        ClauseLine(
            view=view,
            blocks=tuple(blocks(paragraphs_in(version, hidden, view, kept_to))),
            beside=beside.get(view.clause_id),
            fallbacks=tuple(notes.get(view.clause_id, ())),
            own_stance=stances.get(view.clause_id, ""),
        )
        for view in views
    ]


def paragraphs_of(version: Version, day: date) -> dict[int, list[Paragraph]]:
    """The paragraphs of each clause of a whole version, by clause; the secretariat's."""
    kept_to = _kept_paragraphs(version, day)
    return {view.clause_id: paragraphs_in(version, (), view, kept_to) for view in editions.clauses_without(version, ())}


def _kept_paragraphs(version: Version, day: date) -> dict[int, str]:
    """For whom each paragraph with a mark is kept."""
    return {p: mark.kept_to for mark in marks_of(version, day) for p in range(mark.first, mark.last + 1)}


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
    clauses: Sequence[tuple[editions.ClauseView, Sequence[Paragraph | Table]]]
    left_out: int


def preview_for(version: Version, office: str, name: str) -> Preview:
    """What an office would receive; for the secretariat, before it circulates."""
    hidden = editions.hidden_from_office(version, office)
    views = editions.clauses_without(version, hidden)
    return Preview(name, [(v, list(blocks(paragraphs_in(version, hidden, v, {})))) for v in views], len(hidden))
