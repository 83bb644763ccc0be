"""What needs a person today: each room tells its own, and the home page puts them in order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from folkmoot.apps.access.actor import Actor
from folkmoot.web.clock import LONDON


@dataclass(frozen=True, slots=True)
class HomeItem:
    """One thing that waits for a person: what kind, its title and address, why, until when, and the one verb for it."""

    kind: str
    title: str
    url: str
    why: str
    due: date | datetime | None
    verb: str
    overdue: bool = False
    delegated: bool = False

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
