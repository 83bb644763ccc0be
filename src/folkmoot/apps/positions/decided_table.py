"""Reads a decided table back: which amendments it decides and how, and which of its rows cannot be used, and why.

The export is filled in with a spreadsheet, where rows are sorted, hidden, deleted and typed over. So a row is known by
its number alone, and everything else in it but the decision is there for people to read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.reading import Unreadable, read
from folkmoot.apps.positions.actions import Verdict
from folkmoot.apps.positions.models import Amendment, Circulation
from folkmoot.apps.positions.models.amendments import Outcome
from folkmoot.apps.positions.queries.amendments import Rows

NUMBER, DECISION, REASON, WORDS = "number", "decision", "reason for the decision", "words that go in"
# The export has its handling mark above the names of the columns, and people put titles there.
HEAD_WITHIN = 10
SAID = {
    **{outcome.label.lower(): outcome for outcome in Outcome},
    "take": Outcome.TAKEN,
    "yes": Outcome.TAKEN,
    "accepted": Outcome.TAKEN,
    "part": Outcome.PART,
    "part taken": Outcome.PART,
    "partly taken": Outcome.PART,
    "in part": Outcome.PART,
    "not": Outcome.NOT,
    "no": Outcome.NOT,
    "rejected": Outcome.NOT,
    "park": Outcome.PARKED,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row that decides something: the amendment, what stands on it now, and the verdict of the table."""

    amendment: Amendment
    now: str
    verdict: Verdict

    @property
    def label(self) -> str:
        return Outcome(self.verdict.outcome).label


@dataclass(frozen=True, slots=True)
class DecidedTable:
    """What a table decides, how many rows say nothing new or nothing at all, and what is wrong with which row."""

    lines: tuple[Line, ...]
    same: int
    undecided: int
    problems: tuple[str, ...]


def read_decided(actor: Actor, circulation: Circulation, *, name: str, data: bytes) -> DecidedTable:
    """What an uploaded table decides on this round. Nothing is kept; Invalid says why it is no such table."""
    check(actor, Permission.AMENDMENT_DECIDE)
    answer = read("paper.read_table", name, data)
    if isinstance(answer, Unreadable):
        raise Invalid(f"{answer.reason} {answer.advice}")
    first, columns, lines = _below_the_head(answer.value)
    return _Reader(actor, circulation).all_of(first, columns, lines)


def _below_the_head(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int], Sequence[Sequence[str]]]:
    """The number of the first row under the names, where each column stands, and the rows."""
    for place, row in enumerate(table[:HEAD_WITHIN]):
        names = [" ".join(cell.split()).lower() for cell in row]
        if NUMBER in names and DECISION in names:
            # The first of two columns of one name is ours: people add theirs on the right.
            return place + 2, {each: names.index(each) for each in names if each}, table[place + 1 :]
    raise Invalid(
        "This table has no columns called “Number” and “Decision”. Export the amendments to Excel, write the decisions "
        "into that file, and upload it."
    )


class _Reader:
    """Holds the amendments of the round against the rows, one after the other."""

    def __init__(self, actor: Actor, circulation: Circulation) -> None:
        self._rows = Rows(actor, circulation)
        self._amendments = {amendment.key: amendment for amendment in self._rows.amendments}
        self._lines: dict[str, Line] = {}
        self._seen: dict[str, tuple[str, str, str]] = {}
        self._problems: list[str] = []
        self._same = self._undecided = 0

    def all_of(self, first: int, columns: Mapping[str, int], table: Sequence[Sequence[str]]) -> DecidedTable:
        for number, row in enumerate(table, start=first):
            cells = {name: row[place].strip() if place < len(row) else "" for name, place in columns.items()}
            self._take(number, cells)
        return DecidedTable(tuple(self._lines.values()), self._same, self._undecided, tuple(self._problems))

    def _take(self, number: int, cells: Mapping[str, str]) -> None:
        key, said = cells.get(NUMBER, "").lower(), " ".join(cells.get(DECISION, "").split())
        if not said:
            self._undecided += 1
            return
        asked = (said.lower(), cells.get(REASON, ""), cells.get(WORDS, ""))
        if self._seen.setdefault(key, asked) != asked:
            self._lines.pop(key, None)
            self._problems.append(f"Row {number}: this number stands twice, with two decisions. Keep one of them.")
        elif problem := self._problem(key, asked):
            self._problems.append(f"Row {number}: {problem}")
        elif key not in self._lines:
            self._decide(self._amendments[key], SAID[asked[0]], asked[1], asked[2])

    def _problem(self, key: str, asked: tuple[str, str, str]) -> str:
        said, reason, _ = asked
        if not key:
            return "it has no number, so nobody can tell which amendment it is. Take the number from the export."
        if key not in self._amendments:
            return f"there is no amendment “{key[:20]}” in this round. Take the number from the newest export."
        if said not in SAID:
            return f"“{said[:40]}” is no decision. Write taken, taken in part, not taken or parked."
        if SAID[said] in (Outcome.PART, Outcome.NOT) and not reason:
            return "the reason is missing. The office is told why."
        return ""

    def _decide(self, amendment: Amendment, outcome: Outcome, reason: str, words: str) -> None:
        """Note a decision that differs from the one that stands."""
        words = words if outcome == Outcome.PART else ""
        stands = self._rows.decision_on(amendment)
        if stands and (stands.outcome, stands.reason, stands.words) == (outcome, reason, words):
            self._same += 1
            return
        verdict = Verdict(amendment.key, amendment.serial, outcome, reason, words)
        self._lines[amendment.key] = Line(amendment, stands.label if stands else "", verdict)
