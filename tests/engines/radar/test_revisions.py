"""What changed between two readings, the moves of deadlines in words, and one record out of several readings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.engines import radar
from folkmoot.engines.radar import Date, Item

FIRST = datetime(2027, 9, 7, 22, 59, tzinfo=UTC)
LATER = datetime(2027, 9, 21, 22, 59, tzinfo=UTC)
ITEM = Item(
    source="govuk-content",
    id="x",
    url="https://www.gov.uk/x",
    type="open_consultation",
    title="Ferries and lanes",
    text="We want views.",
    updated=datetime(2027, 6, 1, tzinfo=UTC),
    organisations=("a", "b"),
    deadlines=(Date("closing", FIRST),),
    state="open",
)


@pytest.mark.parametrize(
    "same",
    [
        replace(ITEM, updated=LATER),
        replace(ITEM, aliases=("another-id",), url="http://www.gov.uk/x"),
        replace(ITEM, organisations=("b", "a")),
        replace(ITEM, title="Ferries  and\u00a0lanes"),
        replace(ITEM, facts=(("es_score", "1.2"),)),
        replace(ITEM, deadlines=(Date("closing", FIRST.astimezone(timezone(timedelta(hours=1)))),)),
    ],
)
def test_what_means_nothing_changes_nothing(same: Item) -> None:
    assert radar.fingerprint(same) == radar.fingerprint(ITEM)
    assert radar.differences(ITEM, same) == []


@pytest.mark.parametrize(
    ("new", "sentences", "major"),
    [
        (
            replace(ITEM, deadlines=(Date("closing", LATER),)),
            ["Closing date extended from 7 September 2027, 23:59 to 21 September 2027, 23:59."],
            True,
        ),
        (
            replace(ITEM, deadlines=(Date("closing", FIRST - timedelta(days=7)),)),
            ["Closing date brought forward from 7 September 2027, 23:59 to 31 August 2027, 23:59."],
            True,
        ),
        (replace(ITEM, deadlines=()), ["Closing date of 7 September 2027, 23:59 is no longer given."], True),
        (
            replace(ITEM, deadlines=(*ITEM.deadlines, Date("meeting", LATER, True))),
            ["Meeting set for 21 September 2027."],
            True,
        ),
        (replace(ITEM, state="withdrawn"), ["It was open and is now withdrawn."], True),
        (
            replace(ITEM, title="Ferries"),
            ["The title was “Ferries and lanes” and is now “Ferries”."],
            False,
        ),
        (replace(ITEM, text="We want no views."), ["The text was changed."], False),
        (replace(ITEM, organisations=("b", "c")), ["Organisations: added c; taken out a."], False),
    ],
)
def test_a_change_is_told(new: Item, sentences: list[str], major: bool) -> None:
    changes = radar.differences(ITEM, new)
    assert [change.sentence for change in changes] == sentences
    assert {change.major for change in changes} == {major}
    assert radar.fingerprint(new) != radar.fingerprint(ITEM)


def test_a_fact_that_tells_is_compared_where_both_know_it() -> None:
    old = replace(ITEM, facts=(("currentStage.description", "2nd reading"),))
    new = replace(ITEM, facts=(("currentStage.description", "Committee stage"),))
    (change,) = radar.differences(old, new)
    assert (change.before, change.after) == ("2nd reading", "Committee stage")
    assert radar.differences(ITEM, new) == []


def test_a_list_that_clips_does_not_take_the_whole_text_away() -> None:
    clipped = replace(ITEM, text="We want…", clipped=True, updated=LATER)
    assert radar.differences(ITEM, clipped) == []
    assert radar.newest(ITEM, clipped).text == "We want views."
    assert not radar.newest(ITEM, clipped).clipped
    other = replace(clipped, text="They want…")
    assert radar.newest(ITEM, other).text == "They want…"
    assert [change.field for change in radar.differences(ITEM, other)] == ["text"]


def test_what_was_fetched_later_counts_whatever_its_date() -> None:
    moved = replace(
        ITEM, deadlines=(Date("closing", LATER),), updated=ITEM.updated and ITEM.updated - timedelta(days=9)
    )
    assert radar.newest(ITEM, moved) == ITEM
    assert radar.newest(ITEM, moved, fetched=(FIRST, LATER)) == moved
    assert radar.newest(moved, ITEM, fetched=(LATER, FIRST)) == moved


def test_two_records_are_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="Two records"):
        radar.newest(ITEM, replace(ITEM, id="y"))


READINGS = st.builds(
    lambda days, state, alias, clipped: replace(
        ITEM,
        updated=FIRST + timedelta(days=days),
        state=state,
        aliases=(alias,),
        clipped=clipped,
        text="We want…" if clipped else "We want views.",
    ),
    st.integers(0, 3),
    st.sampled_from(radar.STATES),
    st.sampled_from(("a", "b", "c")),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(READINGS, min_size=1, max_size=4))
def test_readings_in_any_order_and_twice_give_one_record(readings: list[Item]) -> None:
    results = set()
    for order in permutations([*readings, readings[0]]):
        known = order[0]
        for reading in order[1:]:
            known = radar.newest(known, reading)
        results.add(known)
    assert len(results) == 1
