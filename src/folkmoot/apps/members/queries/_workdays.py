"""Working days in England, from the calendar of the register."""

from datetime import date, timedelta

from django.db.models import QuerySet

from folkmoot.apps.members.models import CalendarEvent

BANK_HOLIDAY = "bank-holiday"
SCOPE = "england-and-wales"
SATURDAY = 5


def bank_holidays(first: date, last: date) -> frozenset[date]:
    """The bank holidays in England between two days, both included."""
    days = _holidays().filter(first_day__range=(first, last)).values_list("first_day", flat=True)
    return frozenset(day for day in days if day)


def bank_holidays_of_the_kingdom(first: date, last: date) -> tuple[frozenset[date], frozenset[date]]:
    """The bank holidays in any part of the United Kingdom, and those of them in England; one query."""
    found = CalendarEvent.objects.filter(kind=BANK_HOLIDAY, first_day__range=(first, last))
    days = list(found.values_list("first_day", "scope"))
    return frozenset(day for day, _ in days if day), frozenset(day for day, scope in days if day and scope == SCOPE)


def holidays_known_until() -> date | None:
    """The last day of the last year whose bank holidays the calendar holds; None when it holds none."""
    latest = _holidays().order_by("-first_day").values_list("first_day", flat=True).first()
    return date(latest.year, 12, 31) if latest else None


def working_day(day: date) -> bool:
    """True on a day that is neither Saturday, Sunday nor bank holiday."""
    return day.weekday() < SATURDAY and not bank_holidays(day, day)


def add_working_days(day: date, count: int) -> date:
    """The day that many working days after a day, or before it when the count is negative; one query."""
    step = timedelta(1 if count >= 0 else -1)
    reach = step * (2 * abs(count) + 30)
    holidays = bank_holidays(min(day, day + reach), max(day, day + reach))
    left = abs(count)
    while left:
        day += step
        if day.weekday() < SATURDAY and day not in holidays:
            left -= 1
    return day


def _holidays() -> QuerySet[CalendarEvent]:
    return CalendarEvent.objects.filter(kind=BANK_HOLIDAY, scope=SCOPE)
