"""Dates as sources give them."""

from datetime import date

import pytest

from folkmoot.apps.members.partial import NotADate, months_later, say, span


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2026-05-07", date(2026, 5, 7), date(2026, 5, 7), "7 May 2026"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("by 2022", None, date(2022, 12, 31), "by 2022"),
        ("by 2022-06", None, date(2022, 6, 30), "by June 2022"),
        ("", None, None, ""),
    ],
)
def test_a_date_means_all_the_days_that_it_can(
    text: str, earliest: date | None, latest: date | None, words: str
) -> None:
    assert span(text) == (earliest, latest)
    assert say(text) == words


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "7 May 2026", "26", "2026-5-7", "0000", "by"])
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotADate, match="Write a day, a month or a year"):
        span(text)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 11, 25), 12, date(2026, 11, 25)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later_stays_within_the_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
