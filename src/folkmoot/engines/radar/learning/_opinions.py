"""What a version makes of a document: one capped reason a priority, with the words that speak most for it."""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .._words import STOP, stem
from ..scoring import Document, Evidence, Reason
from ..scoring._terms import Place, Read
from ._features import counted, pieces
from ._version import Model, Version

# How sure a model is when half of its ceiling is reached.
_SOFT = 2.0
# So many words are named as the reason.
_NAMED = 3
_SHORTEST = 3


class Opinions:
    """A version made ready: where each entry stands, and what it counts for, for every priority at once."""

    def __init__(self, version: Version) -> None:
        # Imported here: numbers in rows are only needed where something was learnt.
        import numpy

        self._rows = numpy
        self._models: tuple[tuple[str, Model], ...] = tuple(version.models.items())
        self._stems = {gram: at for at, (gram, _) in enumerate(version.words)}
        self._letters = {piece: len(self._stems) + at for at, (piece, _) in enumerate(version.letters)}
        self._telling = numpy.array([telling for _, telling in (*version.words, *version.letters)])
        self._weights = numpy.array([model.weights for _, model in self._models]).T
        # Bounded, so that what is kept does not grow with what is read.
        self._places = lru_cache(maxsize=20_000)(self._places_of)
        self._speaks = lru_cache(maxsize=10_000)(self._speaks_of)

    def opinions(self, document: Document, fields: Read) -> dict[str, Reason]:
        """A reason for each priority that something was learnt for."""
        if not self._models or not fields:
            return {}
        sure = [model.bias for _, model in self._models]
        for counts in counted(document, fields, self._stems.get, self._places):
            if counts:
                sure = [one + other for one, other in zip(sure, self._weighed(counts), strict=True)]
        named = _first_places(document, fields)
        speaks = self._rows.array([self._speaks(word) for word in named]).reshape(len(named), len(self._models))
        words = list(named)
        return {
            key: _reason(model.ceiling * sure[index] / (_SOFT + abs(sure[index])), speaks[:, index], words, named)
            for index, (key, model) in enumerate(self._models)
        }

    def _weighed(self, counts: Mapping[int, float]) -> list[float]:
        """TF-IDF at length one, times the weights of each model."""
        places = list(counts)
        often = self._rows.array([1 + math.log(times) for times in counts.values()])
        values = often * self._telling[places]
        values /= math.sqrt(float((values * values).sum()))
        weighed: list[float] = self._together(values, places).tolist()
        return weighed

    def _together(self, values: Any, places: list[int]) -> Any:
        """Without the product of matrices, which starts threads for every small one of them."""
        return self._rows.einsum("i,ij->j", values, self._weights[places])

    def _places_of(self, surface: str) -> tuple[int, ...]:
        return tuple(self._letters[piece] for piece in pieces(surface) if piece in self._letters)

    def _speaks_of(self, surface: str) -> Any:
        """What a word by itself counts for, for each priority: its stem and its pieces."""
        own = self._stems.get(stem(surface))
        places = [*self._places(surface), *(() if own is None else (own,))]
        return self._together(self._telling[places], places)


def _reason(weight: float, speaks: Any, words: list[str], named: Mapping[str, Place]) -> Reason:
    """`speaks` tells of each word what it counts for; named are those that count most in the direction of the whole."""
    toward = speaks if weight >= 0 else -speaks
    best = [words[at] for at in (-toward).argsort(kind="stable")[:_NAMED].tolist() if toward[at] > 0]
    evidence = tuple(Evidence(word, named[word].field, (named[word].start, named[word].end)) for word in best)
    opening = "Like what you accepted" if weight >= 0 else "Like what you dismissed"
    if not evidence:
        return Reason("learned", "text", None, weight, opening)
    return Reason("learned", evidence[0].field, evidence[0].span, weight, f"{opening}: {', '.join(best)}", evidence)


def _first_places(document: Document, fields: Read) -> dict[str, Place]:
    """Where each word that can be named stands first."""
    found: dict[str, Place] = {}
    for name, row in fields.items():
        text = getattr(document, name)
        for word in row:
            surface = text[word.start : word.end].lower()
            if surface not in found and len(surface) >= _SHORTEST and surface not in STOP:
                found[surface] = Place(name, word.start, word.end)
    return found


def opinions(version: Version) -> Opinions:
    """A version made ready for scoring."""
    return Opinions(version)
