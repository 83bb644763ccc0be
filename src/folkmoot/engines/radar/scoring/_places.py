"""The priority's places in a document: by its links where these decide, else by the name as it is written."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .._words import stems
from ._terms import FIELD_WEIGHTS, Place, Sequence_, Term
from ._values import Document, Priority, Reason
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
        linked = frozenset(map(_plain, linked_names))
        return cls(tuple((name, sequence) for name in priority.places if (sequence := stems(name))), linked)

    def terms(self) -> Iterator[Term]:
        for name, sequence in self.names:
            yield Term(sequence, 1.0, name, "place")

    def reasons(self, document: Document, found: Found, *, alone: bool) -> tuple[Reason, ...]:
        """A reason for each of the first places where a name stands; all of them together are capped."""
        linked = _linked(document)
        named = []
        for name, sequence in self.names:
            if linked is not None and _plain(name) in self.linked:
                named.append((name, linked.get(_plain(name), [])))
            else:
                named.append((name, [place for place in found.get(sequence, ()) if _is_name(document, place, name)]))
        given = capped((reason for name, places in named for reason in _shared(name, places)), _CEILING)
        return tuple(replace(reason, weight=reason.weight * _ALONE) for reason in given) if alone else given


def _linked(document: Document) -> Mapping[str, list[Place]] | None:
    """Where each linked name stands, under the name that it goes by and under the words that stand there."""
    if document.links is None:
        return None
    found: dict[str, list[Place]] = {}
    for link in document.links:
        place = Place(link.field, link.start, link.end)
        for name in {_plain(link.name), _plain(_words_at(document, place))}:
            found.setdefault(name, []).append(place)
    return found


def _is_name(document: Document, place: Place, name: str) -> bool:
    """Whether the words are the name with its capitals, as in running text or in a heading all in capitals."""
    spelt = _LETTERS.findall(_words_at(document, place))
    meant = _LETTERS.findall(name)
    return spelt in (meant, [word.upper() for word in meant])


def _words_at(document: Document, place: Place) -> str:
    return str(getattr(document, place.field))[place.start : place.end]


def _plain(name: str) -> str:
    return " ".join(_LETTERS.findall(name.casefold()))


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
