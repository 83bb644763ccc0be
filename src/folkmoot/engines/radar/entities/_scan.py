"""Every place where a name of the register stands as whole words, the longest first, in one walk over the text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ._days import Told
from ._text import Sentence, Text
from ._values import Entity, Name

_BEFORE, _AFTER = 90, 90
_TOLD_BEFORE, _TOLD_AFTER = 40, 90  # characters between a time and the name of who acted in it
_ANOTHER_CLAUSE = re.compile(
    r"[;:()]|,(?! (?:the|then|a)\b)|\b(?:that|which|whether|what|how|since|when|who|because|said|says)\b"
)


class Candidate(NamedTuple):
    """What a surface may mean."""

    entity: Entity
    name: Name


@dataclass(frozen=True, slots=True)
class Hit:
    """A name where it stands, with the words around it in its own sentence."""

    start: int
    end: int
    surface: str
    sentence: Sentence
    before: str
    after: str
    candidates: tuple[Candidate, ...]

    @property
    def opens(self) -> bool:
        """Whether it is the first word of its sentence, where every word has a capital."""
        return not any(character.isalnum() for character in self.before)


class Scanner:
    """The names of a register, ready to be looked for."""

    def __init__(self, surfaces: Mapping[str, Sequence[Candidate]]) -> None:
        self._rows = [tuple(candidates) for candidates in surfaces.values()]
        self._automaton = AhoCorasick(list(surfaces), matchkind=MatchKind.Standard)

    def hits(self, text: Text) -> Iterator[Hit]:
        plain = text.plain
        last = 0
        for start, end, row in self._longest(plain):
            if start >= last:
                last = end
                yield hit_at(text, start, end, self._rows[row])

    def _longest(self, plain: str) -> list[tuple[int, int, int]]:
        """Whole words only; from the left, the longer before the shorter of one start."""
        found = self._automaton.find_matches_as_indexes(plain, overlapping=True)
        whole = [(start, end, row) for row, start, end in found if _is_whole(plain, start, end)]
        return sorted(whole, key=lambda each: (each[0], -each[1]))


def hit_at(text: Text, start: int, end: int, candidates: tuple[Candidate, ...] = ()) -> Hit:
    sentence = text.sentence_at(start)
    at, to = start - sentence.start, end - sentence.start
    before = sentence.text[max(0, at - _BEFORE) : at].replace("\n", " ")
    after = sentence.text[to : to + _AFTER].replace("\n", " ")
    return Hit(start, end, text.plain[start:end], sentence, before, after, candidates)


def _is_whole(plain: str, start: int, end: int) -> bool:
    before, after = plain[start - 1 : start], plain[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")


def told_of(hit: Hit) -> Told | None:
    """The time in which it is said to have acted: told just before its name, or after it in the same clause."""
    start, end = hit.start - hit.sentence.start, hit.end - hit.sentence.start
    for told in hit.sentence.told:
        before = told.end <= start
        between = hit.sentence.text[told.end : start] if before else hit.sentence.text[end : told.start]
        if len(between) <= (_TOLD_BEFORE if before else _TOLD_AFTER) and not _ANOTHER_CLAUSE.search(between):
            return told
    return None
