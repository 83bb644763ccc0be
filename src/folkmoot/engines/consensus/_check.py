"""The independent checker: an analysis recomputed by other means, so that a slip in either shows.

It shares only the input's and the answer's shapes with the engine. The rule is read member by member; smallest sets are
counted by walking through the members once with a tally of what is still missing; the best choice comes from
eliminating one clause after another. Two things have a ceiling, so that a check stays quick: groups of clauses that
links knot too tightly to eliminate are only searched for a better neighbour, and margins are counted unit by unit up to
MOST_UNITS.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from folkmoot.engines.consensus._analysis import MOST_SETS, Analysis, ClauseResult, Conversation
from folkmoot.engines.consensus._position import Link, Position, Rule, VariantRef

MOST_ROWS = 50_000  # of one table while clauses are eliminated
MOST_UNITS = 400
FOR, AGAINST = ("support", "accept"), ("object", "red-line")
Options = Mapping[str, Sequence[str]]


def check(position: Position, analysis: Analysis) -> tuple[str, ...]:
    """Name each point on which a recount disagrees with the analysis; nothing when all is right."""
    recount = _Recount.of(position)
    findings = [*_check_choice(recount, analysis)]
    if [result.id for result in analysis.clauses] == [clause.id for clause in position.clauses]:
        for result in analysis.clauses:
            findings += _check_clause(recount, result, analysis)
        findings += _check_conversations(recount, analysis)
    else:
        findings.append("The clauses are not the position's, in its order.")
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class _Voter:
    party: str | None
    stance: str
    weight: Fraction


@dataclass(frozen=True, slots=True)
class _Recount:
    position: Position
    votes: Mapping[VariantRef, tuple[_Voter, ...]]
    options: Options
    unit: Fraction

    @classmethod
    def of(cls, position: Position) -> "_Recount":
        stances = {(r.member, r.clause, r.variant): r.stance for r in position.responses}
        votes = {
            (clause.id, variant.id): tuple(
                _Voter(m.party, stances.get((m.id, clause.id, variant.id), "none"), Fraction(str(m.weight)))
                for m in position.members
            )
            for clause in position.clauses
            for variant in clause.variants
        }
        weights = [Fraction(str(member.weight)) for member in position.members] or [Fraction(1)]
        scale = math.lcm(*(weight.denominator for weight in weights))
        unit = Fraction(math.gcd(*(int(weight * scale) for weight in weights)), scale)
        margins = {
            ref: _lost(position.rule, voters, unit) for ref, voters in votes.items() if holds(position.rule, voters)
        }
        options = {
            clause.id: sorted(
                (variant.id for variant in clause.variants if (clause.id, variant.id) in margins),
                key=lambda variant, clause=clause.id: -margins[clause, variant],  # type: ignore[misc]
            )
            for clause in position.clauses
        }
        return cls(position, votes, options, unit)


def holds(rule: Rule, voters: Sequence[_Voter]) -> bool:
    """The contract's rule, read sentence by sentence."""
    everybody = sum((v.weight for v in voters), Fraction(0))
    answered = sum((v.weight for v in voters if v.stance != "none"), Fraction(0))
    in_favour = sum((v.weight for v in voters if v.stance in FOR), Fraction(0))
    took_side = in_favour + sum((v.weight for v in voters if v.stance in AGAINST), Fraction(0))
    if not answered or answered < Fraction(str(rule.quorum)) * everybody:
        return False
    if rule.each_party:
        heard = {v.party for v in voters if v.stance in FOR}
        if any(v.party and v.party not in heard for v in voters):
            return False
    if rule.type == "unanimity":
        return all(v.stance in FOR for v in voters)
    if rule.type == "no-objection":
        return not any(v.stance in AGAINST for v in voters)
    if not rule.opt_out and any(v.stance == "red-line" for v in voters):
        return False
    return in_favour > 0 and in_favour >= Fraction(str(rule.threshold)) * took_side


def _lost(rule: Rule, voters: Sequence[_Voter], unit: Fraction) -> Fraction:
    """How much of the weight in favour can go, unit by unit, the worst way each time, before the rule fails."""
    if rule.type != "majority":
        return Fraction(0)
    groups = [voter for voter in voters if voter.stance in FOR]
    parties = {v.party for v in groups if v.party} if rule.each_party else set()
    limits = [sum((v.weight for v in groups), Fraction(0)) - unit]
    limits += [sum((v.weight for v in groups if v.party == party), Fraction(0)) - unit for party in parties]
    for stance in ("object", "none"):
        lowest, highest = 0, int(limits[0] / unit)
        while lowest < highest:  # the rule without its parties, which are counted above
            middle = (lowest + highest + 1) // 2
            turned = _turn(voters, middle * unit, stance)
            if holds(Rule(rule.type, rule.threshold, False, rule.quorum, rule.opt_out), turned):
                lowest = middle
            else:
                highest = middle - 1
        limits.append(lowest * unit)
    return min(limits)


def _turn(voters: Sequence[_Voter], weight: Fraction, stance: str) -> list[_Voter]:
    """The voters with this much of the weight in favour turned, whoever's it is."""
    turned: list[_Voter] = []
    for voter in voters:
        part = min(weight, voter.weight) if voter.stance in FOR else Fraction(0)
        weight -= part
        turned.append(_Voter(voter.party, voter.stance, voter.weight - part))
        turned.append(_Voter(voter.party, stance, part))
    return [voter for voter in turned if voter.weight]


def ways(rule: Rule, voters: Sequence[_Voter], most: int) -> dict[int, int]:
    """In how many ways 1, 2, ... `most` of these voters can come to accept so that the rule holds."""
    threshold = Fraction(str(rule.threshold)) if rule.type == "majority" else Fraction(0)
    everybody = sum((v.weight for v in voters), Fraction(0))
    in_favour = sum((v.weight for v in voters if v.stance in FOR), Fraction(0))
    sides = in_favour + sum((v.weight for v in voters if v.stance in AGAINST), Fraction(0))
    answered = sum((v.weight for v in voters if v.stance != "none"), Fraction(0))
    heard = {v.party for v in voters if v.stance in FOR}
    unheard = frozenset(v.party for v in voters if v.party and v.party not in heard) if rule.each_party else frozenset()
    zero = Fraction(0)
    short = max(zero, threshold * sides - in_favour), max(zero, Fraction(str(rule.quorum)) * everybody - answered)
    states: Counter[tuple[int, Fraction, Fraction, frozenset[str | None]]] = Counter({(0, *short, unheard): 1})
    for voter in voters:
        if voter.stance in FOR:
            continue
        gain = voter.weight * (1 if voter.stance in AGAINST else 1 - threshold)
        answer = voter.weight if voter.stance == "none" else zero
        following: Counter[tuple[int, Fraction, Fraction, frozenset[str | None]]] = Counter()
        if not _must_change(rule, voter):
            following.update(states)
        for (count, gap, silence, parties), number in states.items():
            if count < most:
                state = (count + 1, max(zero, gap - gain), max(zero, silence - answer), parties - {voter.party})
                following[state] += number
        states = following
    found: dict[int, int] = {}
    for (count, gap, silence, parties), number in states.items():
        if count and not gap and not silence and not parties:
            found[count] = found.get(count, 0) + number
    return found


def _must_change(rule: Rule, voter: _Voter) -> bool:
    if rule.type == "unanimity":
        return True
    if rule.type == "no-objection":
        return voter.stance in AGAINST
    return voter.stance == "red-line" and not rule.opt_out


def _check_choice(recount: _Recount, analysis: Analysis) -> Iterator[str]:
    position = recount.position
    agreed = {result.id: result.variant for result in analysis.clauses if result.status == "agreed"}
    importance = {clause.id: Fraction(str(clause.importance)) for clause in position.clauses}
    claimed = Fraction(str(analysis.agreed_importance))
    total = sum((importance[clause] for clause in agreed if clause in importance), Fraction(0))
    if not _close(total, claimed):
        yield f"The agreed clauses come to {total}, not {claimed}."
    for clause, variant in agreed.items():
        if variant not in recount.options.get(clause, ()):
            yield f"{clause} is agreed in {variant}, which the rule does not pass."
    for link in position.links:
        if _breaks(link, agreed):
            yield f"The choice breaks the link {link.if_} {link.type} {link.then}."
    if analysis.status == "optimal" and analysis.gap:
        yield f"The choice is called optimal with a gap of {analysis.gap}."
    best = _best(position, recount.options)
    if best is None:
        better = _better_neighbour(recount, agreed, importance)
        if better and analysis.status == "optimal":
            yield f"Agreeing {better} as well, or instead of what it excludes, is worth more."
    elif analysis.status == "optimal" and best.choice != agreed:
        yield f"The best choice is {best.choice}, worth {best.importance}, not {agreed}."
    elif best.importance > claimed + Fraction(analysis.gap) * max(Fraction(1), claimed) + Fraction(1, 10**6):
        yield f"The gap of {analysis.gap} leaves out the best choice, worth {best.importance}."


def _close(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= Fraction(1, 10**9) * max(Fraction(1), abs(one))


def _breaks(link: Link, choice: Mapping[str, str]) -> bool:
    first = choice.get(link.if_[0]) == link.if_[1]
    second = choice.get(link.then[0]) == link.then[1]
    return first and (second if link.type == "excludes" else not second)


def _better_neighbour(
    recount: _Recount, agreed: Mapping[str, str], importance: Mapping[str, Fraction]
) -> VariantRef | None:
    worth = sum((importance[clause] for clause in agreed), Fraction(0))
    for clause, variants in recount.options.items():
        for variant in variants if clause not in agreed else ():
            trial = {**agreed, clause: variant}
            for link in recount.position.links:
                if link.type == "excludes" and _breaks(link, trial):
                    trial.pop(link.then[0] if link.if_ == (clause, variant) else link.if_[0], None)
            while fallen := [link.if_[0] for link in recount.position.links if _breaks(link, trial)]:
                trial.pop(fallen[0])
            if sum((importance[name] for name in trial), Fraction(0)) > worth:
                return clause, variant
    return None


def _check_clause(recount: _Recount, result: ClauseResult, analysis: Analysis) -> Iterator[str]:
    rule, ref = recount.position.rule, (result.id, result.variant)
    voters = recount.votes.get(ref)
    if voters is None:
        yield f"{result.id} speaks of the variant {result.variant}, which it has not."
        return
    passing = holds(rule, voters)
    margin = Fraction(str(result.margin))
    if passing and not _close(margin, _lost(rule, voters, recount.unit)):
        yield f"{result.id} can lose {_lost(rule, voters, recount.unit)}, not {result.margin}."
    if not passing and not _missing_is(rule, voters, recount.unit, -margin):
        yield f"{result.id} does not lack {-margin}."
    against = tuple(
        member.id for member, voter in zip(recount.position.members, voters, strict=True) if voter.stance in AGAINST
    )
    agreed = {other.id: other.variant for other in analysis.clauses if other.status == "agreed"}
    if result.status == "agreed":
        expected: tuple[str, tuple[str, ...]] = ("agreed", ())
    elif recount.options[result.id]:
        expected = ("blocked", ())
        if result.link is None or not _breaks(result.link, {**agreed, result.id: result.variant}):
            yield f"{result.id} passes the rule, and no link is named that keeps it out."
        if result.variant != recount.options[result.id][0]:
            yield f"{result.id} speaks of {result.variant}, which is not the safest that passes."
    else:
        expected = ("blocked" if against else "open", against)
    if (result.status, result.blockers) != expected:
        yield f"{result.id} is {expected[0]} by {list(expected[1])}, not {result.status} by {list(result.blockers)}."


def _missing_is(rule: Rule, voters: Sequence[_Voter], unit: Fraction, claimed: Fraction) -> bool:
    """Whether exactly this weight must still come to accept: as many units, and not one fewer."""
    whole = sum((v.weight for v in voters if v.stance not in FOR and _must_change(rule, v)), Fraction(0))
    units = [
        _Voter(v.party, "accept" if _must_change(rule, v) else v.stance, unit)
        for v in voters
        for _ in range(int(v.weight / unit) if sum(v.weight for v in voters) <= MOST_UNITS * unit else 0)
    ]
    if not units:
        return claimed >= whole
    beyond = (claimed - whole) / unit
    if beyond == 0:
        return holds(rule, units)
    found = ways(rule, units, int(beyond))
    return beyond.denominator == 1 and not holds(rule, units) and min(found, default=0) == beyond


def _check_conversations(recount: _Recount, analysis: Analysis) -> Iterator[str]:
    sizes = [len(conversation.members) for conversation in analysis.conversations]
    if sizes != sorted(sizes):
        yield "The conversations do not come with the fewest members first."
    places = {member.id: place for place, member in enumerate(recount.position.members)}
    for result in analysis.clauses:
        listed = [conversation for conversation in analysis.conversations if conversation.clause == result.id]
        if result.status == "agreed":
            if listed:
                yield f"{result.id} is agreed and needs no conversation."
            continue
        yield from _check_sets(recount, result, listed, places)
    totals = {((c.clause, c.variant), Fraction(str(c.total))) for c in analysis.conversations}
    for ref, total in sorted(totals):
        wider = {**recount.options, ref[0]: [*recount.options[ref[0]], ref[1]]}
        best = _best(recount.position, wider)
        if best is None or _close(best.importance, total):
            continue
        if best.importance < total or analysis.status == "optimal":
            yield f"With {ref[0]} in {ref[1]} the best total is {best.importance}, not {total}."


def _check_sets(
    recount: _Recount, result: ClauseResult, listed: Sequence[Conversation], places: Mapping[str, int]
) -> Iterator[str]:
    rule = recount.position.rule
    sizes = {len(conversation.members) for conversation in listed}
    most = max(sizes, default=0)
    if len(sizes) > 1:
        yield f"The conversations on {result.id} are not all of the smallest size."
    possible = 0
    for (clause, variant), voters in recount.votes.items():
        if clause != result.id or variant in recount.options[clause]:
            continue
        mine = [tuple(places[member] for member in c.members) for c in listed if c.variant == variant]
        found = ways(rule, voters, most or len(voters))
        possible += found.get(most, 0)
        if any(size < most for size in found) or (found and not most):
            yield f"{clause} in {variant} can be settled with fewer members than {most}."
        if len(mine) > found.get(most, 0) or len(set(mine)) < len(mine) or mine != sorted(mine):
            yield f"The conversations on {clause} in {variant} are not distinct and in order."
        for members in mine:
            changed = [v if n not in members else _Voter(v.party, "accept", v.weight) for n, v in enumerate(voters)]
            if not holds(rule, changed):
                yield f"{clause} in {variant} does not pass when {members} accept."
        if not mine and not recount.options[clause] and result.variant == variant and voters:
            yield f"{clause} speaks of {variant}, which is not the nearest to passing."
    if len(listed) != min(possible, MOST_SETS):
        yield f"{result.id} has {possible} smallest sets, and {len(listed)} are listed."


@dataclass(frozen=True, slots=True)
class _Best:
    choice: dict[str, str]
    importance: Fraction


def _best(position: Position, options: Options) -> _Best | None:
    """The best choice by eliminating clause after clause; None where the links are knotted too tightly.

    A choice's value is one whole number: its importance, then its clauses, then a digit for each clause in declared
    order, the higher the better it fares. The greatest value therefore spells out the choice itself.
    """
    place = {clause.id: number for number, clause in enumerate(position.clauses)}
    base = max((len(variants) for variants in options.values()), default=0) + 1
    span = base ** len(place)
    fine = {clause.id: round(Fraction(str(clause.importance)) * 10**6) for clause in position.clauses}
    values = {
        (clause, variant): (fine[clause] * (len(place) + 1) + 1) * span
        + (len(variants) - rank) * base ** (len(place) - 1 - place[clause])
        for clause, variants in options.items()
        for rank, variant in enumerate(variants)
    }
    total = 0
    for clauses, links in _knots(position, options):
        value = _eliminate(clauses, links, {c: (None, *options[c]) for c in clauses}, values)
        if value is None:
            return None
        total += value
    digits = [total % span // base ** (len(place) - 1 - number) % base for number in range(len(place))]
    choice = {
        clause: options[clause][len(options[clause]) - digits[number]]
        for clause, number in place.items()
        if digits[number]
    }
    importance = {clause.id: Fraction(str(clause.importance)) for clause in position.clauses}
    return _Best(choice, sum((importance[clause] for clause in choice), Fraction(0)))


def _knots(position: Position, options: Options) -> Iterator[tuple[list[str], list[Link]]]:
    """Clauses that links join, found by spreading from one to the next."""
    near: dict[str, set[str]] = {clause: set() for clause in options}
    links = [link for link in position.links if link.if_[1] in options[link.if_[0]]]
    for link in links:
        near[link.if_[0]].add(link.then[0])
        near[link.then[0]].add(link.if_[0])
    left = list(options)
    while left:
        knot, edge = {left[0]}, [left[0]]
        while edge:
            fresh = near[edge.pop()] - knot
            knot |= fresh
            edge += fresh
        yield [clause for clause in left if clause in knot], [link for link in links if link.if_[0] in knot]
        left = [clause for clause in left if clause not in knot]


Table = tuple[tuple[str, ...], dict[tuple[str | None, ...], int]]


def _eliminate(
    clauses: Sequence[str],
    links: Sequence[Link],
    domains: Mapping[str, tuple[str | None, ...]],
    values: Mapping[VariantRef, int],
) -> int | None:
    left, open_links = list(clauses), list(links)
    tables: list[Table] = []
    total = 0
    while left:
        scopes = {name: _scope(name, tables, open_links) for name in left}
        sizes = {name: math.prod(len(domains[other]) for other in scope) for name, scope in scopes.items()}
        clause = min(left, key=sizes.__getitem__)
        scope = scopes[clause]
        if sizes[clause] > MOST_ROWS:
            return None
        mine = [table for table in tables if clause in table[0]]
        my_links = [link for link in open_links if clause in (link.if_[0], link.then[0])]
        rows: dict[tuple[str | None, ...], int] = {}
        for row in product(*(domains[name] for name in scope)):
            known = dict(zip(scope, row, strict=True))
            worths = [
                worth
                for variant in domains[clause]
                if (worth := _worth_of({**known, clause: variant}, clause, mine, my_links, values)) is not None
            ]
            if worths:
                rows[row] = max(worths)
        left.remove(clause)
        tables = [table for table in tables if clause not in table[0]]
        open_links = [link for link in open_links if link not in my_links]
        if scope:
            tables.append((scope, rows))
        else:
            total += rows[()]
    return total


def _scope(clause: str, tables: Sequence[Table], links: Sequence[Link]) -> tuple[str, ...]:
    others = {name for names, _ in tables if clause in names for name in names}
    others |= {name for link in links if clause in (link.if_[0], link.then[0]) for name in (link.if_[0], link.then[0])}
    return tuple(sorted(others - {clause}))


def _worth_of(
    choice: dict[str, str | None],
    clause: str,
    tables: Sequence[Table],
    links: Sequence[Link],
    values: Mapping[VariantRef, int],
) -> int | None:
    agreed = {name: variant for name, variant in choice.items() if variant is not None}
    if any(_breaks(link, agreed) for link in links):
        return None
    worth = values[clause, agreed[clause]] if clause in agreed else 0
    for names, rows in tables:
        row = rows.get(tuple(choice[name] for name in names))
        if row is None:
            return None
        worth += row
    return worth
