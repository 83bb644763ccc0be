"""What scoring needs of links: where a text names something that lies in, governs or is one of a priority's places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ._values import Confidence, Entity, Link


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a place is spoken of (characters of the text that was linked), and every name that this satisfies, in
    lower case: a link to Bury Council speaks of “bury” and of “greater manchester”, a link to the Mayor of Greater
    Manchester of the area and of its authority."""

    id: str
    start: int
    end: int
    names: frozenset[str]
    confidence: Confidence


def mentions(links: Iterable[Link], register: Mapping[str, Entity]) -> tuple[Mention, ...]:
    """For each link, the names of places and bodies that it stands for; a link that stands for no place is left out.

    A priority's place counts for a document where one of the document's mentions holds its name in lower case; the
    span of the reason is the mention's. What came of a former body is not counted a second time.
    """
    found = []
    for link in links:
        if link.kind in ("place", "authority", "mayoralty") and link.role == "named":
            names = _names(link.id, register)
            if names:
                found.append(Mention(link.id, link.start, link.end, names, link.confidence))
    return tuple(found)


def _names(key: str, register: Mapping[str, Entity]) -> frozenset[str]:
    entity = register.get(key)
    if entity is None:
        return frozenset()
    around = (entity.about, *entity.within, *(f"area-{each}" for each in entity.within))
    every = (entity, *(register[each] for each in around if each in register))
    return frozenset(
        name.text.lower() for each in every for name in each.names if name.shape in ("name", "also", "short")
    )
