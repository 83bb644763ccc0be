"""The shipped register, read once, and what a text links to on the day of these tests."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from folkmoot.cli.register import shipped_register
from folkmoot.engines.radar.entities import Link, Linked, Linker

TODAY = date(2026, 11, 25)
HERE = Path(__file__).parent


@cache
def linker() -> Linker:
    return Linker(shipped_register())


def linked(text: str, on: date = TODAY) -> Linked:
    return linker().link(text, on=on)


def ids(text: str, on: date = TODAY) -> set[str]:
    return {link.id for link in linked(text, on).links}


def over(text: str, words: str, on: date = TODAY) -> list[Link]:
    """The links that touch these words where they stand first."""
    start = text.index(words)
    return [link for link in linked(text, on).links if link.start < start + len(words) and start < link.end]


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
