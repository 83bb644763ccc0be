"""The priority's places in a document: by its links where these decide, else by the name as it is written."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .._words import stems
from ._terms import FIELD_WEIGHTS, Place, Sequence_, Term
from ._values import TEXT_FIELDS, Document, Priority, Reason
from ._weigh import SHOWN, Found, capped

_NAMED = 1.5
# However many of its places are named: a place says where, not what.
_CEILING = 4.0
# What a place counts for in a text that nothing else speaks for.
_ALONE = 0.5
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Places:
    """What to look for: each name with its stems, and the names for which a document's links decide."""

    names: tuple[tuple[str, Sequence_], ...]
    linked: frozenset[str]

    @classmethod
    def of(cls, priority: Priority, linked_names: Collection[str]) -> "Places":
        return cls(tuple((name, stems(name)) for name in priority.places if name.strip()), frozenset(linked_names))

    def terms(self) -> Iterator[Term]:
        for name, sequence in self.names:
            if sequence:
                yield Term(sequence, 1.0, name, "place")

    def reasons(self, document: Document, found: Found, *, alone: bool) -> tuple[Reason, ...]:
        """A reason for each of the first places where a name stands; all of them together are capped."""
        given = capped(
            (
                reason
                for name, sequence in self.names
                for reason in _shared(name, self._where(document, name, found.get(sequence, ())))
            ),
            _CEILING,
        )
        return tuple(replace(reason, weight=reason.weight * _ALONE) for reason in given) if alone else given

    def _where(self, document: Document, name: str, written: Sequence[Place]) -> list[Place]:
        """Where the links say so, and where the name is written, unless for this name the links decide."""
        key = " ".join(name.lower().split())
        by_links = [Place(link.field, link.start, link.end) for link in document.links or () if key in link.names]
        if document.links is not None and key in self.linked:
            return by_links
        by_name = [place for place in written if _is_name(document, place, name) and not _overlaps(place, by_links)]
        return sorted((*by_links, *by_name), key=lambda place: (TEXT_FIELDS.index(place.field), place.start))


def _overlaps(place: Place, others: Iterable[Place]) -> bool:
    return any(place.field == other.field and place.start < other.end and other.start < place.end for other in others)


def _is_name(document: Document, place: Place, name: str) -> bool:
    """Whether the words are the name with its capitals, as in running text or in a heading all in capitals."""
    spelt = _LETTERS.findall(getattr(document, place.field)[place.start : place.end])
    meant = _LETTERS.findall(name)
    return spelt in (meant, [word.upper() for word in meant])


def _shared(name: str, places: Sequence[Place]) -> Iterable[Reason]:
    """What the best field makes of the name, shared by the places that are shown."""
    shown = places[:SHOWN]
    if not shown:
        return
    weight = _NAMED * max(FIELD_WEIGHTS[place.field] for place in shown)
    whole = sum(FIELD_WEIGHTS[place.field] for place in shown)
    for place in shown:
        share = weight * FIELD_WEIGHTS[place.field] / whole
        yield Reason("place", place.field, (place.start, place.end), share, name)
