"""How near the next date is that somebody may have to act by."""

from collections.abc import Iterator
from datetime import date

from ._values import Document, Reason

# By kind, what the day itself counts for; what is missing here, such as a day of publication, asks nothing of anybody.
_KINDS = {"closing": 2.0, "due": 2.0, "meeting": 1.0, "stage": 1.0, "event": 1.0, "in-force": 1.0}
# From four weeks ahead a date begins to press.
_AHEAD = 28


def nearness(document: Document, today: date | None, speaking: float) -> Iterator[Reason]:
    """The one date that presses most, never more than the rest says: a date is of no matter by itself."""
    if today is None or speaking <= 0:
        return
    pressing = [
        (_KINDS.get(due.kind, 0.0) * (1 - days / _AHEAD), -index, days)
        for index, due in enumerate(document.deadlines)
        if 0 <= (days := (due.on - today).days) < _AHEAD
    ]
    weight, index, days = max(pressing, default=(0.0, 0, 0))
    if weight > 0:
        span = (-index, 1 - index)
        yield Reason("deadline", "deadlines", span, min(weight, speaking), _in_words(days))


def _in_words(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
