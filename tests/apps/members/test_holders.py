"""Who held a post on a day, and how sure that is."""

from datetime import date

import pytest

from folkmoot.apps.members.queries import holders, mayor_of, member_party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.requirement("A10")
@pytest.mark.parametrize(
    ("authority", "day", "holder", "party"),
    [
        ("greater-manchester", date(2018, 1, 1), "Andy Burnham", "Labour"),
        ("greater-manchester", date(2026, 11, 25), "Bev Craig", "Labour"),
        ("west-midlands", date(2020, 6, 1), "Andy Street", "Conservative"),
        ("west-midlands", date(2024, 6, 1), "Richard Parker", "Labour"),
        ("west-of-england", date(2025, 5, 31), "Helen Godwin", "Labour"),
        ("south-yorkshire", date(2019, 1, 1), "Dan Jarvis", "Labour"),
        ("london", date(2014, 1, 1), "Boris Johnson", "Conservative"),
        ("north-of-tyne", date(2023, 1, 1), "Jamie Driscoll", "Labour"),
        ("council-hackney", date(2026, 6, 1), "Zoë Garbett", "Green Party"),
    ],
)
def test_the_mayor_of_an_area_on_a_past_day_is_the_one_who_held_it_then(
    authority: str, day: date, holder: str, party: str
) -> None:
    found = mayor_of(authority, day)
    assert found is not None
    assert (found.person.name, found.certain) == (holder, True)
    assert member_party(authority, day) == found.party
    assert str(found.party) == party


@pytest.mark.parametrize(
    ("authority", "day"),
    [
        ("greater-manchester", date(2016, 1, 1)),  # before the first election
        ("greater-manchester", date(2026, 7, 15)),  # between a resignation and a by-election
        ("cumbria", date(2026, 11, 25)),  # formed, no mayor yet
        ("north-of-tyne", date(2024, 5, 20)),  # the body has ended
        ("no-such-body", date(2024, 5, 20)),
    ],
)
def test_nobody_is_named_when_nobody_held_it(authority: str, day: date) -> None:
    assert mayor_of(authority, day) is None
    assert member_party(authority, day) is None


@pytest.mark.parametrize(
    ("authority", "day", "holder", "doubt"),
    [
        ("west-midlands", date(2024, 5, 3), "Andy Street", "Richard Parker"),  # the day after the poll
        ("west-midlands", date(2024, 5, 6), "Richard Parker", "Andy Street"),  # the fourth day after it
        ("greater-manchester", date(2026, 6, 20), "Andy Burnham", "leaving office"),
        ("greater-manchester", date(2026, 8, 20), "Bev Craig", "not before 30 July 2026, by 15 September 2026"),
    ],
)
def test_a_day_that_the_sources_leave_open_says_so(authority: str, day: date, holder: str, doubt: str) -> None:
    found = mayor_of(authority, day)
    assert found is not None
    assert found.person.name == holder
    assert not found.certain
    assert doubt in found.doubt


def test_a_re_election_leaves_no_doubt() -> None:
    found = mayor_of("greater-manchester", date(2021, 5, 7))
    assert found is not None
    assert found.person.name == "Andy Burnham"
    assert found.certain


def test_a_title_that_differed_then_is_shown() -> None:
    (then,) = holders("mayor-south-yorkshire", date(2019, 1, 1))
    (now,) = holders("mayor-south-yorkshire", date(2026, 1, 1))
    assert (then.title, now.title) == ("Mayor of the Sheffield City Region", "Mayor of South Yorkshire")
