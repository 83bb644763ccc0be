"""The smallest sets of members whose change of mind lets one variant pass, and the margin by which it passes or fails.

Some members must change because their answer alone is fatal (a red line under majority, any objection under
no-objection, anything but support under unanimity). Beyond them the rule asks for three things that members can bring
together: a share of those who took a side, a quorum, and somebody from every party. Two members of the same standing
(against, no view, silent) differ only in weight and party, so a smallest set can always be had from one representative
of each unheard party and otherwise the heaviest of each standing: counting those few shapes is exact.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, product

from folkmoot.engines.consensus._rules import House, Tally, vetoes

AGAINST, NO_VIEW, SILENT = STANDINGS = ("against", "no view", "silent")
UNREACHABLE = 10**9


@dataclass(frozen=True, slots=True)
class Mind:
    """A member who could still come to accept, and what that would bring."""

    member: int
    standing: str
    party: int | None
    gain: int  # towards the threshold, in weight times the threshold's denominator
    answer: int  # towards the quorum: its weight if it is silent so far
    weight: int


@dataclass(frozen=True, slots=True)
class Need:
    """What is still missing once those who must change have changed."""

    gain: int
    answers: int
    parties: frozenset[int]
    least: int  # how many minds at least: a variant that nobody speaks for does not pass

    def less(self, mind: Mind) -> "Need":
        return Need(
            self.gain - mind.gain,
            self.answers - mind.answer,
            self.parties - {mind.party} if mind.party in self.parties else self.parties,
            self.least - 1,
        )


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a failing variant can be made to pass."""

    forced: tuple[int, ...]
    minds: tuple[Mind, ...]
    need: Need
    size: int  # members in a smallest set


def settlement(house: House, votes: Tally) -> Settlement:
    """The least that must change for this failing variant to pass."""
    forced = vetoes(house, votes)
    need = _need(house, votes, forced)
    minds = _minds(house, votes, forced)
    fewest = _fewest(sorted(minds, key=lambda mind: (-mind.weight, mind.member)), need)
    return Settlement(forced, minds, need, len(forced) + fewest)


def smallest_sets(found: Settlement, cap: int) -> Iterator[tuple[int, ...]]:
    """The smallest sets, in the order of their members' declared places, `cap` at most."""
    choices = _choose(found.minds, found.need, found.size - len(found.forced))
    for minds in islice(choices, cap):
        yield tuple(sorted((*found.forced, *(mind.member for mind in minds))))


def spare(house: House, votes: Tally) -> int:
    """The weight that a passing variant could lose and still pass.

    The greatest W such that, wherever W of the weight in favour went, to objection or to silence, the variant would
    still pass. Weight is counted unit by unit, as if each unit of a member could go its own way; where all members
    weigh the same, a unit is a member.
    """
    if house.kind != "majority":
        return 0  # one objection ends it
    return min(
        math.floor(votes.weight_for - house.threshold * votes.sides),
        votes.weight_answered - max(house.quorum, 1),
        votes.weight_for - 1,
        *(weight - 1 for weight in votes.party_weight),
    )


def missing(house: House, found: Settlement) -> int:
    """The least weight that would have to come to accept, unit by unit; those who must change count whole."""
    weights = dict.fromkeys(STANDINGS, 0)
    parties: dict[str, set[int | None]] = {standing: set() for standing in STANDINGS}
    for mind in found.minds:
        weights[mind.standing] += mind.weight
        parties[mind.standing].add(mind.party)
    states = {(0, 0, 0)}
    for party in found.need.parties:
        states = {
            (against + (standing == AGAINST), no_view + (standing == NO_VIEW), silent + (standing == SILENT))
            for against, no_view, silent in states
            for standing in STANDINGS
            if party in parties[standing]
        }
    beyond = min(_fill_units(house, found.need, state, weights) for state in states)
    return sum(house.weights[member] for member in found.forced) + beyond


def _need(house: House, votes: Tally, forced: Sequence[int]) -> Need:
    heard = {house.party_of[member] for member in forced}
    silent = set(votes.silent)
    answered = votes.weight_answered + sum(house.weights[member] for member in forced if member in silent)
    gain = 0
    if house.kind == "majority":
        come_over = sum(house.weights[member] for member in forced)
        numerator, denominator = house.threshold.as_integer_ratio()
        gain = numerator * votes.sides - denominator * (votes.weight_for + come_over)
    return Need(
        gain=gain,
        answers=house.quorum - answered,
        parties=frozenset(p for p, weight in enumerate(votes.party_weight) if not weight and p not in heard),
        least=0 if forced else 1,
    )


def _gains(house: House) -> tuple[int, int]:
    """What a unit brings towards the threshold: one that turns from against, one that had not taken a side."""
    if house.kind != "majority":
        return 1, 0
    numerator, denominator = house.threshold.as_integer_ratio()
    return denominator, denominator - numerator


def _minds(house: House, votes: Tally, forced: Sequence[int]) -> tuple[Mind, ...]:
    whole, part = _gains(house)
    shut = set(forced)
    groups = ((AGAINST, votes.against, whole), (NO_VIEW, votes.no_view, part), (SILENT, votes.silent, part))
    minds = [
        Mind(
            member=member,
            standing=standing,
            party=house.party_of[member],
            gain=gain * house.weights[member],
            answer=house.weights[member] if standing == SILENT else 0,
            weight=house.weights[member],
        )
        for standing, members, gain in groups
        for member in members
        if member not in shut
    ]
    return tuple(sorted(minds, key=lambda mind: mind.member))


def _choose(minds: Sequence[Mind], need: Need, count: int) -> Iterator[tuple[Mind, ...]]:
    """Every choice of `count` minds that meets the need, in declared order, never entering a dead end."""
    if count == 0:
        yield ()
        return
    by_weight = sorted(minds, key=lambda mind: (-mind.weight, mind.member))
    for place, mind in enumerate(minds):
        later = [other for other in by_weight if other.member > mind.member]
        left = need.less(mind)
        if _fewest(later, left, count - 1) < count:
            for others in _choose(minds[place + 1 :], left, count - 1):
                yield (mind, *others)
        elif _fewest(later, need, count) > count:
            return


def _fewest(by_weight: Sequence[Mind], need: Need, enough: int = 0) -> int:
    """How few of these minds, heaviest first, meet the need; it looks no further once `enough` are found to do."""
    least = max(_fill(by_weight, need), len(need.parties))
    if not need.parties or least > len(by_weight) or 0 < enough < least:
        return least
    best = UNREACHABLE
    for chosen in _representatives(by_weight, need):
        left = need
        for mind in chosen:
            left = left.less(mind)
        rest = [mind for mind in by_weight if mind not in chosen]
        best = min(best, len(chosen) + _fill(rest, left))
        if best <= max(least, enough):
            break
    return best


def _representatives(by_weight: Sequence[Mind], need: Need) -> Iterator[tuple[Mind, ...]]:
    """One mind of each unheard party, in every combination that makes a difference."""
    heaviest: dict[int, dict[str, Mind]] = {party: {} for party in sorted(need.parties)}
    for mind in by_weight:
        if mind.party in heaviest:
            heaviest[mind.party].setdefault(mind.standing, mind)
    options = [_unsurpassed(list(minds.values()), need) for minds in heaviest.values()]
    if all(len(minds) == 1 for minds in options):
        yield tuple(mind for minds in options for mind in minds)
        return
    seen: set[tuple[tuple[str, int], ...]] = set()
    for chosen in product(*options):
        alike = tuple(sorted((mind.standing, mind.weight) for mind in chosen))
        if alike not in seen:
            seen.add(alike)
            yield chosen


def _unsurpassed(minds: Sequence[Mind], need: Need) -> list[Mind]:
    """Without those whom another equals or betters in everything that is still needed."""
    worth = {mind: (mind.gain if need.gain > 0 else 0, mind.answer if need.answers > 0 else 0) for mind in minds}
    kept: list[Mind] = []
    for mind in sorted(minds, key=worth.__getitem__, reverse=True):
        if not any(worth[mind][1] <= worth[other][1] for other in kept):  # those kept gain as much or more
            kept.append(mind)
    return kept


def _fill(by_weight: Sequence[Mind], need: Need) -> int:
    """How few meet the gain and the quorum: so many of the heaviest silent, the rest by what they gain."""
    silent = [mind for mind in by_weight if mind.answer]
    gains = sorted((mind.gain for mind in by_weight if not mind.answer), reverse=True)
    reach = [0, *accumulate(gains)]
    best = UNREACHABLE
    gained = answered = 0
    for count in range(len(silent) + 1):
        if count:
            gained += silent[count - 1].gain
            answered += silent[count - 1].answer
        if answered < need.answers:
            continue
        others = max(bisect_left(reach, need.gain - gained), need.least - count)
        if others <= len(gains):
            best = min(best, count + others)
    return best


def _fill_units(house: House, need: Need, taken: tuple[int, int, int], weights: Mapping[str, int]) -> int:
    """The least weight that meets the need, one unit already taken from each unheard party as `taken` says."""
    whole, part = _gains(house)
    against, no_view, silent = taken
    silent = max(silent, need.answers)
    gain_left = need.gain - whole * against - part * (no_view + silent)
    turning = min(weights[AGAINST] - against, max(0, -(-gain_left // whole)))
    gain_left -= whole * turning
    joining = 0
    if gain_left > 0:
        if not part:
            return UNREACHABLE
        joining = -(-gain_left // part)
        if joining > weights[NO_VIEW] + weights[SILENT] - no_view - silent:
            return UNREACHABLE
    return max(against + no_view + silent + turning + joining, need.least)
