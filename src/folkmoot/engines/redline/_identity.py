"""Tells which clause of a new draft continues which clause of the draft before it."""

import difflib
from collections.abc import Callable, Sequence

# Below this share of common words a clause counts as new rather than as the old one rewritten.
LIKENESS = 0.5

Words = tuple[str, str]  # a clause as its heading and its text


def follow_clauses(before: Sequence[Words], after: Sequence[Words]) -> dict[int, int]:
    """Map each place in `after` to the place in `before` that it continues, where there is one.

    A clause is (heading, text). First those that say the same, then those under the same heading, then the likest of
    those that are left, in order, at least half alike. Each clause is continued once at most.
    """
    found: dict[int, int] = {}
    _pair(found, before, after, key=lambda clause: (clause[0].strip(), clause[1].strip()))
    _pair(found, before, after, key=lambda clause: clause[0].strip().casefold())
    _pair_alike(found, before, after)
    return found


def _pair(
    found: dict[int, int], before: Sequence[Words], after: Sequence[Words], *, key: Callable[[Words], object]
) -> None:
    """Pair clauses of equal key, the first with the first."""
    taken = set(found.values())
    waiting: dict[object, list[int]] = {}
    for place, clause in enumerate(before):
        if place not in taken and key(clause):
            waiting.setdefault(key(clause), []).append(place)
    for place, clause in enumerate(after):
        if place not in found and waiting.get(key(clause)):
            found[place] = waiting[key(clause)].pop(0)


def _pair_alike(found: dict[int, int], before: Sequence[Words], after: Sequence[Words]) -> None:
    """Pair what is left by likeness, looking only between the neighbours that are already paired."""
    taken = set(found.values())
    for place in range(len(after)):
        if place in found:
            continue
        low = max((found[p] for p in found if p < place), default=-1)
        high = min((found[p] for p in found if p > place and found[p] > low), default=len(before))
        words = after[place][1].split()
        best, likeness = None, LIKENESS
        for candidate in range(low + 1, high):
            if candidate in taken:
                continue
            ratio = difflib.SequenceMatcher(None, before[candidate][1].split(), words, autojunk=False).ratio()
            if ratio > likeness:
                best, likeness = candidate, ratio
        if best is not None:
            found[place] = best
            taken.add(best)
