"""A deadline that stands in a text: what kind, when, where in the text, and how sure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# The first six are found in texts; sources state the others in fields of their own.
Kind = Literal["closing", "publication", "meeting", "in-force", "due", "rolling", "release", "stage", "answer", "event"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """`at` has the offset of London unless the text names another zone; a rolling call has none.

    `approximate` says that the text does not name the day ("by Easter", "within 12 weeks"); `note` says how the day
    or the hour was taken. `moved_from` is the day that the text says it was before. `field` is the part of the item in
    which `start` and `end` count characters; nothing where the source states the date by itself.
    """

    kind: Kind
    at: datetime | None
    start: int
    end: int
    confidence: float
    approximate: bool = False
    has_time: bool = False
    opens: date | None = None
    moved_from: date | None = None
    note: str = ""
    field: str = "text"
