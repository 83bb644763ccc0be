"""The score of one document after another: its reasons, and their sum."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ._background import Background
from ._nearness import nearness
from ._places import Places
from ._terms import Finder, Read, Term, exclusions_of, read, terms_of
from ._values import Document, Priority, Reason, Scored
from ._weigh import RELATED_CEILING, Found, capped, reasons

_ORGANISATION = 2.0


class Learned(Protocol):
    """What was learnt from feedback, ready to say what it makes of a document: one reason a priority."""

    def opinions(self, document: Document, fields: Read) -> Mapping[str, Reason]: ...


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a priority looks for."""

    priority: Priority
    terms: tuple[Term, ...]
    related: tuple[Term, ...]
    exclusions: tuple[Term, ...]
    places: Places


@dataclass(frozen=True, slots=True)
class _Seen:
    """A document and what stands in it."""

    document: Document
    found: Found
    length: int


def score(
    documents: Iterable[Document],
    priorities: Sequence[Priority],
    *,
    background: Background,
    learned: Learned | None = None,
    today: date | None = None,
    linked_names: Collection[str] = (),
) -> Iterator[Scored]:
    """Each document's scores, in the order of the documents.

    `learned` adds what feedback taught and `today` lets near dates count. A place counts where a link says so and where
    its name is written; for `linked_names` (lower case) the links of a document decide alone.
    """
    sought = [
        _Sought(each, terms_of(each), background.related(each), exclusions_of(each), Places.of(each, linked_names))
        for each in priorities
    ]
    every = {
        term.stems: term
        for each in sought
        for term in (*each.places.terms(), *each.terms, *each.related, *each.exclusions)
    }
    finder = Finder(tuple(every.values()))
    for document in documents:
        fields = read(document)
        seen = _Seen(document, finder.find(fields), sum(map(len, fields.values())))
        taught = learned.opinions(document, fields) if learned else {}
        why = {each.priority.id: _reasons(seen, each, background, taught, today) for each in sought}
        yield Scored(document.id, {key: sum(reason.weight for reason in kept) for key, kept in why.items()}, why)


def _reasons(
    seen: _Seen, sought: _Sought, background: Background, taught: Mapping[str, Reason], today: date | None
) -> tuple[Reason, ...]:
    priority = sought.priority
    speaking = (
        *reasons(sought.terms, seen.found, seen.length, background),
        *capped(reasons(sought.related, seen.found, seen.length, background), RELATED_CEILING),
        *_organisations(seen.document, priority),
    )
    alone = not speaking and bool(priority.terms or priority.organisations)
    speaking = (*speaking, *sought.places.reasons(seen.document, seen.found, alone=alone))
    if priority.id in taught:
        speaking = (*speaking, taught[priority.id])
    speaking = (*speaking, *nearness(seen.document, today, _sum(speaking)))
    return (*speaking, *_exclusions(sought.exclusions, seen.found, _sum(speaking)))


def _sum(kept: Iterable[Reason]) -> float:
    return sum(reason.weight for reason in kept)


def _organisations(document: Document, priority: Priority) -> Iterator[Reason]:
    for index, slug in enumerate(document.organisations):
        if slug in priority.organisations:
            yield Reason("organisation", "organisations", (index, index + 1), _ORGANISATION, slug)


def _exclusions(exclusions: Sequence[Term], found: Found, total: float) -> Iterator[Reason]:
    """What is shut out takes away what the others gave; the first place of each such phrase carries its share."""
    places = [(term, found[term.stems][0]) for term in exclusions if term.stems in found]
    for term, place in places if total > 0 else ():
        yield Reason("exclusion", place.field, (place.start, place.end), -total / len(places), term.words)
