"""The deadlines of phrases that we wrote down, with their answers, before the grammar was tuned to them."""

import csv
from datetime import date
from pathlib import Path

import pytest

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
