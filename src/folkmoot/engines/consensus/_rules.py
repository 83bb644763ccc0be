"""One variant under the rule: does it pass, by how much, and who stands where.

Everything is counted in whole numbers: weights are scaled to their common unit, shares are fractions, so that 0.7 of
ten is seven and never a hair more.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from folkmoot.engines.consensus._position import AGAINST, FOR, NONE, RED_LINE, Number, Position, VariantRef


def exact(number: Number) -> Fraction:
    """The decimal that was written, not its nearest binary number."""
    return Fraction(str(number))


@dataclass(frozen=True, slots=True)
class House:
    """The rule and the members in whole numbers; members and parties are known by their declared place."""

    kind: str
    threshold: Fraction
    opt_out: bool
    weights: tuple[int, ...]
    unit: Fraction
    total: int
    quorum: int  # the least weight of answers
    party_of: tuple[int | None, ...]
    parties: int  # how many must each be heard in favour; 0 where the rule does not ask

    @classmethod
    def of(cls, position: Position) -> "House":
        rule = position.rule
        weights = [exact(member.weight) for member in position.members]
        unit = _common_unit(weights)
        scaled = tuple(int(weight / unit) for weight in weights)
        names = list(dict.fromkeys(member.party for member in position.members if member.party))
        places = {name: place for place, name in enumerate(names)}
        return cls(
            kind=rule.type,
            threshold=exact(rule.threshold),
            opt_out=rule.opt_out,
            weights=scaled,
            unit=unit,
            total=sum(scaled),
            quorum=math.ceil(exact(rule.quorum) * sum(scaled)),
            party_of=tuple(places[m.party] if m.party and rule.each_party else None for m in position.members),
            parties=len(names) if rule.each_party else 0,
        )


def _common_unit(weights: Sequence[Fraction]) -> Fraction:
    """The largest weight of which every member's is a whole multiple."""
    if not weights:
        return Fraction(1)
    denominator = math.lcm(*(weight.denominator for weight in weights))
    return Fraction(math.gcd(*(int(weight * denominator) for weight in weights)), denominator)


@dataclass(frozen=True, slots=True)
class Tally:
    """Who says what of one variant (members by place), and what that weighs."""

    in_favour: tuple[int, ...]
    against: tuple[int, ...]
    red_lines: tuple[int, ...]  # among those against
    no_view: tuple[int, ...]
    silent: tuple[int, ...]
    weight_for: int
    weight_against: int
    weight_answered: int
    party_weight: tuple[int, ...]  # in favour, by party

    @property
    def sides(self) -> int:
        return self.weight_for + self.weight_against


def tally(house: House, stances: Sequence[str]) -> Tally:
    in_favour: list[int] = []
    against: list[int] = []
    red_lines: list[int] = []
    no_view: list[int] = []
    silent: list[int] = []
    party_weight = [0] * house.parties
    weights = house.weights
    for member, stance in enumerate(stances):
        if stance in FOR:
            in_favour.append(member)
            party = house.party_of[member]
            if party is not None:
                party_weight[party] += weights[member]
        elif stance in AGAINST:
            against.append(member)
            if stance == RED_LINE:
                red_lines.append(member)
        elif stance == NONE:
            silent.append(member)
        else:
            no_view.append(member)
    return Tally(
        in_favour=tuple(in_favour),
        against=tuple(against),
        red_lines=tuple(red_lines),
        no_view=tuple(no_view),
        silent=tuple(silent),
        weight_for=sum([weights[m] for m in in_favour]),
        weight_against=sum([weights[m] for m in against]),
        weight_answered=house.total - sum([weights[m] for m in silent]),
        party_weight=tuple(party_weight),
    )


def passes(house: House, votes: Tally) -> bool:
    """Whether the rule holds; links are not looked at here.

    A variant that nobody answered never passes, even with a quorum of 0: silence is never consent.
    """
    if votes.weight_answered < max(house.quorum, 1) or not all(votes.party_weight):
        return False
    if house.kind == "unanimity":
        return votes.weight_for == house.total
    if house.kind == "no-objection":
        return not votes.against
    if votes.red_lines and not house.opt_out:
        return False
    return bool(votes.in_favour) and votes.weight_for >= house.threshold * votes.sides


def vetoes(house: House, votes: Tally) -> tuple[int, ...]:
    """Those whose answer alone keeps the variant from passing, so that each of them must change it."""
    if house.kind == "unanimity":
        return tuple(sorted((*votes.against, *votes.no_view, *votes.silent)))
    if house.kind == "no-objection":
        return votes.against
    return () if house.opt_out else votes.red_lines


def stance_table(position: Position) -> dict[VariantRef, list[str]]:
    """Every member's stance on every variant, in declared order; what was not answered is `none`."""
    table = {(clause.id, v.id): [NONE] * len(position.members) for clause in position.clauses for v in clause.variants}
    places = {member.id: place for place, member in enumerate(position.members)}
    for response in position.responses:
        table[response.clause, response.variant][places[response.member]] = response.stance
    return table
