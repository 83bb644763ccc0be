"""The exact join on sets of shingles: who shares a rare shingle, has a fitting size, and is then counted out."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ._shingles import shingles

# Bounds are rounded to the safe side by this much, so that a share such as 0.6 * 5 never loses a pair to a float.
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items, in the order in which they came, and how alike their texts are, from 0 to 1."""

    a: str
    b: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Set:
    """A text's shingles as numbers, the rarest of the whole first, and its place among the texts."""

    place: int
    numbers: tuple[int, ...]
    all: frozenset[int]


def pairs(
    texts: Iterable[tuple[str, str]], *, threshold: float = 0.5, new: Collection[str] | None = None
) -> tuple[Pair, ...]:
    """Every pair of (key, text) at or above the threshold, once; with `new`, only those with one of these."""
    if not 0 < threshold <= 1:
        raise ValueError(f"A threshold lies above 0 and at most at 1; {threshold} does not.")
    items = list(texts)
    keys = [key for key, _ in items]
    if len(set(keys)) < len(keys):
        twice = next(key for key, count in Counter(keys).items() if count > 1)
        raise ValueError(f"The key “{twice}” stands for two texts; each needs its own.")
    wanted = None if new is None else frozenset(new)
    found = [
        (first, second, alike)
        for first, second, alike in _join(_numbered([text for _, text in items]), threshold)
        if wanted is None or keys[first] in wanted or keys[second] in wanted
    ]
    return tuple(Pair(keys[first], keys[second], alike) for first, second, alike in sorted(found))


def _numbered(texts: Sequence[str]) -> list[_Set]:
    """Sets of numbers, small sets first; a number is a shingle's rank, so that the rarest shingle has the smallest."""
    sets = [shingles(text) for text in texts]
    counts = Counter(shingle for each in sets for shingle in each)
    rank = {shingle: number for number, (shingle, _) in enumerate(sorted(counts.items(), key=lambda pair: pair[1]))}
    numbered = [
        _Set(place, numbers, frozenset(numbers))
        for place, each in enumerate(sets)
        if (numbers := tuple(sorted(rank[shingle] for shingle in each)))
    ]
    return sorted(numbered, key=lambda each: len(each.numbers))


def _join(sets: Sequence[_Set], threshold: float) -> Iterator[tuple[int, int, float]]:
    """Each pair at or above the threshold as (earlier place, later place, likeness).

    Two sets so alike must share one of the first few of their rarest numbers, and cannot differ too much in size. As
    the sets come smallest first, what was kept of a smaller one may be shorter still (Bayardo, Ma and Srikant, 2007).
    """
    holders: dict[int, list[int]] = {}
    begin: dict[int, int] = {}
    for here, larger in enumerate(sets):
        size = len(larger.numbers)
        smallest = math.ceil(threshold * size - _SLACK)
        candidates: set[int] = set()
        for number in larger.numbers[: size - smallest + 1]:
            held = holders.get(number)
            if held is None:
                continue
            start = begin.get(number, 0)
            while start < len(held) and len(sets[held[start]].numbers) < smallest:
                start += 1
            begin[number] = start
            candidates.update(held[start:])
        for there in candidates:
            smaller = sets[there]
            alike = _alike(smaller.all, larger.all)
            if alike >= threshold:
                yield min(smaller.place, larger.place), max(smaller.place, larger.place), alike
        kept = math.ceil(2 * threshold / (1 + threshold) * size - _SLACK)
        for number in larger.numbers[: size - kept + 1]:
            holders.setdefault(number, []).append(here)


def _alike(smaller: frozenset[int], larger: frozenset[int]) -> float:
    together = len(smaller & larger)
    return together / (len(smaller) + len(larger) - together)
