"""The days of a repeating event, by RFC 5545, period after period, so that a rule without an end or a sense ends.

By the wall clock and without a zone, so that ten o'clock stays ten o'clock when the clocks change.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ._record import BadRecord

# What repeats by the hour or the second is no meeting.
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its defaults filled in from the first day."""

    frequency: str
    interval: int
    count: int | None
    weekdays: tuple[tuple[int, int], ...]  # (which one of its month or year, or 0 for each; the weekday)
    monthdays: tuple[int, ...]
    months: tuple[int, ...]
    positions: tuple[int, ...]
    week_begins: int


def repeats(rule: Any, start: datetime, until: datetime) -> list[datetime]:
    """Every time that the rule gives from the first to the last, both included."""
    read = _read(rule, start)
    found: list[datetime] = []
    for days in _periods(read, start.date(), until.date()):
        fitting = [day for day in days if _fits(read, day)]
        for day in _chosen(fitting, read.positions):
            moment = datetime.combine(day, start.time())
            if moment > until or (read.count is not None and len(found) >= read.count):
                return found
            if moment >= start:
                found.append(moment)
    return found


def _read(rule: Any, start: datetime) -> Rule:
    values = {str(name).upper(): _list(value) for name, value in rule.items()}
    frequency = str(next(iter(values.get("FREQ", [])), "")).upper()
    if frequency not in FREQUENCIES:
        raise BadRecord(f"RRULE repeats {frequency.lower() or 'by no rule'}, which no meeting does.")
    odd = sorted(values.keys() - KNOWN)
    if odd:
        raise BadRecord(f"RRULE uses {', '.join(odd)}, which is not read.")
    weekdays = tuple(_weekday(str(value)) for value in values.get("BYDAY", []))
    monthdays, months = _numbers(values, "BYMONTHDAY"), _numbers(values, "BYMONTH")
    if not weekdays and not monthdays:
        if frequency == "WEEKLY":
            weekdays = ((0, start.weekday()),)
        elif frequency != "DAILY":
            monthdays = (start.day,)
            months = months or ((start.month,) if frequency == "YEARLY" else ())
    return Rule(
        frequency,
        max(1, next(iter(_numbers(values, "INTERVAL")), 1)),
        next(iter(_numbers(values, "COUNT")), None),
        weekdays,
        monthdays,
        months,
        _numbers(values, "BYSETPOS"),
        _weekday(str(next(iter(values.get("WKST", [])), "MO")))[1],
    )


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _numbers(values: dict[str, list[Any]], name: str) -> tuple[int, ...]:
    try:
        return tuple(int(value) for value in values.get(name, []))
    except (TypeError, ValueError):
        raise BadRecord(f"RRULE has no number for {name}.") from None


def _weekday(text: str) -> tuple[int, int]:
    found = DAY.match(text.upper())
    if not found:
        raise BadRecord(f"RRULE has no weekday: {text[:20]!r}.")
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def _periods(rule: Rule, start: date, until: date) -> Iterator[list[date]]:
    """The days of each day, week, month or year in which the event may take place."""
    step = rule.interval
    if rule.frequency in ("DAILY", "WEEKLY"):
        length = 1 if rule.frequency == "DAILY" else 7
        first = start - timedelta(days=(start.weekday() - rule.week_begins) % 7 if length == 7 else 0)
        for shift in range(0, (until - first).days + 1, length * step):
            yield [first + timedelta(days=shift + day) for day in range(length)]
    elif rule.frequency == "MONTHLY":
        begin = start.year * 12 + start.month - 1
        for month in range(begin, until.year * 12 + until.month, step):
            yield _month(month // 12, month % 12 + 1)
    else:
        for year in range(start.year, until.year + 1, step):
            yield [day for month in rule.months or range(1, 13) if 1 <= month <= 12 for day in _month(year, month)]


def _month(year: int, month: int) -> list[date]:
    return [date(year, month, day + 1) for day in range(monthrange(year, month)[1])]


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    length = monthrange(day.year, day.month)[1]
    if rule.monthdays and day.day not in rule.monthdays and day.day - length - 1 not in rule.monthdays:
        return False
    return not rule.weekdays or any(
        day.weekday() == weekday and (which == 0 or which in _which(rule, day, length))
        for which, weekday in rule.weekdays
    )


def _which(rule: Rule, day: date, length: int) -> tuple[int, int]:
    """Which Tuesday of its month (or, in a yearly rule without months, of its year) a day is, from both ends."""
    if rule.frequency == "YEARLY" and not rule.months:
        last = date(day.year, 12, 31)
        number = day.timetuple().tm_yday
        return (number - 1) // 7 + 1, -((last - day).days // 7 + 1)
    return (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)


def _chosen(days: list[date], positions: tuple[int, ...]) -> list[date]:
    days = sorted(set(days))
    if not positions:
        return days
    places = {at - 1 if at > 0 else len(days) + at for at in positions if at}
    return [day for place, day in enumerate(days) if place in places]
