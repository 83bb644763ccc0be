"""BM25 over the passages that share a term with the question."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SATURATION = 1.2
_LENGTH = 0.6
# Of the question's weight, how much a passage must share to count as an answer at all.
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage by its key, with the terms that `index` gave."""

    key: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All the passages, of which the candidates are those that share a term: how many, and how many terms in all."""

    count: int
    length: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers; `covers` is the share of the question's weight that it holds, from 0 to 1."""

    key: str
    score: float
    covers: float


def rank(question: Sequence[str], candidates: Iterable[Candidate], corpus: Corpus) -> list[Hit]:
    """The passages that answer, best first; of equals, the first by key."""
    counted = [(each.key, len(each.terms), Counter(each.terms)) for each in candidates]
    weights = {term: _weight(sum(term in terms for _, _, terms in counted), corpus.count) for term in question}
    whole = sum(weights.values())
    average = max(corpus.length / max(corpus.count, 1), 1.0)
    hits = [_hit(key, length / average, terms, weights, whole) for key, length, terms in counted]
    return sorted((hit for hit in hits if hit.covers >= ENOUGH), key=lambda hit: (-hit.score, hit.key))


def _weight(holding: int, count: int) -> float:
    """A rare term weighs more; one that no passage holds weighs most."""
    return math.log(1 + (max(count, holding) - holding + 0.5) / (holding + 0.5))


def _hit(key: str, length: float, terms: Counter[str], weights: dict[str, float], whole: float) -> Hit:
    """The score of one passage, `length` being its length against the average."""
    flat = _SATURATION * (1 - _LENGTH + _LENGTH * length)
    score = sum(w * terms[t] * (_SATURATION + 1) / (terms[t] + flat) for t, w in weights.items() if terms[t])
    shared = sum(w for t, w in weights.items() if terms[t])
    return Hit(key, score * (shared / whole if whole else 0.0), shared / whole if whole else 0.0)
