"""What the home page shows a person: what needs them, what changed, what they wait for, and the week by group.

Each room tells its own, as far as the person may see it; this module puts it in order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.members.queries import bank_holidays
from folkmoot.web.clock import LONDON


@dataclass(frozen=True, slots=True)
class HomeItem:
    """One thing that waits for a person: what kind, its title and address, why, until when, and the one verb for it.

    `handling` is the mark of the record that the title names, here as in the classes below.
    """

    kind: str
    title: str
    url: str
    why: str
    due: date | datetime | None
    verb: str
    overdue: bool = False
    delegated: bool = False
    handling: str = ""

    @property
    def due_day(self) -> date | None:
        """The day in London on which it is due."""
        return self.due.astimezone(LONDON).date() if isinstance(self.due, datetime) else self.due

    def days_late(self, today: date) -> int:
        """How many days it is late; none for what is not."""
        return max((today - self.due_day).days, 0) if self.due_day else 0


@dataclass(frozen=True, slots=True)
class HomeGroup:
    """The items that are overdue, due today, or due later, as the page shows them."""

    name: str
    title: str
    items: tuple[HomeItem, ...]


HomeSource = Callable[[Actor], list[HomeItem]]
_sources: list[HomeSource] = []
GROUPS = {"overdue": "Overdue", "today": "Today", "later": "Later", "any": "Any time"}


def register_home_items(source: HomeSource) -> None:
    """A room tells here how to find what needs a person."""
    if source not in _sources:
        _sources.append(source)


def _group(item: HomeItem, today: date) -> str:
    day = item.due_day
    if item.overdue or (day and day < today):
        return "overdue"
    if day is None:
        return "any"
    return "today" if day == today else "later"


def home_groups(actor: Actor) -> list[HomeGroup]:
    """Everything that needs a person: overdue, today, later by date, then what has no date."""
    order = list(GROUPS)
    found = sorted(
        (item for source in _sources for item in source(actor)),
        key=lambda item: (order.index(_group(item, actor.today)), item.due_day or date.max, item.title),
    )
    return [
        HomeGroup(name, GROUPS[name], tuple(items))
        for name, items in groupby(found, key=lambda item: _group(item, actor.today))
    ]


@dataclass(frozen=True, slots=True)
class HomeChange:
    """Something that happened since the person was here: to what, and in a few words what."""

    at: datetime
    kind: str
    title: str
    url: str
    what: str
    handling: str = ""


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """Something that falls on a day, for the group that it concerns; `at` where it has a time."""

    day: date
    group: str
    title: str
    url: str
    owner: str = ""
    state: str = ""
    at: datetime | None = None
    needs_a_step: bool = False
    handling: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that the person waits for: what, from whom, since when, and by when it is due."""

    what: str
    url: str
    for_whom: str
    since: datetime | date
    due: date | datetime | None = None
    handling: str = ""

    def days(self, today: date) -> int:
        """For how many days they have waited."""
        since = self.since.astimezone(LONDON).date() if isinstance(self.since, datetime) else self.since
        return max((today - since).days, 0)


ChangeSource = Callable[[Actor, datetime], list[HomeChange]]
WeekSource = Callable[[Actor, date, date], list[WeekEntry]]
WaitingSource = Callable[[Actor], list[Waiting]]
_change_sources: list[ChangeSource] = []
_week_sources: list[WeekSource] = []
_waiting_sources: list[WaitingSource] = []
DAYS_SHOWN = 5
SATURDAY = 5


def register_changes(source: ChangeSource) -> None:
    """A room tells here how to find what changed since a moment."""
    if source not in _change_sources:
        _change_sources.append(source)


def register_week(source: WeekSource) -> None:
    """A room tells here how to find what falls on some days."""
    if source not in _week_sources:
        _week_sources.append(source)


def register_waiting(source: WaitingSource) -> None:
    """A room tells here how to find what a person waits for from others."""
    if source not in _waiting_sources:
        _waiting_sources.append(source)


def changes(actor: Actor, since: datetime) -> list[HomeChange]:
    """What changed since a moment, the latest first."""
    found = (change for source in _change_sources for change in source(actor, since))
    return sorted(found, key=lambda change: (change.at, change.title), reverse=True)


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record that changed: the latest that happened to it, and how much more did."""

    latest: HomeChange
    more: int


def by_record(found: Iterable[HomeChange]) -> list[ChangedRecord]:
    """Changes of one record on one line, in the order in which they are given."""
    lines: dict[tuple[str, str], list[HomeChange]] = {}
    for change in found:
        lines.setdefault((change.kind, change.url), []).append(change)
    return [ChangedRecord(first, len(rest)) for first, *rest in lines.values()]


def waiting(actor: Actor) -> list[Waiting]:
    """What a person waits for, the longest first."""
    found = (each for source in _waiting_sources for each in source(actor))
    return sorted(found, key=lambda each: (-each.days(actor.today), each.for_whom, each.what))


@dataclass(frozen=True, slots=True)
class Week:
    """The next working days, and for each group what falls on each of them."""

    days: tuple[date, ...]
    rows: tuple[tuple[str, tuple[tuple[WeekEntry, ...], ...]], ...]

    @property
    def is_empty(self) -> bool:
        return not self.rows


def week(actor: Actor) -> Week:
    """The next working days by group, today first; what falls on a day off in between stands on the day before."""
    days = _working_days(actor.today)
    found: dict[str, list[WeekEntry]] = defaultdict(list)
    for source in _week_sources:
        for entry in source(actor, actor.today, days[-1]):
            found[entry.group].append(entry)
    return Week(days, tuple((group, _by_day(entries, days)) for group, entries in sorted(found.items())))


def _working_days(today: date) -> tuple[date, ...]:
    """Today, whatever it is, and the working days after it."""
    last = today + timedelta(days=3 * DAYS_SHOWN)
    holidays = bank_holidays(today, last)
    later = (today + timedelta(days=number) for number in range(1, 3 * DAYS_SHOWN))
    working = [day for day in later if day.weekday() < SATURDAY and day not in holidays]
    return (today, *working[: DAYS_SHOWN - 1])


def _moment(entry: WeekEntry) -> tuple[date, bool, float, str]:
    """By day; what has a time of day first."""
    return entry.day, entry.at is None, entry.at.timestamp() if entry.at else 0.0, entry.title


def _by_day(entries: list[WeekEntry], days: tuple[date, ...]) -> tuple[tuple[WeekEntry, ...], ...]:
    ends = (*days[1:], days[-1] + timedelta(days=1))
    ordered = sorted(entries, key=_moment)
    return tuple(
        tuple(entry for entry in ordered if first <= entry.day < following)
        for first, following in zip(days, ends, strict=True)
    )
