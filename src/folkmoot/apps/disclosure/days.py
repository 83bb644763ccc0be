"""The days of a request: 20 working days from the day after receipt, less what a clarification takes, or 40."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from folkmoot.apps.disclosure.models import Case, CaseState, Clarification
from folkmoot.apps.members.queries import bank_holidays

STATUTORY, EXTENDED = 20, 40
REMINDERS = (10, 15, 18)
SATURDAY = 5
DAY = timedelta(days=1)
# So far ahead can a due day lie: 40 working days and what clarifications take.
AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days over a stretch of time, read once for many requests."""

    holidays: Collection[date]

    @classmethod
    def around(cls, first: date, today: date) -> "Calendar":
        """From the earliest day asked about to well after today."""
        return cls(bank_holidays(first, today + AHEAD))

    def is_working(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def between(self, first: date, last: date) -> int:
        """How many working days lie after a day, up to another and with it."""
        return sum(self.is_working(first + DAY * number) for number in range(1, (last - first).days + 1))

    def after(self, day: date, count: int) -> date:
        """The day that many working days after a day."""
        while count > 0:
            day += DAY
            count -= self.is_working(day)
        return day


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a request stands on a day: its due day (none while a clarification is open) and the days gone."""

    due: date | None
    gone: int
    allowed: int
    is_stopped: bool
    is_overdue: bool

    @property
    def reminder(self) -> int:
        """The latest of the days of reminder that has come; 0 before the first."""
        return max((day for day in REMINDERS if self.gone >= day), default=0)


def allowed_days(case: Case) -> int:
    """How many working days the law gives."""
    return EXTENDED if case.extended_on else STATUTORY


def clock(case: Case, clarifications: Collection[Clarification], today: date, calendar: Calendar) -> Clock:
    """The clock of a request as it stands today, or on the day it was answered."""
    stop = case.answered_on or today
    lost = sum(
        calendar.between(each.asked_on, each.answered_on) for each in clarifications if each.answered_on is not None
    )
    waiting = next((each for each in clarifications if each.answered_on is None), None)
    until = min(waiting.asked_on, stop) if waiting else stop
    stopped = waiting is not None and case.is_live
    due = None if stopped else calendar.after(case.received_on, allowed_days(case) + lost)
    return Clock(
        due=due,
        gone=max(calendar.between(case.received_on, until) - lost, 0),
        allowed=allowed_days(case),
        is_stopped=stopped,
        is_overdue=due is not None and stop > due and case.state != CaseState.WITHDRAWN,
    )
