"""Clause numbers as a reader sees them, whether the word processor counts or a person typed them."""

from datetime import date

import pytest

from folkmoot.engines import redline
from folkmoot.engines.redline import DraftClause
from folkmoot.engines.redline._numbering import format_number
from tests.engines.redline.builders import draft
from tests.engines.redline.words import WORD, p, part, word_file


def numbers(data: bytes) -> list[str]:
    return [clause.number for clause in redline.clauses(data)]


def listed(levels: str, items: list[tuple[int, int]], more: str = "") -> bytes:
    """A document of numbered paragraphs: (list, level) each."""
    num = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    lists = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{num}{more}'
    body = "".join(
        p(f"Item {n}.", properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
        for n, (num, level) in enumerate(items)
    )
    return word_file(
        body, parts={"word/numbering.xml": ("numbering", f"{WORD}numbering+xml", part("numbering", lists))}
    )


def level(at: int, text: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


LEGAL = level(0, "%1.") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter") + level(3, "(%4)", "lowerRoman")
RESTART = (
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


class TestCounted:
    def test_a_composed_draft(self) -> None:
        data = redline.compose(
            "Fares",
            [
                DraftClause(1, "Fares"),
                DraftClause(2, "", ("Caps stay.", "Caps are reviewed.")),
                DraftClause(3, "", ("In May.", "In October.")),
                DraftClause(1, "Routes", ("Text under it.",)),
            ],
            today=date(2026, 11, 25),
        )
        assert numbers(data)[-6:] == ["1", "1.1", "1.2", "1.2(a)", "1.2(b)", "2"]
        last = redline.clauses(data)[-1]
        assert (last.heading, last.text) == ("Routes", "Routes\nText under it.")

    def test_levels_restart_under_a_higher_one(self) -> None:
        items = [(1, 0), (1, 1), (1, 2), (1, 3), (1, 3), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)]
        assert numbers(listed(LEGAL, items)) == [
            "1", "1.1", "1.1(a)", "1.1(a)(i)", "1.1(a)(ii)", "1.1(b)", "1.2", "1.2(a)", "2", "2.1",
        ]  # fmt: skip

    def test_lists_of_one_kind_count_on_unless_told_to_start_anew(self) -> None:
        on = '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
        assert numbers(listed(LEGAL, [(1, 0), (3, 0), (2, 0), (2, 0)], RESTART + on)) == ["1", "2", "1", "2"]

    def test_bullets_bear_no_number(self) -> None:
        data = listed(level(0, "•", "bullet"), [(1, 0), (1, 0)])
        assert numbers(data) == [""]
        assert redline.clauses(data)[0].last_paragraph == 1

    @pytest.mark.parametrize(
        ("value", "form", "expected"),
        [
            *((28, "lowerLetter", "bb"), (26, "upperLetter", "Z"), (1994, "upperRoman", "MCMXCIV")),
            *((4, "lowerRoman", "iv"), (7, "decimalZero", "07"), (12, "ordinal", "12th"), (23, "ordinal", "23rd")),
            *((42, "cardinalText", "Forty-two"), (5, "hindiNumbers", "5"), (0, "lowerLetter", "0")),
        ],
    )
    def test_number_formats(self, value: int, form: str, expected: str) -> None:
        assert format_number(value, form) == expected


class TestTyped:
    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            (
                ["1. Fares", "1.1 Caps stay.", "(a) in May;", "(b) in October.", "2. Routes"],
                ["1", "1.1", "1.1(a)", "1.1(b)", "2"],
            ),
            (["1) Fares", "2) Routes"], ["1", "2"]),
            (["1. One.", "(a) x", "(i) y", "(ii) z", "(b) w"], ["1", "1(a)", "1(a)(i)", "1(a)(ii)", "1(b)"]),
            (["1. One.", "(g) x", "(h) y", "(i) z"], ["1", "1(g)", "1(h)", "1(i)"]),
            (["Article 4 – Fares", "Clause 7. Routes"], ["Article 4", "Clause 7"]),
            (["1.\tTabbed", "2.\tAgain"], ["1", "2"]),
            (["1 Fares", "1.1 Caps stay.", "2 Routes"], ["1", "1.1", "2"]),
        ],
    )
    def test_a_number_that_was_typed(self, lines: list[str], expected: list[str]) -> None:
        assert numbers(word_file("".join(p(line) for line in lines))) == expected

    @pytest.mark.parametrize(
        "line",
        [
            "3.5 million people live here.",
            "2026 was a year of change.",
            "14 offices answered.",
            "14 Offices answered.",
            "Section 106 agreements are slow.",
            "(see the annex) It is long.",
            "I agree with this.",
        ],
    )
    def test_a_sentence_that_only_begins_like_one(self, line: str) -> None:
        assert numbers(word_file(p("1. First.") + p(line))) == ["1"]


class TestWithoutNumbers:
    def test_the_nearest_heading_and_the_place_under_it(self) -> None:
        data = draft(("One.", "Two.", "Three.", "Four."), title="Fares")
        assert [(c.number, c.heading, c.first_paragraph, c.last_paragraph) for c in redline.clauses(data)] == [
            ("Fares", "Fares", 0, 4)
        ]
        from_below = redline.consolidate(data, [])
        assert from_below.clauses == redline.clauses(data)

    def test_ids_are_unique_and_clauses_cover_every_paragraph(self) -> None:
        data = word_file("".join(p(line) for line in ("Preamble.", "1. One.", "More.", "A. Two.", "A. Three.")))
        found = redline.clauses(data)
        assert len({clause.id for clause in found}) == len(found)
        covered = [at for c in found for at in range(c.first_paragraph, c.last_paragraph + 1)]
        assert covered == list(range(5))
