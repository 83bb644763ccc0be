"""Dates as sources give them: a day, a month, a year, or “by” one of these; kept as given, compared by their bounds."""

import calendar
import re
from datetime import date, timedelta

_SHAPE = re.compile(r"(by )?(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")

MONTHS = tuple(calendar.month_name)


class NotADate(ValueError):
    """The text is no date; the message says what to write instead."""


def span(text: str) -> tuple[date | None, date | None]:
    """The earliest and the latest day that a date can mean; None where it says nothing."""
    text = text.strip()
    if not text:
        return None, None
    found = _SHAPE.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        by, year, month, day = found.groups()
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise NotADate(
            f"“{text}” is not a date. Write a day, a month or a year: 2026-05-07, 2026-05 or 2026."
        ) from None
    if day:
        last = first
    elif month:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    else:
        last = date(first.year, 12, 31)
    return (None if by else first), last


def say_day(day: date) -> str:
    """A day as people read it: 7 May 2026."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def say(text: str) -> str:
    """A date of any shape as people read it: 7 May 2026, May 2026, 2026, by 2022."""
    first, last = span(text)
    if last is None:
        return ""
    if first is None:
        return f"by {say(text.removeprefix('by '))}"
    if first == last:
        return say_day(first)
    if first.month == last.month:
        return f"{MONTHS[first.month]} {first.year}"
    return str(first.year)


def is_exact(text: str) -> bool:
    """True when the text names one day."""
    first, last = span(text)
    return first is not None and first == last


def months_later(day: date, months: int) -> date:
    """The same day of the month, that many months on; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(n) for n in range((last - first).days + 1)]
