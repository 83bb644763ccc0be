"""Near duplicates: every pair that a comparison of all with all finds, once, and no other."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.engines.radar import duplicates

pytestmark = pytest.mark.one_database

TEXTS = st.lists(
    st.lists(st.sampled_from(["the", "bus", "fare", "cap", "mayor"]), max_size=9).map(" ".join), max_size=12
)


def by_comparing_all(texts: list[tuple[str, str]], threshold: float) -> list[tuple[str, str, float]]:
    """The contract's definition, word by word."""
    found = []
    for (a, one), (b, other) in combinations(texts, 2):
        first, second = ({tuple(w[i : i + 3]) for i in range(len(w) - 2)} for w in map(_words, (one, other)))
        alike = len(first & second) / len(first | second) if first | second else 0
        if alike >= threshold:
            found.append((a, b, alike))
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@given(TEXTS, st.sampled_from((0.1, 0.25, 0.3, 1 / 3, 0.5, 0.6, 2 / 3, 0.75, 0.9, 1.0)))
def test_it_finds_what_comparing_all_with_all_finds(texts: list[str], threshold: float) -> None:
    keyed = [(str(number), text) for number, text in enumerate(texts)]

    found = [(pair.a, pair.b, pair.similarity) for pair in duplicates.pairs(keyed, threshold=threshold)]

    assert sorted(found) == sorted(by_comparing_all(keyed, threshold))


@given(TEXTS, st.sets(st.integers(0, 11).map(str)))
def test_only_pairs_of_the_new_come_when_asked_for_these(texts: list[str], new: set[str]) -> None:
    keyed = [(str(number), text) for number, text in enumerate(texts)]

    some = duplicates.pairs(keyed, threshold=0.5, new=new)

    assert some == tuple(p for p in duplicates.pairs(keyed, threshold=0.5) if {p.a, p.b} & new)


@pytest.mark.parametrize("text", ["", "Tees Valley", "Mayor"])
def test_a_text_of_fewer_than_three_words_is_like_nothing(text: str) -> None:
    assert duplicates.pairs([("a", text), ("b", text)], threshold=0.1) == ()


def test_words_are_runs_of_letters_digits_and_underscore_in_lower_case() -> None:
    [pair] = duplicates.pairs([("a", "Bus_fares: £2, CAPPED!"), ("b", "bus_fares 2 capped")])

    assert pair == duplicates.Pair("a", "b", 1.0)


@pytest.mark.parametrize("threshold", [0, -0.1, 1.01, float("nan")])
def test_a_threshold_lies_above_nought_and_at_most_at_one(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold lies above 0"):
        duplicates.pairs([], threshold=threshold)


def test_a_key_that_stands_for_two_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="“a” stands for two texts"):
        duplicates.pairs([("a", "one"), ("a", "two")])
