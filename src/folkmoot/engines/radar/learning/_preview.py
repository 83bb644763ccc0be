"""What would rise and fall if one version followed another."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import tee

from ..scoring import Background, Document, Priority, Scored, score
from ._opinions import Opinions
from ._version import Version

# A smaller move is not worth a line.
_TELLING = 0.5


@dataclass(frozen=True, slots=True)
class Move:
    """An item whose score for a priority would be another, with what the new version says of it."""

    id: str
    priority: str
    before: float
    after: float
    because: str

    @property
    def by(self) -> float:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Preview:
    """The moves that are worth a line, the greatest first, and over what they were sought."""

    rising: tuple[Move, ...]
    falling: tuple[Move, ...]
    items: int
    # By priority: how many items would then reach the bar and do not now, and how many do now and would not then.
    over: Mapping[str, int]
    under: Mapping[str, int]


def preview(
    version: Version,
    old: Version,
    documents: Iterable[Document],
    priorities: Sequence[Priority],
    *,
    background: Background,
    bar: float,
    today: date | None = None,
    linked_names: Collection[str] = (),
) -> Preview:
    """Scores these documents, such as those of the last ninety days, with both versions; `bar` is the score from
    which an item is shown to people."""

    def scored(each: Version, rows: Iterator[Document]) -> Iterator[Scored]:
        taught = Opinions(each)
        return score(rows, priorities, background=background, learned=taught, today=today, linked_names=linked_names)

    first, second = tee(documents)
    moves: list[Move] = []
    over = {priority.id: 0 for priority in priorities}
    under = dict(over)
    items = 0
    for before, after in zip(scored(old, first), scored(version, second), strict=True):
        items += 1
        for key in over:
            was, would_be = before.scores[key], after.scores[key]
            over[key] += was < bar <= would_be
            under[key] += would_be < bar <= was
            if abs(would_be - was) >= _TELLING:
                moves.append(Move(after.id, key, was, would_be, _learnt(after, key)))
    return Preview(
        _sorted(moves, lambda move: move.by > 0), _sorted(moves, lambda move: move.by < 0), items, over, under
    )


def _learnt(scored: Scored, key: str) -> str:
    return next((reason.because for reason in scored.reasons[key] if reason.part == "learned"), "")


def _sorted(moves: Iterable[Move], wanted: Callable[[Move], bool]) -> tuple[Move, ...]:
    return tuple(sorted(filter(wanted, moves), key=lambda move: (-abs(move.by), move.id, move.priority)))
