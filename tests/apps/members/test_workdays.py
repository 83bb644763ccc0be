"""Working days in England."""

from datetime import date
from typing import Any

import pytest

from folkmoot.apps.members.queries import (
    add_working_days,
    bank_holidays,
    bank_holidays_of_the_kingdom,
    holidays_known_until,
    working_day,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 29), False),  # Sunday
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # Boxing Day in lieu
        (date(2026, 11, 30), True),  # St Andrew's Day is a holiday in Scotland alone
        (date(2026, 3, 17), True),  # St Patrick's Day, in Northern Ireland alone
        (date(2027, 3, 26), False),  # Good Friday
    ],
)
def test_a_working_day_is_one_in_england(day: date, works: bool) -> None:
    assert working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "result"),
    [
        (date(2026, 11, 25), 0, date(2026, 11, 25)),
        (date(2026, 11, 25), 1, date(2026, 11, 26)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
        (date(2026, 11, 25), 28, date(2027, 1, 7)),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(day: date, count: int, result: date) -> None:
    assert add_working_days(day, count) == result


def test_counting_takes_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        add_working_days(date(2026, 11, 25), 28)


def test_the_information_acts_leave_out_a_holiday_anywhere_in_the_kingdom(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        anywhere, here = bank_holidays_of_the_kingdom(date(2026, 1, 1), date(2026, 12, 31))
    elsewhere = [
        date(2026, 1, 2),
        date(2026, 3, 17),
        date(2026, 6, 15),
        date(2026, 7, 13),
        date(2026, 8, 3),
        date(2026, 11, 30),
    ]
    assert sorted(anywhere - here) == elsewhere and here == bank_holidays(date(2026, 1, 1), date(2026, 12, 31))


def test_the_holidays_of_a_year_are_eight_and_known_until_2028() -> None:
    assert len(bank_holidays(date(2026, 1, 1), date(2026, 12, 31))) == 8
    assert holidays_known_until() == date(2028, 12, 31)
