"""BM25 over the passages that share a term with the question, or a word that means nearly the same."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ._likewise import likewise
from ._terms import Sought

_SATURATION = 1.2
_LENGTH = 0.6
# What a word that means nearly the same counts for, against the word itself.
_LIKEWISE = 0.5
# Of the question's weight, how much a passage must share to count as an answer at all, and to be named as near one.
ENOUGH = 0.5
NEAR = 0.1


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
    """A passage; `covers` is the share of the question's weight that it holds, from 0 to 1, `lacks` what it lacks."""

    key: str
    score: float
    covers: float
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """The passages that answer and those that come near, each best first, and the words that no passage holds."""

    answers: tuple[Hit, ...]
    near: tuple[Hit, ...]
    unheld: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A word of the question with the terms that meet it, what each of them counts for, and its weight."""

    word: str
    counts: dict[str, float]
    weight: float

    def often(self, terms: Counter[str]) -> float:
        """How often a passage holds it, a word that means nearly the same counting for less."""
        return max((count * terms[term] for term, count in self.counts.items() if terms[term]), default=0.0)

    def share(self, terms: Counter[str]) -> float:
        """How much of its weight a passage holds."""
        return self.weight * max((count for term, count in self.counts.items() if terms[term]), default=0.0)


def wanted(question: Sequence[Sought]) -> tuple[str, ...]:
    """Every term that can meet the question: its own, and those that mean nearly the same."""
    own = [each.term for each in question]
    return tuple(dict.fromkeys([*own, *sorted(other for term in own for other in likewise(term))]))


def rank(question: Sequence[Sought], candidates: Iterable[Candidate], corpus: Corpus) -> Ranked:
    """The passages that answer the question, and those that come near; of equals, the first by key."""
    counted = [(each.key, len(each.terms), Counter(each.terms)) for each in candidates]
    own = {each.term for each in question}
    weighed = [_weigh(sought, own, [terms for _, _, terms in counted], corpus.count) for sought in question]
    average = max(corpus.length / max(corpus.count, 1), 1.0)
    hits = [_hit(key, length / average, terms, weighed) for key, length, terms in counted]
    hits.sort(key=lambda hit: (-hit.score, hit.key))
    return Ranked(
        answers=tuple(hit for hit in hits if hit.covers >= ENOUGH),
        near=tuple(hit for hit in hits if NEAR <= hit.covers < ENOUGH),
        unheld=tuple(each.word for each in weighed if not any(each.often(terms) for _, _, terms in counted)),
    )


def _weigh(sought: Sought, own: set[str], passages: Sequence[Counter[str]], count: int) -> _Weighed:
    """A rare word weighs more; one that no passage holds, nor any that means nearly the same, weighs most.

    What the question says itself stands for itself alone, so that one word of a passage is not counted for two.
    """
    counts = {sought.term: 1.0} | dict.fromkeys(likewise(sought.term) - own, _LIKEWISE)
    holding = sum(bool(terms[sought.term]) for terms in passages)
    holding = holding or sum(any(terms[term] for term in counts) for terms in passages)
    weight = math.log(1 + (max(count, holding) - holding + 0.5) / (holding + 0.5))
    return _Weighed(sought.word, counts, weight)


def _hit(key: str, length: float, terms: Counter[str], weighed: Sequence[_Weighed]) -> Hit:
    """The score of one passage, `length` being its length against the average."""
    flat = _SATURATION * (1 - _LENGTH + _LENGTH * length)
    score = sum(w.weight * w.often(terms) * (_SATURATION + 1) / (w.often(terms) + flat) for w in weighed)
    whole = sum(each.weight for each in weighed)
    covers = sum(each.share(terms) for each in weighed) / whole if whole else 0.0
    return Hit(key, score * covers, covers, tuple(each.word for each in weighed if not each.often(terms)))
