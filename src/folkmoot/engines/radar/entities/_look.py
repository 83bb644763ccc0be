"""What a rule may ask while it judges a name: the day, the register, and what the text has told so far."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ._days import Told
from ._text import Sentence
from ._values import Entity


class Areas:
    """Names that tell of an area: its own, and those of its places that are no words."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._areas: dict[str, set[str]] = {}
        for entity in entities:
            if entity.kind == "place" and not entity.equals_a_word:
                for name in entity.names:
                    self._areas.setdefault(name.text, set()).update(entity.within)
        told = sorted((name for name, areas in self._areas.items() if areas), key=len, reverse=True)
        self._names = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in told) or "(?!)")

    def named(self, text: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for match in self._names.finditer(text):
            for area in self._areas[match.group()]:
                found.setdefault(area, set()).add(match.group())
        return found


@dataclass(slots=True)
class Look:
    """One look at one text."""

    day: date
    entities: Mapping[str, Entity]
    holders: Mapping[str, Sequence[Entity]]  # who held an office, by its key
    place_names: frozenset[str]
    areas: "Areas"
    spelt_out: set[str] = field(default_factory=set)  # entities whose whole name stands in the text
    _areas_named: dict[Sentence, Mapping[str, set[str]]] = field(default_factory=dict)

    def areas_named(self, sentence: Sentence) -> Mapping[str, set[str]]:
        """The areas that a sentence names by their own names or by a place of theirs: area, and by which names."""
        if sentence not in self._areas_named:
            self._areas_named[sentence] = self.areas.named(sentence.text)
        return self._areas_named[sentence]

    def heirs(self, entity: Entity) -> list[Entity]:
        """Every body that came of it by that day, nearest first."""
        found: dict[str, Entity] = {}
        row = list(entity.successors)
        while row:
            heir = self.entities.get(row.pop(0))
            if heir and heir.id not in found and (heir.period.since is None or heir.period.since <= self.day):
                found[heir.id] = heir
                row += heir.successors
        return list(found.values())

    def holder(self, office: str, told: Told | None) -> str:
        """Who held an office in the time that is told of it, else on the day: the one who came last into it."""
        first, last = (told.first, told.last) if told else (self.day, self.day)
        terms = [
            (term.period.since or date.min, person.id)
            for person in self.holders.get(office, ())
            for term in person.terms
            if term.office == office and term.period.meets(first, last)
        ]
        return max(terms)[1] if terms else ""


def at_start_of(sentence: Sentence, beginnings: tuple[str, ...]) -> str:
    """The first of these beginnings of words that the sentence holds."""
    return sentence.cue(beginnings_of(beginnings)) if beginnings else ""


@lru_cache(maxsize=1_000)
def beginnings_of(given: tuple[str, ...]) -> "re.Pattern[str]":
    return re.compile("|".join(rf"(?<!\w){re.escape(each)}" for each in given))
