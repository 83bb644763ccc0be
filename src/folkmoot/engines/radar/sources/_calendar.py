"""The occurrences of a calendar's event: repeats by wall clock in its zone, exceptions, days without an hour."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar.error import BrokenCalendarProperty

from ._dates import FIRST_YEAR, LAST_YEAR, LONDON
from ._record import BadRecord
from ._repeats import repeats

MOST = 400  # occurrences of one event
AHEAD = timedelta(days=2 * 366)
BEHIND = timedelta(days=366)


def moment_of(value: Any, name: str) -> tuple[datetime, bool]:
    """A moment with its zone, and whether it has an hour; a floating time is a time in London."""
    found = part_of(value, "dt")
    if isinstance(found, datetime):
        at = found if found.tzinfo else found.replace(tzinfo=LONDON)
    elif isinstance(found, date):
        at = datetime.combine(found, time(), LONDON)
    else:
        raise BadRecord(f"{name} is no date.")
    if not FIRST_YEAR <= at.year <= LAST_YEAR or at.utcoffset() is None:
        raise BadRecord(f"{name} is no date that can be.")
    return at, isinstance(found, datetime)


def part_of(value: Any, name: str) -> Any:
    """An attribute of a property; nothing where the property could not be read."""
    try:
        return getattr(value, name, None)
    except BrokenCalendarProperty:
        return None


def occurrences(event: Any, start: datetime, replaced: Iterable[datetime], around: date | None) -> tuple[datetime, ...]:
    """Every time that the event takes place, the first of them if there are many; the excepted and replaced are out."""
    rules = [rule for rule in _several(event.get("RRULE")) if rule]
    added = [moment for moment in _moments(event, "RDATE") if moment != start]
    if not rules and not added:
        return (start,)
    out = {*(moment for moment in _moments(event, "EXDATE")), *replaced}
    since, until = _window(start, around)
    found = {start, *added}
    for rule in rules:
        found.update(_repeats(rule, start, until))
    days = {moment.date() for moment in out if (moment.hour, moment.minute) == (0, 0)} if _is_day(event) else set()
    kept = sorted(one for one in found if one not in out and one.date() not in days and since <= one <= until)
    return tuple(kept[:MOST])


def _window(start: datetime, around: date | None) -> tuple[datetime, datetime]:
    if around is None:
        return start, start + AHEAD
    middle = datetime.combine(around, time(), start.tzinfo)
    return middle - BEHIND, middle + AHEAD


def _repeats(rule: Any, start: datetime, until: datetime) -> list[datetime]:
    last = [_local(value, start) for value in _several(rule.get("UNTIL")) if isinstance(value, date)]
    end = min([until.replace(tzinfo=None), *last])
    return [moment.replace(tzinfo=start.tzinfo) for moment in repeats(rule, start.replace(tzinfo=None), end)]


def _local(value: date, start: datetime) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    return (value.astimezone(start.tzinfo) if value.tzinfo else value).replace(tzinfo=None)


def _moments(event: Any, name: str) -> list[datetime]:
    found: list[datetime] = []
    for group in _several(event.get(name)):
        for value in part_of(group, "dts") or ():
            found.append(moment_of(value, name)[0])
    return found


def _is_day(event: Any) -> bool:
    return not isinstance(part_of(event.get("DTSTART"), "dt"), datetime)


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
