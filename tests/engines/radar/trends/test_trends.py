"""Rises counted by hand, and laws: no order, no recess and no repeat makes one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.engines.radar.trends import Recess, Seen, find_trends, phrases_of, recesses_of

pytestmark = pytest.mark.one_database

THIS = date(2026, 11, 23)  # a Monday
WEEK = timedelta(days=7)


def items(
    *weekly: int, entity: str = "mhclg", sources: str = "a", start: str = "", phrases: Iterable[str] = ()
) -> list[Seen]:
    """So many items a week, oldest first, the last in this week; sources by turns."""
    return [
        Seen(
            f"{start}{entity}-{back}-{number}",
            sources[number % len(sources)],
            THIS - WEEK * back + timedelta(days=number % 7),
            frozenset([entity]),
            frozenset(phrases),
        )
        for back, count in zip(range(len(weekly) - 1, -1, -1), weekly, strict=True)
        for number in range(count)
    ]


def rises(seen: list[Seen], *recesses: Recess, week: date = THIS) -> list[str]:
    return [trend.subject for trend in find_trends(seen, week=week, recesses=recesses)]


@pytest.mark.parametrize(
    ("weekly", "sources", "is_rise"),
    [
        pytest.param((1, 1, 1, 1, 5), "a", True, id="5 is more than 1 and three times its root, 4"),
        pytest.param((1, 1, 1, 1, 4), "abc", False, id="4 is not more than 4"),
        pytest.param((4, 4, 4, 4, 11), "a", True, id="11 is more than 4 and three times 2, 10"),
        pytest.param((4, 4, 4, 4, 10), "abc", False, id="10 is not"),
        pytest.param((9, 9, 9, 9, 19), "a", True, id="19 is more than 9 and three times 3, 18"),
        pytest.param((9, 9, 9, 9, 18), "a", False, id="18 is not"),
        pytest.param((1, 0, 0, 0, 5), "a", True, id="five items of one source"),
        pytest.param((1, 0, 0, 0, 4), "ab", False, id="four items of two sources"),
        pytest.param((1, 0, 0, 0, 3), "abc", True, id="three sources"),
        pytest.param((1, 0, 0, 0, 2), "ab", False, id="two items"),
        pytest.param((0, 4, 0, 20), "a", False, id="two weeks before"),
        pytest.param((4, 0, 0, 20), "a", True, id="three weeks before"),
        pytest.param((20,), "a", False, id="the first week of all"),
        pytest.param((5, 5, 5, 5, 0), "a", False, id="nothing now"),
    ],
)
def test_a_rise_is_more_than_chance_makes_of_what_is_usual(
    weekly: tuple[int, ...], sources: str, is_rise: bool
) -> None:
    assert rises(items(*weekly, sources=sources)) == (["mhclg"] if is_rise else [])


def test_a_trend_tells_its_weeks_its_sources_and_what_is_usual() -> None:
    [trend] = find_trends(items(2, 1, 0, 1, 6, sources="ba"), week=THIS + timedelta(days=6))

    assert trend.counts == (2, 1, 0, 1, 6)
    assert [week.monday for week in trend.weeks] == [THIS - WEEK * back for back in (4, 3, 2, 1, 0)]
    assert (trend.usual, trend.sources, trend.kind) == (1.0, ("a", "b"), "entity")
    assert trend.items == tuple(f"mhclg-0-{number}" for number in range(6))


def test_only_so_many_weeks_back_are_usual() -> None:
    seen = items(50, 1, 1, 1, 1, 5)

    assert rises(seen) == []
    assert [trend.usual for trend in find_trends(seen, week=THIS, back=4)] == [1.0]


def test_weeks_before_the_first_item_are_not_weeks_without_items() -> None:
    early = [Seen("e", "a", THIS - WEEK * 6, frozenset(["dft"]))]

    assert [trend.usual for trend in find_trends(items(3, 3, 3, 9), week=THIS)] == [3.0]
    assert [trend.usual for trend in find_trends(items(3, 3, 3, 9) + early, week=THIS)] == [1.5]
    assert [trend.usual for trend in find_trends(items(3, 3, 3, 9), week=THIS, begun=THIS - WEEK * 9)] == [1.0]


def test_the_return_from_a_recess_is_no_rise() -> None:
    seen = items(6, 6, 6, 0, 0, 0, 0, 6)
    away = Recess(THIS - WEEK * 4, THIS - timedelta(days=3))

    assert rises(seen) == []  # usual 2.6, and 6 is not above 7.4: so many more are looked for
    assert rises(items(6, 6, 6, 0, 0, 0, 0, 9)) == ["mhclg"]
    assert rises(items(6, 6, 6, 0, 0, 0, 0, 9), away) == []
    [trend] = find_trends(items(6, 6, 6, 0, 0, 0, 0, 14), week=THIS, recesses=[away])
    assert (trend.usual, [week.in_recess for week in trend.weeks]) == (6.0, [False] * 3 + [True] * 4 + [False])


def test_a_week_in_recess_is_held_to_recess_weeks_and_without_them_to_weeks_of_sitting() -> None:
    now = Recess(THIS, THIS + timedelta(days=4))
    earlier = Recess(THIS - WEEK * 3, THIS - timedelta(days=1))

    assert rises(items(6, 6, 6, 1, 1, 1, 6), now, earlier) == ["mhclg"]
    assert rises(items(6, 6, 6, 6, 6, 6, 6), now) == []


@pytest.mark.parametrize(("days", "is_recess"), [(2, False), (3, True)])
def test_three_days_away_make_a_week_of_recess(days: int, is_recess: bool) -> None:
    away = Recess(THIS - WEEK, THIS - WEEK + timedelta(days=days - 1))

    [trend] = find_trends(items(0, 0, 1, 0, 0, 9) + items(1, 0, 0, 0, 0, 0, entity="dft"), week=THIS, recesses=[away])

    assert trend.weeks[-2].in_recess is is_recess


def test_what_is_new_is_what_no_item_about_it_held_before() -> None:
    before = items(1, 1, 1, 0, phrases=["bus fares", "local growth"])
    now = items(0, 0, 0, 6, phrases=["bus fares", "visitor levy", "visitor levy powers", "new visitor"], start="n")
    lone = [Seen("x", "a", THIS, frozenset(["mhclg"]), frozenset(["seen once"]))]
    other = items(1, 1, 1, 0, entity="dft", phrases=["new visitor"])

    by_subject = {trend.subject: trend for trend in find_trends(before + now + lone + other, week=THIS)}

    assert by_subject["mhclg"].new_phrases == ("new visitor", "visitor levy powers")


def test_one_set_of_items_is_one_trend() -> None:
    quiet = items(2, 2, 2, 0)
    named = [
        replace(each, entities=each.entities | {"mhclg"})
        for each in items(0, 0, 0, 6, entity="dft", phrases=["bus fares"])
    ]
    alone = items(0, 0, 0, 5, entity="x", phrases=["visitor levy", "visitor levy powers"])
    bare = [replace(each, entities=frozenset()) for each in alone]

    assert rises(quiet + named + bare) == ["dft", "visitor levy powers"]


def test_the_strongest_comes_first() -> None:
    seen = items(1, 1, 1, 6) + items(1, 1, 1, 9, entity="dft") + items(1, 1, 1, 6, entity="dwp")

    assert rises(seen) == ["dft", "dwp", "mhclg"]


def test_an_item_counts_once_in_the_week_in_which_it_first_appeared() -> None:
    seen = items(1, 1, 1, 4)
    again = [Seen(each.item, "b", THIS, each.entities) for each in seen]

    assert rises(seen + again * 3) == []
    assert [trend.counts for trend in find_trends(items(1, 1, 1, 6) + again, week=THIS)] == [(1, 1, 1, 6)]


def test_no_items_no_trends() -> None:
    assert find_trends([], week=THIS) == ()


SEEN = st.builds(
    Seen,
    item=st.integers(0, 40).map(str),
    source=st.sampled_from("abc"),
    on=st.integers(-20, 6).map(lambda days: THIS + timedelta(days=days)),
    entities=st.frozensets(st.sampled_from(["mhclg", "dft"])),
    phrases=st.frozensets(st.sampled_from(["bus fares", "visitor levy", "visitor levy powers"])),
)


@given(st.lists(SEEN, max_size=60), st.randoms(use_true_random=False))
def test_the_order_and_repeats_make_no_difference(seen: list[Seen], chance: object) -> None:
    shuffled = [*seen, *seen]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert find_trends(shuffled, week=THIS) == find_trends(seen, week=THIS)


@given(
    st.lists(st.integers(0, 8), min_size=3, max_size=3), st.lists(st.integers(0, 30), max_size=6), st.integers(0, 20)
)
def test_what_happened_in_recess_neither_makes_nor_hides_a_rise(sat: list[int], away: list[int], now: int) -> None:
    recess = Recess(THIS - WEEK * len(away), THIS - timedelta(days=1))
    begun = THIS - WEEK * (len(away) + len(sat))

    def found(weekly: list[int]) -> list[tuple[str, float]]:
        trends = find_trends(items(*weekly), week=THIS, recesses=[recess], begun=begun)
        return [(trend.subject, trend.usual) for trend in trends]

    assert found([*sat, *away, now]) == found([*sat, *([0] * len(away)), now])


@given(st.lists(SEEN, max_size=60))
def test_every_trend_has_five_items_or_three_sources(seen: list[Seen]) -> None:
    for trend in find_trends(seen, week=THIS):
        assert len(trend.items) >= 5 or len(trend.sources) >= 3
        assert trend.counts[-1] == len(trend.items) > trend.usual


def test_phrases_are_telling_words_that_stand_together() -> None:
    assert phrases_of("The visitor levy. Powers for mayors’ own 2026 bus fares") == {"visitor levy", "bus fares"}
    assert phrases_of("New visitor levy powers") == {
        *("new visitor", "visitor levy", "levy powers"),
        *("new visitor levy", "visitor levy powers"),
    }
    assert phrases_of("") == frozenset()


def test_recesses_come_from_the_calendar_where_their_days_are_known() -> None:
    rows = [
        {"kind": "recess", "scope": "House of Commons", "start_date": "2025-12-18", "end_date": "2026-01-05"},
        {"kind": "recess", "scope": "both Houses", "start_date": "2026-10-05", "end_date": "2026-10-08"},
        {"kind": "recess", "scope": "House of Commons", "start_date": "2024-09", "end_date": "2024-10-06"},
        {"kind": "recess", "scope": "House of Lords", "start_date": "2025-12-19", "end_date": "2026-01-04"},
        {"kind": "bank-holiday", "scope": "england-and-wales", "start_date": "2026-12-25", "end_date": ""},
    ]

    assert recesses_of(rows) == (
        Recess(date(2025, 12, 18), date(2026, 1, 5)),
        Recess(date(2026, 10, 5), date(2026, 10, 8)),
    )
