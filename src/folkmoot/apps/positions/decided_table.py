"""Holds a table that was decided elsewhere against the round: what it would record, and which rows cannot be used.

The engine reads what a row says. A row is known by its number alone: the key of an amendment or of a comment.
"""

from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.reading import Unreadable
from folkmoot.apps.documents.tables import tables_in
from folkmoot.apps.positions.actions import Verdict
from folkmoot.apps.positions.models import Amendment, Circulation, ReturnComment
from folkmoot.apps.positions.models.amendments import Outcome
from folkmoot.apps.positions.queries.amendments import Rows, opening
from folkmoot.engines import redline


@dataclass(frozen=True, slots=True)
class Line:
    """One row that decides something: the amendment or comment, what stands on it now, and the verdict of the table."""

    thing: Amendment | ReturnComment
    now: str
    verdict: Verdict

    @property
    def is_comment(self) -> bool:
        return isinstance(self.thing, ReturnComment)

    @property
    def label(self) -> str:
        return Outcome(self.verdict.outcome).label


@dataclass(frozen=True, slots=True)
class DecidedTable:
    """What a table decides, how many rows say nothing new or nothing at all, and what is wrong with which row.

    `tracked`: changes were tracked in the table itself, and it was read as though all of them were accepted.
    """

    lines: tuple[Line, ...]
    same: int
    undecided: int
    problems: tuple[str, ...]
    tracked: bool


def read_decided(actor: Actor, circulation: Circulation, *, name: str, data: bytes) -> DecidedTable:
    """What an uploaded table decides on this round. Nothing is kept; Invalid says why it is no such table."""
    check(actor, Permission.AMENDMENT_DECIDE)
    written = tables_in(name, data)
    if isinstance(written, Unreadable):
        raise Invalid(f"{written.reason} {written.advice}")
    try:
        decisions = redline.read_decisions(written.tables)
    except redline.NoDecisions as error:
        raise Invalid(str(error)) from error
    rows = Rows(actor, circulation)
    things: dict[str, Amendment | ReturnComment] = {comment.key: comment for comment in opening(rows.comments)}
    things |= {amendment.key: amendment for amendment in rows.amendments}
    lines = [_line(rows, things[row.number], row) for row in decisions.rows if row.number in things]
    new = tuple(line for line in lines if line is not None)
    return DecidedTable(
        lines=new,
        same=len(lines) - len(new),
        undecided=decisions.undecided,
        problems=(*decisions.problems, *(_stranger(row) for row in decisions.rows if row.number not in things)),
        tracked=written.tracked,
    )


def _stranger(row: redline.Decided) -> str:
    return (
        f"{row.place}: there is no amendment or comment “{row.number[:20]}” in this round. "
        "Take the number from the newest export."
    )


def _line(rows: Rows, thing: Amendment | ReturnComment, row: redline.Decided) -> Line | None:
    """The decision, unless it is the one that stands."""
    words = row.words if row.verdict == "part" and isinstance(thing, Amendment) else ""
    stands = rows.decision_on(thing)
    if stands and (stands.outcome, _plain(stands.reason), _plain(stands.words)) == (
        row.verdict,
        _plain(row.reason),
        _plain(words),
    ):
        return None
    verdict = Verdict(thing.key, thing.serial, row.verdict, row.reason, words)
    return Line(thing, stands.label if stands else "", verdict)


def _plain(text: str) -> str:
    """A table hands words back with its own breaks between lines."""
    return " ".join(text.split())
