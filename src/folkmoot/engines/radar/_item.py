"""One thing that a source told: the values of an item, its deadlines, and what a reading of a payload gives."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

State = Literal["open", "closed", "withdrawn", "cancelled", "announced", "published"]
STATES: tuple[State, ...] = ("open", "closed", "withdrawn", "cancelled", "announced", "published")


@dataclass(frozen=True, slots=True)
class Date:
    """A date that the source itself states in a field of its own; `at` always has an offset."""

    kind: str  # closing, meeting, release, stage, answer, event, laid
    at: datetime
    approximate: bool = False  # provisional, or a day where the source gives no hour


@dataclass(frozen=True, slots=True)
class Item:
    """What one record of a source says. `source` and `id` together are its identity, whatever else changes."""

    source: str
    id: str
    url: str
    type: str
    title: str
    summary: str = ""
    text: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    deadlines: tuple[Date, ...] = ()
    state: State = "published"
    supersedes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # other keys and paths under which the same record was or is known
    clipped: bool = False  # the source cut the text short; the full text is at `full_text_url`
    full_text_url: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # what has no field here: (name, value) as the source gives it


@dataclass(frozen=True, slots=True)
class Problem:
    """A record inside a good file that could not be read: its number in the file (from 1), and why."""

    number: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one payload holds: its items in the order of the file, and the records that could not be read."""

    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    total: int | None = None  # how many the source says there are over all pages
    next_url: str = ""  # where the source says that it goes on
    notes: tuple[str, ...] = field(default=())  # what the source says of itself: a retired feed, an empty answer
