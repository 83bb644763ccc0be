"""What a body was called, at which tier it stood, and whence it came, on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from folkmoot.apps.members.models import Organization, Succession, TierPeriod

# Before the white paper of this day there were no tiers.
TIERS_NAMED_ON = date(2024, 12, 16)


@dataclass(frozen=True, slots=True)
class NameOn:
    """The name that was true on a day. `certain` is false when the day of a renaming is open."""

    name: str
    short_name: str
    certain: bool = True

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class TierOn:
    """The tier on a day, and what the sources leave open about it."""

    period: TierPeriod
    doubt: str = ""

    @property
    def tier(self) -> str:
        return self.period.tier


@dataclass(frozen=True, slots=True)
class Link:
    """A body before or after another: its name at that time, and its key when it has a page."""

    name: str
    key: str
    kind: str
    part: str
    change: str
    succession: Succession


def name_on(organization: Organization, day: date) -> NameOn:
    """The name of a body on a day; its present name when it has borne no other."""
    for name in organization.names.all():
        if name.is_true_on(day):
            return NameOn(name.name, name.short_name, name.is_certain_on(day))
    return NameOn(organization.name, organization.short_name)


def tier_on(organization: Organization, day: date) -> TierOn | None:
    """The tier of an authority on a day; None where no tier is recorded or there were none yet."""
    for period in organization.tiers.all():
        if period.is_true_on(day) and (organization.invented or day >= TIERS_NAMED_ON):
            return TierOn(period, period.unconfirmed)
    return None


def predecessors_of(organization: Organization, day: date | None = None) -> list[Link]:
    """The bodies from which this one came, by the names they bore last; on a day without those that still stood."""
    return _links(
        (row, row.predecessor, row.predecessor_name)
        for row in organization.came_from.all()
        if not (day and row.predecessor and row.predecessor.ends and day < row.predecessor.ends)
    )


def successors_of(organization: Organization) -> list[Link]:
    """The bodies that this one became."""
    return _links((row, row.successor, row.successor_name) for row in organization.became.all())


def _links(rows: Iterable[tuple[Succession, Organization | None, str]]) -> list[Link]:
    return [
        Link(
            name=body.name if body else name,
            key=body.key if body else "",
            kind=body.kind if body else "",
            part=row.part,
            change=row.change,
            succession=row,
        )
        for row, body, name in rows
    ]
