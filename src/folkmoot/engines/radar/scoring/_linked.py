"""A document with the places that it speaks of, as the linker of entities found them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ..entities import Entity, Linker
from ._values import TEXT_FIELDS, Document, Link


def linked(document: Document, linker: Linker, *, on: date) -> Document:
    """The document with its links as of a day. Its fields are read as one text: a title's cue may stand below it."""
    fields = [getattr(document, name) for name in TEXT_FIELDS]
    found = []
    for mention in linker.mentions(linker.link("\n".join(fields), on=on).links):
        start = 0
        for name, field in zip(TEXT_FIELDS, fields, strict=True):
            if start <= mention.start and mention.end <= start + len(field):
                found.append(Link(mention.names, name, mention.start - start, mention.end - start))
            start += len(field) + len("\n")
    return replace(document, links=tuple(found))


def doubtful_names(register: Iterable[Entity]) -> frozenset[str]:
    """Names of places that are also words, or names of places elsewhere: for these the links of a document decide."""
    places = (each for each in register if each.kind == "place" and (each.equals_a_word or each.elsewhere))
    return frozenset(name.text.lower() for each in places for name in each.names)
