"""All deadlines of an item: what the source states in its fields first, then what its words say."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import cast, get_args
from zoneinfo import ZoneInfo

from ._item import Item
from .deadlines import Deadline, Kind, find_deadlines

LONDON = ZoneInfo("Europe/London")
FIELDS = ("title", "summary", "text")
CONTRADICTS = 0.4  # what is left of the confidence in a text that says otherwise than the field


def deadlines_of(item: Item, *, holidays: Collection[date] = ()) -> list[Deadline]:
    """Each deadline once. The words are read as of the day of publication; without one, they are not read."""
    found = [
        Deadline(_kind(one.kind), one.at, 0, 0, 1.0, one.approximate, has_time=not one.approximate, field="")
        for one in item.deadlines
    ]
    day = item.published or item.updated
    if day is None:
        return found
    published = day.astimezone(LONDON).date()
    closes = next((_day(one) for one in found if one.kind == "closing"), None)
    for field in FIELDS:
        for deadline in find_deadlines(getattr(item, field), published=published, holidays=holidays, closes=closes):
            _add(found, replace(deadline, field=field))
    return found


def _kind(kind: str) -> Kind:
    return cast(Kind, kind) if kind in get_args(Kind) else "event"


def _add(found: list[Deadline], deadline: Deadline) -> None:
    same = [one for one in found if one.kind == deadline.kind]
    if any(_day(one) == _day(deadline) for one in same):
        return
    stated = [one for one in same if not one.field and one.at]
    if stated and deadline.kind == "closing":
        note = "the source's own closing date is another; " + deadline.note
        deadline = replace(deadline, confidence=round(deadline.confidence * CONTRADICTS, 2), note=note.rstrip("; "))
    found.append(deadline)


def _day(one: Deadline) -> date | None:
    return one.at.astimezone(LONDON).date() if one.at else None
