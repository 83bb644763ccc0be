"""The words that scored stand out in the text, and the text stays what it is."""

import random

import pytest

from folkmoot.web.signals.highlight import Reason, pieces

pytestmark = pytest.mark.one_database


def reason(letter: str, *spans: tuple[int, int]) -> Reason:
    return Reason(letter, "", "", 1.0, "term", tuple(("text", start, end) for start, end in spans))


def test_a_phrase_stands_before_its_words_and_runs_over_no_paragraph() -> None:
    text = "A bus franchise.\n\nIn spring."
    found = pieces(text, [reason("b", (2, 5)), reason("a", (2, 15)), reason("c", (15, 20))], "text")
    assert [[(piece.text.strip(), piece.reason and piece.reason.letter) for piece in line] for line in found] == [
        [("A", None), ("bus franchise", "a"), (".", "c")],
        [("In", "c"), ("spring.", None)],
    ]


def test_nothing_of_a_text_is_lost_or_doubled() -> None:
    dice = random.Random(7)
    for _ in range(300):
        text = "".join(dice.choice("ab \n\r\x85") for _ in range(dice.randrange(50)))
        spans = [(dice.randrange(60), dice.randrange(60)) for _ in range(dice.randrange(6))]
        found = pieces(text, [reason("a", span) for span in spans], "text")
        assert "".join(piece.text for line in found for piece in line).split() == text.split()
