"""The days of a request: working days under the information acts, months for a person's own data.

Freedom of Information Act 2000, section 10: the twentieth working day after receipt; a day that is a bank holiday in
any part of the United Kingdom is none (6); asked for what is missing, the days begin anew when it comes (6); the
working days from a fees notice to the payment do not count (2). The Environmental Information Regulations 2004 count
the same days (regulation 2(1)) and begin anew in the same way (9(4)). UK GDPR, Articles 12(3) and 12A: one month from
the request, or from the proof of who asks or a fee; what a question takes does not count. A month ends on the same
date or on the last day of a shorter month, and on a day off it ends on the next working day here, as the Information
Commissioner counts.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from folkmoot.apps.disclosure.models import Case, CaseState, Clarification, Waits
from folkmoot.apps.members.queries import bank_holidays_of_the_kingdom

STATUTORY, EXTENDED = 20, 40
MONTHS, MONTHS_EXTENDED = 1, 3
# After how much of the time, in hundredths, a reminder comes: of 20 days on the 10th, the 15th and the 18th.
REMINDERS = (50, 75, 90)
SATURDAY = 5
DAY = timedelta(days=1)
# So far ahead can a due day lie: 40 working days or three months, and what questions take.
AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off over a stretch of time, read once for many requests: anywhere in the kingdom, and here."""

    holidays: Collection[date]
    here: Collection[date] = ()

    @classmethod
    def around(cls, first: date, today: date) -> "Calendar":
        """From the earliest day asked about to well after today."""
        return cls(*bank_holidays_of_the_kingdom(first, today + AHEAD))

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

    def at_work_here(self, day: date) -> date:
        """The day, or the first after it on which people are at work here."""
        while day.weekday() >= SATURDAY or day in self.here:
            day += DAY
        return day


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a request stands on a day: its due day (none while an answer is awaited) and the days gone."""

    due: date | None
    gone: int
    allowed: int
    is_stopped: bool
    is_overdue: bool
    unit: str = "working day"

    @property
    def reminder(self) -> int:
        """On which of its days the latest reminder came; 0 before the first."""
        return max(
            (self.allowed * part // 100 for part in REMINDERS if self.gone >= self.allowed * part // 100), default=0
        )


def months_after(day: date, months: int) -> date:
    """The same date so many months later, or the last day of a month that has no such date."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def clock(case: Case, clarifications: Collection[Clarification], today: date, calendar: Calendar) -> Clock:
    """The clock of a request as it stands today, or on the day it was answered."""
    stop = case.answered_on or today
    start = _start(case, clarifications)
    waiting = next((each for each in clarifications if each.answered_on is None), None)
    until = min(waiting.asked_on, stop) if waiting else stop
    stopped = waiting is not None and case.is_live
    count = _all_days if case.is_own_data else calendar.between
    lost = sum(_lost(case, each, calendar) for each in clarifications if _pauses(case, each, start))
    last = _last_day(case, start, lost, calendar)
    return Clock(
        due=None if stopped else last,
        gone=max(count(start, until) - lost, 0),
        allowed=count(start, last) - lost,
        is_stopped=stopped,
        is_overdue=not stopped and stop > last and case.state != CaseState.WITHDRAWN,
        unit="day" if case.is_own_data else "working day",
    )


def begins_anew(case: Case, kind: str) -> bool:
    """Whether the time begins anew with an answer, and does not only stand still until it comes."""
    return kind != Waits.CLARIFICATION if case.is_own_data else kind != Waits.FEE


def _start(case: Case, clarifications: Collection[Clarification]) -> date:
    """The day of receipt in law: of the request, or of the latest thing without which it could not be answered."""
    anew = (each.answered_on for each in clarifications if each.answered_on and begins_anew(case, each.kind))
    return max(anew, default=case.received_on)


def _pauses(case: Case, each: Clarification, start: date) -> bool:
    return each.answered_on is not None and each.answered_on > start and not begins_anew(case, each.kind)


def _lost(case: Case, each: Clarification, calendar: Calendar) -> int:
    """The days that do not count; of a fee, the day of the notice and that of the payment are among them."""
    if each.answered_on is None:
        return 0
    if case.is_own_data:
        return _all_days(each.asked_on, each.answered_on)
    return calendar.between(max(each.asked_on - DAY, case.received_on), each.answered_on)


def _all_days(first: date, last: date) -> int:
    return (last - first).days


def _last_day(case: Case, start: date, lost: int, calendar: Calendar) -> date:
    """The last day on which an answer is in time."""
    if case.is_own_data:
        months = MONTHS_EXTENDED if case.extended_on else MONTHS
        return calendar.at_work_here(months_after(start, months) + DAY * lost)
    return calendar.after(start, (EXTENDED if case.extended_on else STATUTORY) + lost)
