"""Recesses, and which weeks are theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_WORKING_DAYS = 5
_AWAY = 3  # of the five make a week of recess


@dataclass(frozen=True, slots=True)
class Recess:
    """The first and the last day on which the House is away."""

    first: date
    last: date


def recesses_of(rows: Iterable[Mapping[str, str]], *, house: str = "House of Commons") -> tuple[Recess, ...]:
    """The recesses of a House from the rows of the calendar of facts; one whose days are not known is left out."""
    found = []
    for row in rows:
        if row["kind"] == "recess" and row["scope"] in (house, "both Houses"):
            try:
                found.append(Recess(date.fromisoformat(row["start_date"]), date.fromisoformat(row["end_date"])))
            except ValueError:
                continue
    return tuple(found)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_in_recess(monday: date, recesses: Iterable[Recess]) -> bool:
    days = [monday + timedelta(days=number) for number in range(_WORKING_DAYS)]
    return sum(any(each.first <= day <= each.last for each in recesses) for day in days) >= _AWAY
