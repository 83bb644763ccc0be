"""The contract read aloud and tried out in every possible way; for small positions only."""

from fractions import Fraction
from itertools import combinations, product

from folkmoot.engines.consensus import Position


def stances_on(position: Position, clause: str, variant: str) -> dict[str, str]:
    given = {r.member: r.stance for r in position.responses if (r.clause, r.variant) == (clause, variant)}
    return {member.id: given.get(member.id, "none") for member in position.members}


def passes(position: Position, stances: dict[str, str]) -> bool:
    rule = position.rule
    weight = {member.id: Fraction(str(member.weight)) for member in position.members}
    pro = [m for m in weight if stances[m] in ("support", "accept")]
    contra = [m for m in weight if stances[m] in ("object", "red-line")]
    answered = [m for m in weight if stances[m] != "none"]
    if not answered:
        return False
    if sum(weight[m] for m in answered) < Fraction(str(rule.quorum)) * sum(weight.values()):
        return False
    parties = {member.party for member in position.members if member.party}
    if rule.each_party and parties - {member.party for member in position.members if member.id in pro}:
        return False
    if rule.type == "unanimity":
        return len(pro) == len(weight)
    if rule.type == "no-objection":
        return not contra
    if "red-line" in stances.values() and not rule.opt_out:
        return False
    share = Fraction(str(rule.threshold))
    return bool(pro) and sum(weight[m] for m in pro) >= share * sum(weight[m] for m in (*pro, *contra))


def best_importance(position: Position, passing: set[tuple[str, str]]) -> Fraction:
    options = [
        [None, *((clause.id, v.id) for v in clause.variants if (clause.id, v.id) in passing)]
        for clause in position.clauses
    ]
    importance = {clause.id: Fraction(str(clause.importance)) for clause in position.clauses}
    best = Fraction(0)
    for choice in product(*options):
        agreed = {ref for ref in choice if ref is not None}
        if all(_kept(link, agreed) for link in position.links):
            best = max(best, sum((importance[clause] for clause, _ in agreed), Fraction(0)))
    return best


def _kept(link, agreed) -> bool:  # type: ignore[no-untyped-def]
    if link.type == "requires":
        return link.if_ not in agreed or link.then in agreed
    return not (link.if_ in agreed and link.then in agreed)


def smallest_sets(position: Position, clause: str, passing: set[tuple[str, str]]) -> set[tuple[str, frozenset[str]]]:
    """The smallest sets of members who settle the clause by accepting one of its variants that does not pass yet."""
    failing = [v.id for c in position.clauses if c.id == clause for v in c.variants if (clause, v.id) not in passing]
    members = [member.id for member in position.members]
    for size in range(1, len(members) + 1):
        found = set()
        for variant in failing:
            stances = stances_on(position, clause, variant)
            for group in combinations(members, size):
                if any(stances[m] in ("support", "accept") for m in group):
                    continue
                if passes(position, {**stances, **dict.fromkeys(group, "accept")}):
                    found.add((variant, frozenset(group)))
        if found:
            return found
    return set()
