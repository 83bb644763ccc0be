"""What is common and what keeps company among many documents: the background that one of them is weighed against."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ._background import Background
from ._terms import Finder, Term, is_telling, read, terms_of
from ._values import Document, Priority
from ._weigh import Found, plain_sum

# Words that keep company are looked for in the documents that the terms speak for most, and must be several times as
# common there as elsewhere.
_DEEP = 30
_HELD_BY = 3
_LIFT = 4.0
_COMPANIONS = 25
# More documents than this say nothing that these do not.
_ENOUGH = 10_000


class _Surveyed(NamedTuple):
    """What is kept of a document: where the terms stand, how long it is, and which words it holds."""

    found: Found
    length: int
    held: frozenset[str]


def survey(documents: Iterable[Document], priorities: Sequence[Priority]) -> Background:
    """The background that these documents make for these priorities; of very many, evenly chosen ones speak for all."""
    per_priority = {priority.id: terms_of(priority) for priority in priorities}
    finder = Finder(tuple({term.stems: term for terms in per_priority.values() for term in terms}.values()))
    rows = _enough(documents, lambda document: _surveyed(document, finder))
    alone = Counter(stem for row in rows for stem in row.held)
    holders = dict(Counter(sequence for row in rows for sequence in row.found))
    background = Background(len(rows), sum(row.length for row in rows) / len(rows) if rows else 0.0, holders)
    companions = {}
    for priority in priorities:
        terms = per_priority[priority.id]
        sums = [plain_sum(terms, row.found, row.length, background) for row in rows]
        companions[priority.id] = _company(terms, sums, rows, alone)
    told = {(stem,): alone[stem] for kept in companions.values() for stem, _ in kept}
    return Background(background.count, background.mean_length, holders | told, companions)


def _enough(documents: Iterable[Document], surveyed: Callable[[Document], _Surveyed]) -> list[_Surveyed]:
    """All of them, or evenly chosen ones: whenever there are too many, every other one goes."""
    kept: list[_Surveyed] = []
    step = 1
    for number, document in enumerate(documents):
        if number % step == 0:
            kept.append(surveyed(document))
        if len(kept) > _ENOUGH:
            kept, step = kept[::2], 2 * step
    return kept


def _surveyed(document: Document, finder: Finder) -> _Surveyed:
    fields = read(document)
    held = frozenset(word.stem for row in fields.values() for word in row)
    return _Surveyed(finder.find(fields), sum(map(len, fields.values())), held)


def _company(
    terms: Sequence[Term], sums: Sequence[float], rows: Sequence[_Surveyed], alone: Counter[str]
) -> tuple[tuple[str, float], ...]:
    """Words that are several times as common in the documents that the terms speak for as elsewhere."""
    spoken_for = [index for index, total in enumerate(sums) if total > 0]
    top = sorted(spoken_for, key=lambda index: (-sums[index], index))[:_DEEP]
    inside = Counter(stem for index in top for stem in rows[index].held)
    own = {stem for term in terms for stem in term.stems}
    shares: dict[str, float] = {}
    for stem, count in inside.items():
        if count < _HELD_BY or stem in own or not is_telling(stem):
            continue
        here, everywhere = count / len(top), alone[stem] / len(rows)
        if here >= _LIFT * everywhere:
            shares[stem] = here * math.log(here / everywhere)
    best = sorted(shares, key=lambda stem: (-shares[stem], stem))[:_COMPANIONS]
    return tuple((stem, shares[stem] / shares[best[0]]) for stem in best)
