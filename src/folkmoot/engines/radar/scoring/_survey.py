"""What is common and what keeps company among many documents: the background that one of them is weighed against."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from ._background import Background
from ._terms import Finder, Term, is_telling, read, terms_of
from ._values import Document, Priority
from ._weigh import plain_sum

# Words that keep company are looked for in the documents that the terms speak for most, and must be several times as
# common there as elsewhere.
_DEEP = 30
_HELD_BY = 3
_LIFT = 4.0
_COMPANIONS = 25


def survey(documents: Iterable[Document], priorities: Sequence[Priority]) -> Background:
    """The background that these documents make for these priorities."""
    rows = [read(document) for document in documents]
    held = [Counter(word.stem for row in fields.values() for word in row) for fields in rows]
    alone = Counter(stem for each in held for stem in each)
    per_priority = {priority.id: terms_of(priority) for priority in priorities}
    finder = Finder(tuple({term.stems: term for terms in per_priority.values() for term in terms}.values()))
    found = [finder.find(fields) for fields in rows]
    holders = dict(Counter(sequence for each in found for sequence in each))
    lengths = [sum(map(len, fields.values())) for fields in rows]
    background = Background(len(rows), sum(lengths) / len(rows) if rows else 0.0, holders)
    companions = {}
    for priority in priorities:
        terms = per_priority[priority.id]
        sums = [plain_sum(terms, places, length, background) for places, length in zip(found, lengths, strict=True)]
        companions[priority.id] = _company(terms, sums, held, alone)
    told = {(stem,): alone[stem] for kept in companions.values() for stem, _ in kept}
    return Background(background.count, background.mean_length, holders | told, companions)


def _company(
    terms: Sequence[Term], sums: Sequence[float], held: Sequence[Counter[str]], alone: Counter[str]
) -> tuple[tuple[str, float], ...]:
    """Words that are several times as common in the documents that the terms speak for as elsewhere."""
    spoken_for = [index for index, total in enumerate(sums) if total > 0]
    top = sorted(spoken_for, key=lambda index: (-sums[index], index))[:_DEEP]
    inside = Counter(stem for index in top for stem in held[index])
    own = {stem for term in terms for stem in term.stems}
    shares: dict[str, float] = {}
    for stem, count in inside.items():
        if count < _HELD_BY or stem in own or not is_telling(stem):
            continue
        here, everywhere = count / len(top), alone[stem] / len(held)
        if here >= _LIFT * everywhere:
            shares[stem] = here * math.log(here / everywhere)
    best = sorted(shares, key=lambda stem: (-shares[stem], stem))[:_COMPANIONS]
    return tuple((stem, shares[stem] / shares[best[0]]) for stem in best)
