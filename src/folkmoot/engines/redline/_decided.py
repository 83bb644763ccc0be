"""A table that was filled in elsewhere: which number it decides how, and which of its rows cannot be used, and why.

People sort, hide, delete, copy and type over rows, move columns and put titles on top. So a row is known by its number
alone, columns by their names, and everything else in a row but the decision is there for people to read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ._edits import INLINE, Edit
from ._errors import RedlineError
from ._values import Amendment, Kind

Table = tuple[tuple[str, ...], ...]
Verdict = Literal["taken", "part", "not", "parked"]

NUMBER, DECISION, REASON, WORDS = "Number", "Decision", "Reason for the decision", "Words that go in"
CHOICES: Final[Mapping[Verdict, str]] = {
    "taken": "Taken",
    "part": "Taken in part",
    "not": "Not taken",
    "parked": "Parked",
}
# What the empty list of choices shows: a program that keeps no content controls leaves it behind as a word.
PROMPT: Final = "Choose"
_HEAD_WITHIN: Final = 10
_SAID: Final[Mapping[str, Verdict]] = {
    **{label.lower(): verdict for verdict, label in CHOICES.items()},
    "take": "taken",
    "yes": "taken",
    "accepted": "taken",
    "part": "part",
    "part taken": "part",
    "partly taken": "part",
    "in part": "part",
    "not": "not",
    "no": "not",
    "rejected": "not",
    "park": "parked",
}
# Where a part is taken in other words, what kind of change that is.
_WORDED_AS: Final[Mapping[Kind, Kind]] = {
    "insert": "insert",
    "delete": "replace",
    "replace": "replace",
    "paragraph-insert": "paragraph-insert",
    "paragraph-delete": "replace",
}


class NoDecisions(RedlineError):
    """The file holds no table of decisions."""

    def __str__(self) -> str:
        return (
            f"This file has no table with columns called “{NUMBER}” and “{DECISION}”. Export the amendments, write the "
            "decisions into that file, and give that."
        )


@dataclass(frozen=True, slots=True)
class Decided:
    """What one row decides on the amendment or comment of this number; `place` says where in the file it stands."""

    place: str
    number: str
    verdict: Verdict
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a table decides, how many of its rows decide nothing, and what is wrong with which row."""

    rows: tuple[Decided, ...]
    undecided: int
    problems: tuple[str, ...]


def read_decisions(tables: Sequence[Table]) -> Decisions:
    """What these tables decide; NoDecisions where none of them is such a table."""
    reader = _Reader()
    for number, table in enumerate(tables, start=1):
        reader.take(table, "" if number == 1 else f"Table {number}, ")
    if reader.columns is None:
        raise NoDecisions
    return Decisions(tuple(reader.rows.values()), reader.undecided, tuple(reader.problems))


@dataclass(slots=True)
class _Reader:
    rows: dict[str, Decided] = field(default_factory=dict)
    undecided: int = 0
    problems: list[str] = field(default_factory=list)
    columns: dict[str, int] | None = None
    _width: int = 0
    _seen: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    _contested: set[str] = field(default_factory=set)

    def take(self, table: Table, prefix: str) -> None:
        headed = any(_columns(row) for row in table[:_HEAD_WITHIN])
        # A table that was split in two has its names above the first half alone.
        if not headed and (self.columns is None or not table or len(table[0]) != self._width):
            return
        reading = not headed
        for number, row in enumerate(table, start=1):
            if found := _columns(row):
                self.columns, self._width, reading = found, len(row), True
            elif reading and any(row):
                self._row(f"{prefix}row {number}".capitalize(), row)

    def _row(self, place: str, row: Sequence[str]) -> None:
        number = "".join(self._cell(row, NUMBER).split()).lower()
        said = _plain(self._cell(row, DECISION))
        reason, words = self._cell(row, REASON), self._cell(row, WORDS)
        if said in ("", PROMPT.lower()):
            if reason or words:
                self.problems.append(f"{place}: it gives a reason or words but no decision. {_CHOOSE}")
            elif number:
                self.undecided += 1
            return
        asked = (said, reason, words)
        if number and self._seen.setdefault(number, asked) != asked:
            self.rows.pop(number, None)
            self._contested.add(number)
            self.problems.append(f"{place}: this number stands twice, with two decisions. Keep one of them.")
        elif problem := _problem(number, said, reason, words):
            self.problems.append(f"{place}: {problem}")
        elif number not in self._contested:
            self.rows.setdefault(number, Decided(place, number, _SAID[said], reason, words))

    def _cell(self, row: Sequence[str], name: str) -> str:
        at = (self.columns or {}).get(name.lower())
        return row[at].strip() if at is not None and at < len(row) else ""


_CHOOSE: Final = "Write taken, taken in part, not taken or parked."


def _problem(number: str, said: str, reason: str, words: str) -> str:
    if not number:
        return "it has no number, so nobody can tell which amendment it is. Take the number from the export."
    if said not in _SAID:
        return f"“{said[:40]}” is no decision. {_CHOOSE}"
    if _SAID[said] in ("part", "not") and not reason:
        return "the reason is missing. The office is told why."
    if _SAID[said] != "part" and words:
        return "words go in only where a part is taken. Write taken in part, or empty that cell."
    return ""


def _plain(said: str) -> str:
    return " ".join(said.split()).strip(" .,;:").lower()


def says_a_decision(said: str) -> bool:
    """Whether these words are one of the decisions."""
    return _plain(said) in _SAID


def _columns(row: Sequence[str]) -> dict[str, int] | None:
    """Where each column stands, if this row names them; the first of two of one name: people add theirs behind."""
    names = [" ".join(cell.split()).lower() for cell in row]
    if NUMBER.lower() not in names or DECISION.lower() not in names:
        return None
    return {name: names.index(name) for name in names if name}


def wording(kind: Kind, before: str, after: str, verdict: str, words: str) -> tuple[Kind, str] | None:
    """The kind of change and the words by which a decision changes the text; None where it does not say in which."""
    if verdict == "taken":
        return kind, after
    if not words or kind not in _WORDED_AS:
        return None
    return _WORDED_AS[kind], _spaced(words, after or before) if kind in INLINE else words


def _spaced(words: str, like: str) -> str:
    """The words with the spaces around them that those have in whose place they go: nobody types these in a table."""
    bare = like.strip(" ")
    if not bare:
        return words
    lead_in, _, lead_out = like.partition(bare)
    return f"{lead_in}{words.strip(' ')}{lead_out}"


def edit_of(amendment: Amendment, decided: Decided) -> Edit | None:
    """The change of the text that a decision makes; what several offices ask for in the same words is one change."""
    worded = wording(amendment.kind, amendment.before, amendment.after, decided.verdict, decided.words)
    if worded is None:
        return None
    kind, after = worded
    return Edit(
        id=f"{amendment.group} {after}",
        kind=kind,
        paragraph=amendment.paragraph,
        start=amendment.start,
        end=amendment.end,
        before=amendment.before,
        after=after,
        target=amendment.target,
    )
