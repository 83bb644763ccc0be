"""The deadlines of phrases that we wrote down, with their answers, before the grammar was tuned to them."""

import csv
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import pytest

from folkmoot.engines import radar
from folkmoot.engines.radar import deadlines
from folkmoot.engines.radar.deadlines import Deadline, find_deadlines

with (Path(__file__).parent / "deadlines.csv").open(encoding="utf-8", newline="") as stream:
    PHRASES = [tuple(row.values()) for row in csv.DictReader(stream)]


def said(one: Deadline) -> str:
    """`closing 2027-03-31T23:59+01:00 ~`: kind, moment, ~ approximate, < the day before it was moved, ? doubtful."""
    parts = [one.kind]
    if one.at:
        parts.append(one.at.isoformat(timespec="minutes"))
    if one.approximate:
        parts.append("~")
    if one.moved_from:
        parts.append(f"<{one.moved_from}")
    if one.confidence < 0.5:
        parts.append("?")
    return " ".join(parts)


@pytest.mark.parametrize(("text", "published", "expected"), PHRASES)
def test_phrase(text: str, published: str, expected: str) -> None:
    found = find_deadlines(text, published=date.fromisoformat(published))
    assert " ; ".join(map(said, found)) == expected


def test_there_are_enough_phrases() -> None:
    assert len(PHRASES) >= 150
    assert sum(not expected for *_, expected in PHRASES) >= 30


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Please respond by 5pm on Friday 5 March 2027. Thank you.", "5pm on Friday 5 March 2027"),
        ("The consultation runs from 4 January to 29 March 2027.", "4 January to 29 March 2027"),
        ("Please respond within 12 weeks.", "within 12 weeks"),
        ("Closing date: 4 March 2027, 5pm", "4 March 2027, 5pm"),
    ],
)
def test_the_span_is_where_it_stands(text: str, span: str) -> None:
    (found,) = find_deadlines(text, published=date(2026, 11, 25))
    assert text[found.start : found.end] == span


def test_a_range_keeps_its_first_day() -> None:
    (found,) = find_deadlines("Consultation: 4 January to 29 March 2027", published=date(2026, 11, 25))
    assert found.opens == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Please respond by Friday 4 March 2027.", "4 March 2027 is a Thursday, not a Friday"),
        ("Please respond by close of play on 4 March 2027.", "the close of business is taken as 5pm"),
        ("Please respond by midnight on 4 March 2027.", "midnight is taken as the end of that day"),
        ("Please respond by Easter.", "the day is not named, so it is approximate"),
        ("Please respond by 4 March 2027.", ""),
    ],
)
def test_what_was_taken_for_granted_is_said(text: str, note: str) -> None:
    (found,) = find_deadlines(text, published=date(2026, 11, 25))
    assert found.note == note


def test_confidence_falls_with_what_is_missing() -> None:
    texts = (
        "The consultation closes at 5pm on Thursday 4 March 2027.",
        "The consultation closes on 4 March 2027.",
        "The consultation closes on 4 March.",
        "The consultation closes on Friday 4 March 2027.",
    )
    sure = [find_deadlines(text, published=date(2026, 11, 25))[0].confidence for text in texts]
    assert sure == sorted(sure, reverse=True)
    assert len(set(sure)) == len(sure)


def test_working_days_leave_out_the_holidays_that_are_given() -> None:
    text, published = "Please reply within 5 working days.", date(2026, 12, 21)
    days = [
        find_deadlines(text, published=published, holidays=holidays)[0].at
        for holidays in ((), deadlines.bank_holidays([2026]))
    ]
    # Christmas is a Friday, and Monday stands for Boxing Day.
    assert [at.date() for at in days if at] == [date(2026, 12, 28), date(2026, 12, 30)]


@pytest.mark.parametrize(
    ("year", "sunday"), [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")]
)
def test_easter(year: int, sunday: str) -> None:
    assert deadlines.easter(year) == date.fromisoformat(sunday)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"england-and-wales": {"events": [{"date": 5}]}}'])
def test_a_list_of_holidays_that_is_none_gives_none(body: bytes) -> None:
    assert deadlines.published_holidays(body) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "by " * 20_000,
        "1 to " * 20_000,
        "consultation closes " * 5_000,
        "the end of the " * 5_000,
        "9" * 50_000,
        "within 999 working days of " * 3_000,
        "by 31 December 9999, respond by 0 March 2027, by 99/99/9999",
        "by 5pm " * 10_000,
        "Friday, " * 10_000,
        "Please respond by 4 March 2027. " * 1_000,
    ],
    ids=range(11),
)
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    begun = perf_counter()
    assert len(find_deadlines(text, published=date(2026, 11, 25))) <= 200
    assert perf_counter() - begun < 5


def test_fields_come_before_words_and_each_day_once() -> None:
    at = datetime.fromisoformat("2027-03-04T23:45:00+00:00")
    item = radar.Item(
        source="govuk-content",
        id="x",
        url="",
        type="open_consultation",
        title="Ferries",
        summary="Closes on 4 March 2027.",
        text="Reply by noon on 5 March 2027. The response will be published by 30 April 2027.",
        published=datetime.fromisoformat("2026-11-25T09:00:00+00:00"),
        deadlines=(radar.Date("closing", at),),
    )
    found = radar.deadlines_of(item)
    assert [(one.kind, one.field, one.at and one.at.date()) for one in found] == [
        ("closing", "", date(2027, 3, 4)),
        ("closing", "text", date(2027, 3, 5)),
        ("publication", "text", date(2027, 4, 30)),
    ]
    assert (found[0].at, found[0].confidence) == (at, 1.0)
    assert found[1].confidence < 0.5
    assert "own closing date is another" in found[1].note
    assert [one.field for one in radar.deadlines_of(replace(item, published=None))] == [""]
