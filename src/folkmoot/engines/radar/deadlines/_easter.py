"""The moveable feast, and the bank holidays that GOV.UK publishes and, beyond its list, those that can be computed."""

import json
from collections.abc import Collection
from datetime import date, timedelta


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus, Jones, Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def bank_holidays(years: Collection[int]) -> frozenset[date]:
    """England's, by rule: a fallback for years that GOV.UK has not published; special days are not in it."""
    return frozenset(day for year in years for day in _of(year))


def published_holidays(payload: bytes, division: str = "england-and-wales") -> frozenset[date]:
    """The days of GOV.UK's bank-holidays.json; nothing where the file is another one."""
    try:
        events = json.loads(payload)[division]["events"]
        return frozenset(date.fromisoformat(event["date"]) for event in events)
    except (ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def _of(year: int) -> list[date]:
    sunday = easter(year)
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    return [
        _weekday(date(year, 1, 1)),
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        _monday(date(year, 5, 1)),
        _monday(date(year, 5, 25)),
        _monday(date(year, 8, 25)),
        *((christmas, boxing) if christmas.weekday() < 4 else _moved(christmas)),
    ]


def _weekday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def _monday(earliest: date) -> date:
    return earliest + timedelta(days=-earliest.weekday() % 7)


def _moved(christmas: date) -> tuple[date, date]:
    """When one of the two days falls on a weekend, the next free weekday stands for it."""
    first, second = {4: (0, 3), 5: (3, 2), 6: (2, 1)}[christmas.weekday()]
    return christmas + timedelta(days=first), christmas + timedelta(days=second)
