"""Guesses what a paper is: its day, kind, title and handling, from its name and its words."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_DAYS = (
    re.compile(rf"(?<!\d)(?P<year>{_YEAR})[-_. ](?P<month>\d{{1,2}})[-_. ](?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<year>{_YEAR})(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-_ .]+(?P<month>{_MONTH})[-_ .,]+(?P<year>{_YEAR})", re.I),
    re.compile(rf"\b(?P<month>{_MONTH})[-_ ](?P<day>\d{{1,2}}),?[-_ ](?P<year>{_YEAR})(?!\d)", re.I),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>{_YEAR})(?!\d)"),
)
_MONTHS_ONLY = (
    re.compile(rf"(?<!\d)(?P<year>{_YEAR})[-_](?P<month>\d{{1,2}})(?![-_.]?\d)"),
    re.compile(rf"(?<![a-z])(?P<month>{_MONTH})[-_ .]+(?P<year>{_YEAR})(?!\d)", re.I),
)
_YEARS_ONLY = (re.compile(rf"(?<!\d)(?P<year>{_YEAR})(?!\d)"),)
_KINDS = (
    ("minutes", re.compile(r"\b(minutes|note of (?:the|a) meeting|meeting note)\b", re.I)),
    ("submission", re.compile(r"\b(submission|consultation response|response to|evidence to|representation)", re.I)),
    (
        "letter",
        re.compile(r"\b(letter|dear (?:minister|secretary|sir|madam|mr|mrs|ms|dr|chair)|yours sincerely)\b", re.I),
    ),
    ("position", re.compile(r"\b(position|statement|joint ask|manifesto)\b", re.I)),
    ("report", re.compile(r"\b(report|review|briefing|evaluation|annual account)\b", re.I)),
)
_SENSITIVE = re.compile(r"\b(OFFICIAL[ -]SENSITIVE|(?:in|strictly)[ -](?:confidence|confidential)|CONFIDENTIAL)\b")


class Precision(StrEnum):
    """How exactly a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a paper; the first of its month or year where no more is known."""

    day: date
    precision: Precision


def _day(found: re.Match[str]) -> Day | None:
    """What a match says, if it is a date that exists."""
    said = found.groupdict()
    month = said.get("month", "1")
    number = _MONTHS.get(month.lower(), 0) or (int(month) if month.isdigit() else 0)
    precision = Precision.DAY if "day" in said else Precision.MONTH if "month" in said else Precision.YEAR
    try:
        return Day(date(int(said["year"]), number, int(said.get("day", "1"))), precision)
    except ValueError:
        return None


def _first(text: str, patterns: Sequence[re.Pattern[str]]) -> Day | None:
    """The date that stands first in a text."""
    found = ((match.start(), _day(match)) for pattern in patterns for match in pattern.finditer(text))
    days = [(start, day) for start, day in found if day]
    return min(days, key=lambda each: each[0])[1] if days else None


def read_day(text: str) -> Day | None:
    """A date that a person typed, whole and nothing else: 5 March 2024, 2024-03-05, 2024-03, March 2024 or 2024."""
    text = " ".join(text.split())
    for pattern in (*_DAYS, *_MONTHS_ONLY, *_YEARS_ONLY):
        match = pattern.fullmatch(text)
        if match:
            return _day(match)
    return None


def day_in_name(name: str) -> Day | None:
    """The date in a file's name: 2024-03-05, 5 March 2024, 2024-03, March 2024 or 2024."""
    stem = name.rpartition(".")[0] or name
    return _first(stem, _DAYS) or _first(stem, _MONTHS_ONLY) or _first(stem, _YEARS_ONLY)


def day_in_text(lines: Sequence[str]) -> Day | None:
    """The date in a paper's first lines; a year alone is too little there."""
    text = "\n".join(lines)
    return _first(text, _DAYS) or _first(text, _MONTHS_ONLY[1:])


def kind_in(*texts: str) -> str:
    """The kind that the first telling text names; empty where none does."""
    for text in texts:
        for kind, pattern in _KINDS:
            if pattern.search(text):
                return kind
    return ""


def handling_in(lines: Sequence[str]) -> str:
    """OFFICIAL-SENSITIVE where the words ask for it."""
    return "OFFICIAL-SENSITIVE" if any(_SENSITIVE.search(line) for line in lines) else "OFFICIAL"


def title_in(lines: Sequence[str]) -> str:
    """The first line that reads like a title, and is no date, mark or greeting."""
    for line in lines[:12]:
        text = " ".join(line.split())
        if not 6 <= len(text) <= 160 or text.endswith((".", ",", ";")) or text.lower().startswith("dear "):
            continue
        if _SENSITIVE.search(text) or text.upper().startswith("OFFICIAL") or (day_in_text([text]) and len(text) < 30):
            continue
        return text
    return ""
