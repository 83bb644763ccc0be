"""Equal effects are found however they were cut, and only what truly overlaps conflicts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.engines.redline._amendments import Wish, settle
from folkmoot.engines.redline._drafts import Draft

TEXT = "The members shall meet within forty days of the notice, and in the city."


def edit(start: int, end: int, after: str, text: str = TEXT) -> Draft:
    kind = "replace" if start < end and after else "delete" if start < end else "insert"
    return Draft(kind, 0, start, end, text[start:end], after, "A", None, True, 0)


def settled(*drafts: Draft, text: str = TEXT) -> tuple[list[int], list[set[int]]]:
    return settle([Wish(draft, source, "body") for source, draft in enumerate(drafts)], [text])


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (edit(*at("forty"), "fifty"), edit(*at("within forty"), "within fifty")),
        (edit(*at("forty"), "fifty"), edit(*at("ort"), "ift")),
        (edit(*at("the "), ""), edit(at("the ")[0] - 1, at("the ")[1] - 1, "")),
        (edit(at("days")[0], at("days")[0], "working "), edit(at("days")[0] - 1, at("days")[0] - 1, " working")),
        (edit(*at("forty"), "fifty"), edit(*at("forty "), "fifty  ")),
    ],
)
def test_the_same_result_is_one_group(one: Draft, other: Draft) -> None:
    groups, conflicts = settled(one, other)
    assert groups[0] == groups[1]
    assert conflicts == [set(), set()]


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (edit(*at("forty"), "fifty"), edit(*at("forty"), "sixty"), True),
        (edit(*at("within forty"), "within fifty"), edit(*at("within"), "in"), False),
        # Two people change letters of one word: neither result is what both want.
        (edit(at("forty")[0], at("forty")[0] + 1, "F"), edit(at("forty")[1] - 1, at("forty")[1], "een"), True),
        (edit(at("days")[0], at("days")[0], "working "), edit(at("days")[0], at("days")[0], "calendar "), True),
        (edit(at("days")[0], at("days")[0], "working "), edit(*at("forty "), "fifty "), False),
        (edit(at("days")[0], at("days")[0], "working "), edit(*at("forty days of"), "soon after"), True),
        (edit(*at("forty"), "fifty"), edit(*at("days"), "weeks"), False),
    ],
)
def test_overlap_without_the_same_effect_is_a_conflict(one: Draft, other: Draft, conflict: bool) -> None:
    groups, conflicts = settled(one, other)
    assert groups[0] != groups[1]
    assert conflicts == ([{1}, {0}] if conflict else [set(), set()])


def test_who_wants_both_shows_that_they_go_together() -> None:
    both = (edit(*at("forty"), "fifty"), edit(*at("days"), "weeks"))
    wishes = [Wish(draft, 0, "body") for draft in both]
    wishes.append(Wish(edit(*at("forty days"), "fifty weeks"), 1, "body"))
    assert settle(wishes, [TEXT])[1] == [{2}, {2}, {0, 1}]


@st.composite
def recut(draw: st.DrawFn) -> tuple[str, Draft, Draft]:
    """A text and one change of it, told with two different amounts of unchanged text around it."""
    text = draw(st.text("ab ", min_size=1, max_size=12))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    after = draw(st.text("ab ", max_size=4))
    left, right = draw(st.integers(0, start)), draw(st.integers(end, len(text)))
    wide = edit(left, right, text[left:start] + after + text[end:right], text)
    return text, edit(start, end, after, text), wide


@given(recut())
def test_the_cut_never_matters(case: tuple[str, Draft, Draft]) -> None:
    text, narrow, wide = case
    if narrow.before != narrow.after:
        assert len(set(settled(narrow, wide, text=text)[0])) == 1
