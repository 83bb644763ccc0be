"""Starting a position and working on its text."""

from collections.abc import Collection, Sequence

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling, list_on, listed_keys, unlist_from
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.access.roles import Role
from folkmoot.apps.documents.actions import store
from folkmoot.apps.documents.queries import content
from folkmoot.apps.issues.actions import link
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.positions import word
from folkmoot.apps.positions.actions.turns import take_turn
from folkmoot.apps.positions.models import Clause, ClauseText, Fallback, NarrowMark, Position, Version
from folkmoot.apps.positions.models.text import fitted
from folkmoot.apps.positions.states import PositionState
from folkmoot.apps.search.index import reindex
from folkmoot.engines import redline

# Those who read the trail are more than those named on a fallback. A verb of its own would tell them that there is one,
# so it is written as whatever else changes beside the text.
FRONT_OR_NOTES = "position.front-or-notes-seen-or-changed"
SAYS_OF_IT = "What the network says on it."
SIGNED_AS_IT_IS = frozenset({PositionState.SIGNING, PositionState.AGREED, PositionState.PUBLISHED})


def _may_draft(actor: Actor, position: Position) -> Authority:
    by = check(actor, Permission.POSITION_DRAFT)
    take_turn(position, "change the draft")
    return by


@transaction.atomic
def create_position(
    actor: Actor,
    *,
    title: str,
    issue: str = "",
    handling: str = Handling.OFFICIAL,
    invented: bool = False,
    of_issue: Issue | None = None,
) -> Position:
    """Begin a position; until it is circulated, only the secretariat sees it. `of_issue` is linked to it."""
    by = check(actor, Permission.POSITION_DRAFT)
    if not title.strip():
        raise Invalid("Give the position a title.")
    position = Position.objects.create(
        title=title.strip(),
        issue=issue.strip(),
        handling=handling,
        audience=Audience.SECRETARIAT,
        lead=own_account(actor),
        created_at=actor.now,
        invented=invented,
    )
    record(actor, "position.created", position, by=by)
    if of_issue:
        link(actor, issue=of_issue, table=Position._meta.label_lower, key=position.key, why=SAYS_OF_IT)
    return position


@transaction.atomic
def change_position(actor: Actor, *, position: Position, title: str, issue: str, handling: str, lead: Account) -> None:
    """Change what stands on the front of a position. A mark is never lowered once offices have the text."""
    by = check(actor, Permission.POSITION_DRAFT)
    position.refresh_from_db(from_queryset=Position.objects.select_for_update())
    if position.is_sensitive and handling == Handling.OFFICIAL and position.circulations.exists():
        raise Invalid("The mark cannot be lowered: the offices received this text as OFFICIAL-SENSITIVE.")
    if not title.strip():
        raise Invalid("Give the position a title.")
    if title.strip() != position.title and position.state in SIGNED_AS_IT_IS:
        raise Invalid("The title stands on the text that is signed. It changes only while the text may change, too.")
    position.title, position.issue, position.handling, position.lead = title.strip(), issue.strip(), handling, lead
    position.save(update_fields=["title", "issue", "handling", "lead"])
    record(actor, FRONT_OR_NOTES, position, by=by, handling=handling, lead=lead.pk)


@transaction.atomic
def import_draft(actor: Actor, *, position: Position, name: str, data: bytes, note: str = "") -> Version:
    """Take a Word file as the next version. Its package is kept; tracked changes that it carries are accepted first."""
    by = _may_draft(actor, position)
    clean = word.flattened(data)
    clauses = word.clauses(clean)
    if not clauses:
        raise Invalid(f"{name} holds no text. Choose the Word file that holds the draft.")
    version = add_version(
        actor, position=position, source="import", name=name, package=clean, clauses=clauses, note=note
    )
    _follow_latest(version)
    record(actor, "draft.imported", version, by=by)
    return version


@transaction.atomic
def write_draft(actor: Actor, *, position: Position, clauses: Sequence[redline.DraftClause], note: str = "") -> Version:
    """Write the next version in the browser: a Word package is laid out from it, with numbers that Word keeps."""
    by = _may_draft(actor, position)
    if not any(c.heading.strip() or any(p.strip() for p in c.paragraphs) for c in clauses):
        raise Invalid("Write at least one clause.")
    package = redline.compose(position.title, clauses, handling=position.handling, today=actor.today)
    version = add_version(
        actor,
        position=position,
        source="written",
        name=f"{position.title}.docx",
        package=package,
        clauses=redline.top_clauses(redline.clauses(package)),
        note=note,
    )
    _follow_latest(version)
    record(actor, "draft.written", version, by=by)
    return version


@transaction.atomic
def restore_version(actor: Actor, *, version: Version) -> Version:
    """Make an earlier version the newest again, as a version of its own; nothing between them is lost.

    What was kept to fewer readers in it or since stays kept: a mark too many can be taken off.
    """
    by = _may_draft(actor, version.position)
    package = content(version.package)
    restored = add_version(
        actor,
        position=version.position,
        source="restored",
        name=version.package.name,
        package=package,
        clauses=redline.top_clauses(redline.clauses(package)),
        note=f"Version {version.number} again.",
    )
    _copy_marks(version, restored)
    _follow_latest(restored)
    record(actor, "version.restored", restored, by=by, source=version.pk)
    return restored


def add_version(
    actor: Actor,
    *,
    position: Position,
    source: str,
    name: str,
    package: bytes,
    clauses: Sequence[redline.Clause],
    note: str = "",
    tracked: bytes | None = None,
) -> Version:
    """The next version with its clauses, each tied to the clause that it continues. Called inside an action."""
    latest = position.versions.order_by("-number").first()
    version = Version.objects.create(
        position=position,
        number=latest.number + 1 if latest else 1,
        source=source,
        note=note,
        package=store(actor, name=name, data=package, kind="position"),
        tracked=store(actor, name=name, data=tracked, kind="position") if tracked is not None else None,
        made_by=own_account(actor),
        made_at=actor.now,
    )
    earlier = list(latest.clause_texts.select_related("clause")) if latest else []
    continued = redline.follow_clauses([(e.heading, e.text) for e in earlier], [(c.heading, c.text) for c in clauses])
    texts = []
    for place, clause in enumerate(clauses):
        source_place = continued.get(place)
        texts.append(
            ClauseText(
                version=version,
                clause=Clause.objects.create(position=position)
                if source_place is None
                else earlier[source_place].clause,
                place=place,
                number=fitted(ClauseText, "number", clause.number),
                heading=fitted(ClauseText, "heading", clause.heading),
                text=clause.text,
                first_paragraph=clause.first_paragraph,
                last_paragraph=clause.last_paragraph,
            )
        )
    ClauseText.objects.bulk_create(texts)
    reindex(ClauseText, ClauseText.objects.filter(version=version).values_list("pk", flat=True))
    return version


@transaction.atomic
def narrow(
    actor: Actor, *, version: Version, first: int, last: int, audience: str, offices: Collection[str] = ()
) -> NarrowMark:
    """Keep paragraphs of a version to fewer people than the document. Not once offices have it."""
    by = _may_draft(actor, version.position)
    if version.shared_at:
        raise Invalid("Offices already have this version. Make a new version and mark its paragraphs there.")
    if audience not in {Audience.SECRETARIAT, Audience.NAMED}:
        raise Invalid("Choose the secretariat or named offices.")
    if audience == Audience.NAMED and not offices:
        raise Invalid("Choose the offices that may read these paragraphs.")
    mark = NarrowMark.objects.create(version=version, first_paragraph=first, last_paragraph=last, audience=audience)
    list_on(mark, *(f"org:{office}" for office in offices))
    record(actor, "text.narrowed", mark, by=by, audience=audience, offices=sorted(offices))
    return mark


@transaction.atomic
def narrow_paragraphs(
    actor: Actor, *, version: Version, runs: Sequence[tuple[int, int]], audience: str, offices: Collection[str] = ()
) -> list[NarrowMark]:
    """Keep several runs of paragraphs, each from its first to its last, to the same people."""
    return [
        narrow(actor, version=version, first=first, last=last, audience=audience, offices=offices)
        for first, last in runs
    ]


@transaction.atomic
def widen(actor: Actor, *, mark: NarrowMark) -> None:
    """Take a mark off again, before offices have the version."""
    by = _may_draft(actor, mark.version.position)
    if mark.version.shared_at:
        raise Invalid("Offices already have this version. Make a new version and mark its paragraphs there.")
    record(actor, "text.widened", mark, by=by)
    mark.delete()


def _follow_latest(version: Version) -> None:
    """Carry the narrow marks of the version before along."""
    before = version.position.versions.filter(number__lt=version.number).order_by("-number").first()
    if before:
        follow_marks(before, version)


def follow_marks(before: Version, after: Version) -> None:
    """Carry narrow marks along: a clause kept from some readers stays kept from them in the next version.

    A clause that the new version says in other words altogether counts as new and is not marked.
    """
    marks = list(before.narrow_marks.all())
    if not marks:
        return
    texts = {text.clause_id: text for text in after.clause_texts.all()}
    words = (_words(before), _words(after))
    for old in before.clause_texts.all():
        new = texts.get(old.clause_id)
        for mark in marks:
            if new and mark.first_paragraph <= old.last_paragraph and mark.last_paragraph >= old.first_paragraph:
                _follow_mark(mark, old, new, words)


def _words(version: Version) -> Sequence[str]:
    return redline.text(content(version.package), view="accepted")


def _follow_mark(
    mark: NarrowMark, old: ClauseText, new: ClauseText, words: tuple[Sequence[str], Sequence[str]]
) -> None:
    """Mark the same paragraphs where they stand at the same place of the clause; else keep the whole clause back.

    A mark that is too wide can be mended; what it once let through cannot.
    """
    shift = new.first_paragraph - old.first_paragraph
    first = max(mark.first_paragraph, old.first_paragraph)
    last = min(mark.last_paragraph, old.last_paragraph)
    stays = words[0][first : last + 1] == words[1][first + shift : last + shift + 1]
    if stays:
        _keep_to(mark, new.version, first + shift, last + shift)
    else:
        _keep_to(mark, new.version, new.first_paragraph, new.last_paragraph)


def _copy_marks(source: Version, target: Version) -> None:
    for mark in source.narrow_marks.all():
        _keep_to(mark, target, mark.first_paragraph, mark.last_paragraph)


def _keep_to(mark: NarrowMark, version: Version, first: int, last: int) -> None:
    """Mark these paragraphs for the readers of another mark, unless they are so marked already."""
    readers = listed_keys(mark)
    place = {"first_paragraph": first, "last_paragraph": last, "audience": mark.audience}
    if any(listed_keys(same) == readers for same in version.narrow_marks.filter(**place)):
        return
    list_on(NarrowMark.objects.create(version=version, **place), *readers)


@transaction.atomic
def invite_guest(actor: Actor, *, position: Position, guest: Account) -> None:
    """Let a guest see this position and nothing else."""
    by = check(actor, Permission.POSITION_DRAFT)
    if guest.role != Role.GUEST:
        raise Invalid(f"{guest.name} is not a guest. People of the network see positions by their role.")
    list_on(position, f"account:{guest.pk}")
    record(actor, "guest.invited", position, by=by, guest=guest.pk)


@transaction.atomic
def dismiss_guest(actor: Actor, *, position: Position, guest: Account) -> None:
    """End a guest's sight of this position."""
    by = check(actor, Permission.POSITION_DRAFT)
    unlist_from(position, f"account:{guest.pk}")
    record(actor, "guest.dismissed", position, by=by, guest=guest.pk)


@transaction.atomic
def note_fallback(actor: Actor, *, clause: Clause, words: str, people: Collection[Account]) -> Fallback:
    """Write down what we would settle for on a clause. Only the people named see that it exists."""
    by = check(actor, Permission.POSITION_DRAFT)
    if not words.strip():
        raise Invalid("Write what we would settle for.")
    fallback = Fallback.objects.create(
        clause=clause,
        words=words.strip(),
        holder=own_account(actor),
        noted_at=actor.now,
        audience=Audience.PRIVATE,
        handling=Handling.OFFICIAL_SENSITIVE,
    )
    list_on(fallback, f"account:{actor.account_id}", *(f"account:{person.pk}" for person in people))
    record(actor, FRONT_OR_NOTES, clause.position, by=by, fallback=fallback.pk, words=fallback.words)
    return fallback


@transaction.atomic
def note_front_or_notes_seen(actor: Actor, *, position: Position) -> None:
    """A fallback is sensitive whatever its position is. Where no page is recorded but that with a fallback, the row
    must not tell of it: it is the one that opening the front of a position writes, too.
    """
    if not position.is_sensitive:
        record(actor, FRONT_OR_NOTES, position)
