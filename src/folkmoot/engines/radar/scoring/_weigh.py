"""What the places where a term stands are worth, all together and each by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ._background import Background
from ._terms import FIELD_WEIGHTS, Place, Sequence_, Term
from ._values import Reason

# A term that stands in a document a thousand times is shown where it stands first; the weight is shared among these.
SHOWN = 5
# All the company that the terms keep says less than one rare phrase.
RELATED_CEILING = 4.0

Found = Mapping[Sequence_, Sequence[Place]]


def _weight(term: Term, places: Sequence[Place], length: int, background: Background) -> float:
    times = sum(FIELD_WEIGHTS[place.field] for place in places)
    return term.weight * background.rarity(term.stems) * background.saturated(times, length)


def plain_sum(terms: Iterable[Term], found: Found, length: int, background: Background) -> float:
    return sum(_weight(term, found[term.stems], length, background) for term in terms if term.stems in found)


def reasons(terms: Iterable[Term], found: Found, length: int, background: Background) -> Iterator[Reason]:
    """A reason for each place, those of one term sharing what it is worth by the weight of their fields."""
    for term in terms:
        if places := found.get(term.stems):
            yield from _shared(term, places[:SHOWN], _weight(term, places, length, background))


def capped(given: Iterable[Reason], ceiling: float) -> tuple[Reason, ...]:
    """The same reasons, bent so that together they never reach the ceiling."""
    kept = tuple(given)
    total = sum(reason.weight for reason in kept)
    bend = ceiling / (ceiling + total)
    return tuple(Reason(each.part, each.field, each.span, each.weight * bend, each.because) for each in kept)


def _shared(term: Term, places: Sequence[Place], weight: float) -> Iterator[Reason]:
    whole = sum(FIELD_WEIGHTS[place.field] for place in places)
    for place in places:
        share = weight * FIELD_WEIGHTS[place.field] / whole
        yield Reason(term.part, place.field, (place.start, place.end), share, term.words)
