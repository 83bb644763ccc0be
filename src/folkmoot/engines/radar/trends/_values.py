"""What was seen, and what a trend is."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["entity", "phrase"]


@dataclass(frozen=True, slots=True)
class Seen:
    """An item in one source: its key, the day it appeared, what it names and which phrases it holds."""

    item: str
    source: str
    on: date
    entities: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Week:
    """A week's count: its Monday, how many items, and whether Parliament was away."""

    monday: date
    items: int
    in_recess: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """A rise: of what, by how much, seen where, and what is new about it."""

    subject: str
    kind: Kind
    items: tuple[str, ...]  # of this week
    sources: tuple[str, ...]  # of this week
    usual: float  # items in a week of this kind
    weeks: tuple[Week, ...]  # oldest first; the last one is this week
    new_phrases: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        """The sparkline."""
        return tuple(week.items for week in self.weeks)
