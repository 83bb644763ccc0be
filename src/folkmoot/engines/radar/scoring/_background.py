"""How common each term is among many documents, which one of them is weighed against."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from ._terms import Sequence_, Term
from ._values import Priority

_SATURATION = 1.2
_LENGTH = 0.5
# What a word that keeps company with a priority's terms counts for, against a whole phrase.
_COMPANION = 0.25


@dataclass(frozen=True, slots=True)
class Background:
    """How many documents there are, how long they are in words, how many hold each term, and each priority's company:
    word and share, from 0 to 1."""

    count: int
    mean_length: float
    holders: Mapping[Sequence_, int] = field(default_factory=dict)
    companions: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)

    def rarity(self, sequence: Sequence_) -> float:
        """How telling it is to hold this term: BM25's inverse document frequency."""
        held = self.holders.get(sequence, 0)
        return math.log(1 + (self.count - held + 0.5) / (held + 0.5))

    def saturated(self, times: float, length: int) -> float:
        """A term's frequency, each further time saying less, and less in a long text."""
        size = 1 - _LENGTH + _LENGTH * length / self.mean_length if self.mean_length else 1.0
        return times * (_SATURATION + 1) / (times + _SATURATION * size)

    def related(self, priority: Priority) -> tuple[Term, ...]:
        """The company that a priority's terms keep, as terms to look for."""
        kept = self.companions.get(priority.id, ())
        return tuple(Term((stem,), _COMPANION * share, stem, "related") for stem, share in kept)
