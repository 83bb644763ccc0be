"""The next draft of a round from a table that was decided: what each row decides, and what of it the text can take."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from ._apply import apply_edits
from ._consolidate import read_base, read_round
from ._decided import Decided, Decisions, edit_of
from ._edits import Edit
from ._table_rows import amendment_numbers, comment_numbers, lasting, threads_of
from ._values import Amendment, Comment, ReturnFile, ReturnStatus

Thing = TypeVar("Thing", Amendment, Comment)

_WITHOUT_WORDS: Final = "Taken in part, without the words that go in: change the text by hand."
_NOT_BODY: Final = "It stands outside the text, or in words that this draft does not have: change it by hand."
_FORMAT: Final = "A change of format carries no words; make it in Word."


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of one amendment or comment: its id in this round, its office, and the decision."""

    id: str
    office: str
    verdict: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class NotPut:
    """An amendment that was taken and is not in the draft, and why."""

    id: str
    office: str
    reason: str


@dataclass(frozen=True, slots=True)
class NextDraft:
    """The draft from the decisions, clean and tracked against the base, and what was decided and what was not.

    `undecided` are the ids of the amendments and of the comments that no row of the table decides; `problems` are the
    rows that cannot be used.
    """

    clean: bytes
    tracked: bytes
    returns: tuple[ReturnStatus, ...]
    amendments: tuple[Ruling, ...]
    comments: tuple[Ruling, ...]
    not_put: tuple[NotPut, ...]
    undecided: tuple[str, ...]
    problems: tuple[str, ...]


def write_next_draft(
    base: bytes,
    returns: Sequence[ReturnFile],
    decisions: Decisions,
    *,
    earlier: Sequence[bytes],
    author: str,
    date: datetime,
) -> NextDraft:
    """Only what a row takes goes in; whatever nobody decided stays as the base has it."""
    found = read_round(read_base(base), returns, earlier, keep=False).consolidation
    decided = {lasting(row.number): row for row in decisions.rows}
    openings = [thread[0] for thread in threads_of(found.comments)]
    numbers, threads = amendment_numbers(found.amendments), comment_numbers(openings)
    amendments = list(_matched(found.amendments, numbers, decided))
    comments = list(_matched(openings, threads, decided))
    edits, by_edit, not_put = _edits(amendments)
    applied = apply_edits(base, edits, author=author, date=date)
    not_put += [NotPut(a.id, a.office, each.reason) for each in applied.unplaced for a in by_edit[each.edit_id]]
    return NextDraft(
        applied.clean,
        applied.tracked,
        found.returns,
        tuple(_ruling(thing, row) for thing, row in amendments if row is not None),
        tuple(_ruling(thing, row) for thing, row in comments if row is not None),
        tuple(not_put),
        (*_undecided(amendments), *_undecided(comments)),
        (*decisions.problems, *_strangers(decisions, [*numbers, *threads])),
    )


def _matched(
    things: Sequence[Thing], numbers: Sequence[str], decided: dict[str, Decided]
) -> Iterator[tuple[Thing, Decided | None]]:
    for thing, number in zip(things, numbers, strict=True):
        yield thing, decided.get(lasting(number))


def _undecided(things: Sequence[tuple[Thing, Decided | None]]) -> Iterator[str]:
    yield from (thing.id for thing, row in things if row is None)


def _edits(
    amendments: Sequence[tuple[Amendment, Decided | None]],
) -> tuple[list[Edit], dict[str, list[Amendment]], list[NotPut]]:
    """What is taken, as changes of the text: several offices that ask for the same are one of them."""
    edits: dict[str, Edit] = {}
    askers: dict[str, list[Amendment]] = {}
    not_put: list[NotPut] = []
    for amendment, row in amendments:
        if row is None or row.verdict not in ("taken", "part"):
            continue
        edit = edit_of(amendment, row)
        reason = _FORMAT if amendment.kind == "format" else "" if amendment.clause_id else _NOT_BODY
        if edit is None or reason:
            not_put.append(NotPut(amendment.id, amendment.office, reason or _WITHOUT_WORDS))
            continue
        edits.setdefault(edit.id, edit)
        askers.setdefault(edit.id, []).append(amendment)
    return list(edits.values()), askers, not_put


def _ruling(thing: Amendment | Comment, row: Decided) -> Ruling:
    return Ruling(thing.id, thing.office, row.verdict, row.reason, row.words if row.verdict == "part" else "")


def _strangers(decisions: Decisions, known: Iterable[str]) -> Iterator[str]:
    """A row whose number nothing in this round bears decides nothing, and says so."""
    lasts = {lasting(number) for number in known}
    for row in decisions.rows:
        if lasting(row.number) not in lasts:
            yield (
                f"{row.place}: nothing in these returns bears the number “{row.number[:20]}”. Take the number from the "
                "table of this draft and these returns."
            )
