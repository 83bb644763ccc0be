"""A priority's terms as sequences of stems, and where a document holds them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .._words import STOP, Word, stems, words
from ._values import TEXT_FIELDS, Document, Priority

Sequence_ = tuple[str, ...]
_STOP_STEMS = frozenset(stem for word in STOP for stem in stems(word))
FIELD_WEIGHTS = {"title": 2.0, "summary": 1.5, "text": 1.0}
# What one word of a longer term counts for by itself.
APART = 0.3


@dataclass(frozen=True, slots=True)
class Term:
    """What is looked for: its stems, what it counts for against a whole phrase, and how people write it."""

    stems: Sequence_
    weight: float
    words: str
    part: Literal["phrase", "words", "related", "place", "exclusion"]


class Place(NamedTuple):
    """Where a term stands."""

    field: str
    start: int
    end: int


Read = Mapping[str, tuple[Word, ...]]


def read(document: Document) -> Read:
    """The words of each field; a field without words is left out."""
    fields = {name: tuple(words(getattr(document, name))) for name in TEXT_FIELDS}
    return {name: found for name, found in fields.items() if found}


def terms_of(priority: Priority) -> tuple[Term, ...]:
    """Every term whole, then the telling words of the longer ones; each sequence of stems once."""
    found: dict[Sequence_, Term] = {}
    for phrase in priority.terms:
        if sequence := stems(phrase):
            found.setdefault(sequence, Term(sequence, 1.0, phrase, "phrase"))
    for phrase in priority.terms:
        sequence = stems(phrase)
        for word in words(phrase) if len(sequence) > 1 else ():
            written = phrase[word.start : word.end]
            if written.lower() not in STOP:  # by the word and not by its stem: a plan says little, planning much
                found.setdefault((word.stem,), Term((word.stem,), APART, written, "words"))
    return tuple(found.values())


def exclusions_of(priority: Priority) -> tuple[Term, ...]:
    return tuple(
        Term(sequence, 1.0, phrase, "exclusion") for phrase in priority.excluded if (sequence := stems(phrase))
    )


def is_telling(stem: str) -> bool:
    """Whether a word says anything of the matter: not one that every text holds, and not a number."""
    return stem not in _STOP_STEMS and len(stem) > 2 and stem.isalpha()


class Finder:
    """Finds many terms in one walk over a document's words."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self._by_first: dict[str, list[Term]] = {}
        for term in terms:
            self._by_first.setdefault(term.stems[0], []).append(term)

    def find(self, fields: Read) -> dict[Sequence_, list[Place]]:
        found: dict[Sequence_, list[Place]] = {}
        for term, place in self._hits(fields):
            found.setdefault(term.stems, []).append(place)
        return found

    def _hits(self, fields: Read) -> Iterator[tuple[Term, Place]]:
        for name, row in fields.items():
            for index, word in enumerate(row):
                for term in self._by_first.get(word.stem, ()):
                    last = index + len(term.stems)
                    if last <= len(row) and all(row[index + at].stem == stem for at, stem in enumerate(term.stems)):
                        yield term, Place(name, word.start, row[last - 1].end)
