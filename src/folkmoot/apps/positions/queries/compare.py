"""Two versions of a text beside each other, clause by clause and word by word, as one reader may see them."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.positions import editions
from folkmoot.apps.positions.models import Version
from folkmoot.engines import redline

Pieces = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in two versions. `kind` is same, changed, new or gone; pieces are (same, insert or delete, words)."""

    kind: str
    number: str
    number_before: str
    heading: Pieces
    paragraphs: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All clauses of two versions in reading order."""

    clauses: tuple[ClauseChange, ...]

    def count(self, kind: str) -> int:
        """How many clauses are of a kind."""
        return sum(clause.kind == kind for clause in self.clauses)


def compare(actor: Actor, before: Version, after: Version) -> Comparison:
    """What turned one version into another, in what this person may see of each."""
    old = editions.clauses_for(actor, before)
    new = editions.clauses_for(actor, after)
    return Comparison(tuple(_in_order(old, new)))


def _in_order(old: Sequence[editions.ClauseView], new: Sequence[editions.ClauseView]) -> Iterator[ClauseChange]:
    """The new text in its order, with what is gone at the place where it stood."""
    by_clause = {view.clause_id: view for view in old}
    stay = {view.clause_id for view in new}
    waiting = list(old)
    for view in new:
        was = by_clause.get(view.clause_id)
        if was is not None:
            while waiting and waiting[0].clause_id != view.clause_id and waiting[0].clause_id not in stay:
                yield _gone(waiting.pop(0))
            if was in waiting:
                waiting.remove(was)
        yield _pair(was, view)
    yield from (_gone(view) for view in waiting if view.clause_id not in stay)


def _pair(was: editions.ClauseView | None, view: editions.ClauseView) -> ClauseChange:
    if was is None:
        pieces = tuple((("insert", line),) for line in _lines(view))
        return ClauseChange("new", view.number, "", _all("insert", view.heading), pieces)
    heading = tuple(redline.compare_paragraphs(was.heading, view.heading))
    paragraphs = tuple(_paragraphs(_lines(was), _lines(view)))
    is_same = (was.heading, _lines(was)) == (view.heading, _lines(view))
    return ClauseChange("same" if is_same else "changed", view.number, was.number, heading, paragraphs)


def _gone(view: editions.ClauseView) -> ClauseChange:
    pieces = tuple((("delete", line),) for line in _lines(view))
    return ClauseChange("gone", "", view.number, _all("delete", view.heading), pieces)


def _all(kind: str, words: str) -> Pieces:
    return ((kind, words),) if words else ()


def _lines(view: editions.ClauseView) -> list[str]:
    return [line for line in view.text.splitlines() if line.strip()]


def _paragraphs(old: list[str], new: list[str]) -> Iterator[Pieces]:
    """Equal paragraphs first, then those between them pair by pair; what is left over is new or gone."""
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((("same", line),) for line in old[i1:i2])
            continue
        paired = min(i2 - i1, j2 - j1)
        for was, now in zip(old[i1 : i1 + paired], new[j1 : j1 + paired], strict=True):
            yield tuple(redline.compare_paragraphs(was, now))
        yield from ((("delete", line),) for line in old[i1 + paired : i2])
        yield from ((("insert", line),) for line in new[j1 + paired : j2])
