"""The score of one document after another: its reasons, and their sum."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ._background import Background
from ._terms import Finder, Term, exclusions_of, read, terms_of
from ._values import Document, Priority, Reason, Scored
from ._weigh import RELATED_CEILING, Found, capped, reasons

_ORGANISATION = 2.0


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a priority looks for."""

    priority: Priority
    terms: tuple[Term, ...]
    related: tuple[Term, ...]
    exclusions: tuple[Term, ...]


def score(documents: Iterable[Document], priorities: Sequence[Priority], *, background: Background) -> Iterator[Scored]:
    """Each document's scores, in the order of the documents."""
    sought = [_Sought(each, terms_of(each), background.related(each), exclusions_of(each)) for each in priorities]
    every = {term.stems: term for each in sought for term in (*each.terms, *each.related, *each.exclusions)}
    finder = Finder(tuple(every.values()))
    for document in documents:
        fields = read(document)
        found, length = finder.find(fields), sum(map(len, fields.values()))
        why = {each.priority.id: _reasons(document, each, found, length, background) for each in sought}
        yield Scored(document.id, {key: sum(reason.weight for reason in kept) for key, kept in why.items()}, why)


def _reasons(
    document: Document, sought: _Sought, found: Found, length: int, background: Background
) -> tuple[Reason, ...]:
    speaking = (
        *reasons(sought.terms, found, length, background),
        *capped(reasons(sought.related, found, length, background), RELATED_CEILING),
        *_organisations(document, sought.priority),
    )
    return (*speaking, *_exclusions(sought.exclusions, found, sum(reason.weight for reason in speaking)))


def _organisations(document: Document, priority: Priority) -> Iterator[Reason]:
    for index, slug in enumerate(document.organisations):
        if slug in priority.organisations:
            yield Reason("organisation", "organisations", (index, index + 1), _ORGANISATION, slug)


def _exclusions(exclusions: Sequence[Term], found: Found, total: float) -> Iterator[Reason]:
    """What is shut out takes away what the others gave; the first place of each such phrase carries its share."""
    places = [(term, found[term.stems][0]) for term in exclusions if term.stems in found]
    for term, place in places if total > 0 else ():
        yield Reason("exclusion", place.field, (place.start, place.end), -total / len(places), term.words)
