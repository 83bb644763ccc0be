"""What an import did, row by row, in words that a person can act on."""

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class RefusedRow(Exception):
    """This row cannot be taken; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row of one file. `number` counts as a spreadsheet does: the header is row 1."""

    file: str
    number: int
    outcome: Outcome
    words: str = ""


@dataclass(slots=True)
class ImportReport:
    """Every row of an import."""

    dry_run: bool = False
    rows: list[RowResult] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def refused(self) -> list[RowResult]:
        return [row for row in self.rows if row.outcome is Outcome.REFUSED]

    @property
    def changes_anything(self) -> bool:
        return bool(self.count(Outcome.ADDED) or self.count(Outcome.CHANGED))

    @property
    def summary(self) -> str:
        """One sentence with the four counts."""
        counts = ", ".join(f"{self.count(outcome)} {outcome}" for outcome in Outcome)
        return f"{'Would be' if self.dry_run else 'Rows'}: {counts}."

    @property
    def lines(self) -> list[str]:
        """What a person should read: a line for each row refused or kept back, then the summary."""
        told = [f"{row.file} row {row.number}: {row.words}" for row in self.rows if row.words]
        return [*told, self.summary]
