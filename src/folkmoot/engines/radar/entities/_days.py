"""Days that a register gives only in part, and days that a sentence tells."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from ._values import Period

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(name.capitalize() for name in _MONTHS)
_YEAR = r"(?:19|20)\d\d"
_TOLD = re.compile(
    rf"\b(?:[Ii]n|[Dd]uring|[Oo]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom)\s+"
    rf"(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH})\s+)?(?P<year>{_YEAR})\b(?! Act\b)"
)


def first_day(text: str) -> date | None:
    """The first day that “2021”, “2021-09”, “2021-09-22” or “by 2021” can mean; None where nothing is told."""
    parts = [int(part) for part in text.removeprefix("by ").split("-") if part.isdigit()]
    return date(*[*parts, 1, 1][:3]) if parts else None


def last_day(text: str) -> date | None:
    """The last day that a date given in part can mean."""
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    if not parts:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def period(since: str, until: str) -> Period:
    """A day that a body ended is its successor's; a month or a year that it ended in is still its own."""
    whole = len(until) == len("2021-09-22")
    end = first_day(until) if whole or until.startswith("by ") else last_day(until)
    return Period(first_day(since), end if end is None or whole or until.startswith("by ") else end + timedelta(1))


class Told(NamedTuple):
    """The first and the last day of a time that a sentence tells, and where in it the words stand."""

    first: date
    last: date
    start: int
    end: int


def told(sentence: str) -> tuple[Told, ...]:
    """The spans of days in which a sentence says that something happens: “in 2019”, “on 3 May 2024”."""
    found = []
    for match in _TOLD.finditer(sentence):
        parts = [match["year"]]
        if match["month"]:
            parts.append(f"{_MONTHS[match['month'].lower()]:02}")
            parts += [f"{int(match['day']):02}"] if match["day"] else []
        try:
            first, last = first_day("-".join(parts)), last_day("-".join(parts))
        except ValueError:  # the 31st of June
            continue
        if first and last:
            found.append(Told(first, last, match.start(), match.end()))
    return tuple(found)
