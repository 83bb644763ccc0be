"""The forward plan: its lines, what changed since the chair approved it, and its versions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, RestrictedQuerySet
from folkmoot.apps.agenda.models import EntryState, Group, PlanChange, PlanEntry, PlanRow, PlanVersion, Seat

SORTS = {
    "day": ("meeting__starts_at", "pk"),
    "-day": ("-meeting__starts_at", "pk"),
    "title": ("title", "pk"),
    "-title": ("-title", "pk"),
    "owner": ("owner__name", "pk"),
    "-owner": ("-owner__name", "pk"),
}


def chairs_the_plan(actor: Actor) -> bool:
    """Whether a person chairs, today, the group whose chair approves the plan. The chair is a seat, not a role."""
    if actor.account_id is None or actor.confined:
        return False
    seats = Seat.objects.on(actor.today).filter(is_chair=True, group__approves_plan=True)
    return seats.filter(account_id=actor.account_id).exists()


def chair_of_the_plan(actor: Actor) -> str:
    """Who approves the plan today, by name and group; empty where nobody does."""
    seats = (
        Seat.objects.on(actor.today)
        .filter(is_chair=True, group__in=_approving(actor))
        .select_related("account", "group")
    )
    held = seats.first()
    return f"{held.account.name}, chair of {held.group.name}" if held else ""


def _approving(actor: Actor) -> RestrictedQuerySet[Group]:
    return Group.objects.visible_to(actor).filter(approves_plan=True)


def entries(
    actor: Actor,
    *,
    group: str = "",
    state: str = EntryState.PLANNED,
    words: str = "",
    mine: bool = False,
    sort: str = "",
) -> RestrictedQuerySet[PlanEntry]:
    """The items that a person may see, narrowed and in order."""
    found = PlanEntry.objects.visible_to(actor).select_related("meeting__group", "owner")
    if state:
        found = found.filter(state=state)
    if group:
        found = found.filter(meeting__group__key=group)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(owner__name__icontains=words))
    if mine:
        found = found.filter(owner_id=actor.account_id)
    return found.order_by(*SORTS[sort]) if sort in SORTS else found


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as a reader sees it: of which item, what, from what to what, by whom, why and when."""

    entry: str
    key: str
    what: str
    before: str
    after: str
    who: str
    why: str
    at: datetime
    handling: str


def change_lines(changes: Iterable[PlanChange]) -> list[ChangeLine]:
    """Changes in words; whoever acted for another is named with them."""
    return [
        ChangeLine(
            entry=change.entry.title,
            key=change.entry.key,
            what=change.what,
            before=change.before,
            after=change.after,
            who=f"{change.by.name} for {change.for_whom.name}" if change.for_whom else change.by.name,
            why=change.why,
            at=change.at,
            handling=change.entry.handling,
        )
        for change in changes
    ]


def changes_since(actor: Actor, moment: datetime, until: datetime | None = None) -> list[ChangeLine]:
    """What was changed after a moment, of the items that this person may see, the latest first."""
    seen = PlanEntry.objects.visible_to(actor)
    found = PlanChange.objects.filter(at__gt=moment, entry__in=seen).select_related("entry", "by", "for_whom")
    if until:
        found = found.filter(at__lte=until)
    return change_lines(found.order_by("-at", "-pk"))


def history(actor: Actor, entry: PlanEntry) -> list[ChangeLine]:
    """Everything that was changed in one item, the latest first."""
    return change_lines(entry.changes.select_related("entry", "by", "for_whom").order_by("-at", "-pk"))


def versions(actor: Actor) -> QuerySet[PlanVersion]:
    """The versions, for the people of the network; whoever only runs the installation finds none."""
    found = PlanVersion.objects.select_related("made_by", "approved_by", "sent_back_by")
    return found if Audience.NETWORK in actor.levels and not actor.confined else found.none()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the shared plan stands with the chair."""

    approved: PlanVersion | None
    waiting: PlanVersion | None
    chair: str
    may_approve: bool


def standing(actor: Actor) -> Standing:
    """The last approved version, and the one that waits for the chair."""
    newest = versions(actor).first()
    return Standing(
        approved=versions(actor).filter(approved_at__isnull=False).first(),
        waiting=newest if newest and newest.state == "With the chair" else None,
        chair=chair_of_the_plan(actor),
        may_approve=chairs_the_plan(actor),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that differs between two versions: in which words, and who changed it."""

    title: str
    kind: str  # added, taken off, changed
    words: tuple[tuple[str, str, str], ...]  # what, before, after
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version with its lines, and what differs from the version approved before it."""

    version: PlanVersion
    rows: tuple[PlanRow, ...]
    against: PlanVersion | None
    differences: tuple[Difference, ...]


WORDS = ("title", "purpose", "meeting", "owner")


def _rows(actor: Actor, version: PlanVersion) -> dict[int, PlanRow]:
    """The lines of a version whose items this person may see, by item."""
    seen = PlanEntry.objects.visible_to(actor)
    return {row.entry_id: row for row in version.rows.filter(entry__in=seen)}


def version_page(actor: Actor, version: PlanVersion) -> VersionPage:
    """A version beside the one approved before it."""
    before = (
        PlanVersion.objects.filter(number__lt=version.number, approved_at__isnull=False).order_by("-number").first()
    )
    rows = _rows(actor, version)
    old = _rows(actor, before) if before else {}
    return VersionPage(
        version=version,
        rows=tuple(rows.values()),
        against=before,
        differences=tuple(_differences(actor, before, version, old, rows)) if before else (),
    )


def _differences(
    actor: Actor, before: PlanVersion, version: PlanVersion, old: dict[int, PlanRow], new: dict[int, PlanRow]
) -> list[Difference]:
    lines: dict[str, list[ChangeLine]] = defaultdict(list)
    for line in changes_since(actor, before.made_at, version.made_at):
        lines[line.key].append(line)
    keys = dict(PlanEntry.objects.filter(pk__in=old.keys() | new.keys()).values_list("pk", "key"))
    found = []
    for entry in [*new, *(entry for entry in old if entry not in new)]:
        difference = _difference(old.get(entry), new.get(entry), lines[keys[entry]])
        if difference:
            found.append(difference)
    return found


def _difference(old: PlanRow | None, new: PlanRow | None, lines: Sequence[ChangeLine]) -> Difference | None:
    if old is None or new is None:
        row = new or old
        assert row is not None
        return Difference(row.title, "added" if new else "taken off", (), tuple(lines))
    words = tuple(
        (word.capitalize(), getattr(old, word), getattr(new, word))
        for word in WORDS
        if getattr(old, word) != getattr(new, word)
    )
    return Difference(new.title, "changed", words, tuple(lines)) if words else None
