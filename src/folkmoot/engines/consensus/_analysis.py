"""What is agreed, what stands in the way, and whom to talk to."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from folkmoot.engines.consensus._choice import Choice, Chooser, alive, broken
from folkmoot.engines.consensus._position import (
    ACCEPT,
    BadPosition,
    Clause,
    Link,
    Number,
    Position,
    Response,
    VariantRef,
)
from folkmoot.engines.consensus._rules import House, Tally, exact, passes, stance_table, tally
from folkmoot.engines.consensus._settle import Settlement, missing, settlement, smallest_sets, spare

MOST_SETS = 20  # conversations listed for one clause
FINEST_IMPORTANCE = 10**6  # importances are compared to six decimals


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """`variant` is the one agreed, or the one nearest to passing (fewest members to win, then least weight missing)."""

    id: str
    status: str
    variant: str
    blockers: tuple[str, ...]
    margin: Number
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    clause: str
    variant: str
    members: tuple[str, ...]
    total: Number


@dataclass(frozen=True, slots=True)
class Analysis:
    """`gap` is (bound - agreed importance) / max(1, agreed importance); 0 where the choice is proved the best."""

    status: str
    gap: float
    agreed_importance: Number
    clauses: tuple[ClauseResult, ...]
    conversations: tuple[Conversation, ...]


def analyse(position: Position, *, seconds: float = 10) -> Analysis:
    """Choose the best variants under the rule and the links, and say what is missing for the rest.

    `seconds` is a ceiling for the proof. Where it cuts, `status` is `feasible`, and each conversation's `total` is what
    is sure to be reached.
    """
    study = _Study.of(position, seconds)
    choice = study.chooser.best(study.options)
    results = tuple(study.result(clause, choice) for clause in position.clauses)
    conversations = study.conversations(choice, results)
    gap = (choice.bound - choice.worth) / max(study.scale, choice.worth)
    return Analysis(
        status="optimal" if choice.bound == choice.worth else "feasible",
        gap=gap,
        agreed_importance=study.importance(choice),
        clauses=results,
        conversations=conversations,
    )


def what_if(position: Position, accepts: Sequence[tuple[str, str, str]], *, seconds: float = 10) -> Analysis:
    """The analysis as it would be if each of these (member, clause, variant) came to accept."""
    members = {member.id for member in position.members}
    variants = {(clause.id, variant.id) for clause in position.clauses for variant in clause.variants}
    for member, clause, variant in accepts:
        if member not in members or (clause, variant) not in variants:
            raise BadPosition(f"“{member}” cannot accept {clause}, variant {variant}: the position has no such answer.")
    changed = set(accepts)
    kept = tuple(r for r in position.responses if (r.member, r.clause, r.variant) not in changed)
    accepted = tuple(Response(*ref, ACCEPT) for ref in sorted(changed))
    return analyse(replace(position, responses=kept + accepted), seconds=seconds)


def to_json(analysis: Analysis) -> dict[str, Any]:
    """The public JSON shape."""
    answer: dict[str, Any] = {"status": analysis.status}
    if analysis.status == "feasible":
        answer["gap"] = analysis.gap
    answer["agreed_importance"] = analysis.agreed_importance
    answer["clauses"] = [_clause_json(result) for result in analysis.clauses]
    answer["conversations"] = [
        {"clause": c.clause, "variant": c.variant, "members": list(c.members), "total": c.total}
        for c in analysis.conversations
    ]
    return answer


def _clause_json(result: ClauseResult) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": result.id,
        "status": result.status,
        "variant": result.variant,
        "blockers": list(result.blockers),
        "margin": result.margin,
    }
    if result.link is not None:
        answer["link"] = {"type": result.link.type, "if": list(result.link.if_), "then": list(result.link.then)}
    return answer


def plain(number: Fraction) -> Number:
    return int(number) if number.denominator == 1 else float(number)


@dataclass(frozen=True, slots=True)
class _Study:
    """Everything known of the position before and while the variants are chosen."""

    position: Position
    house: House
    votes: Mapping[VariantRef, Tally]
    options: Mapping[str, tuple[str, ...]]  # the variants that pass the rule, the safest first
    settlements: Mapping[VariantRef, Settlement]  # of the variants that do not
    chooser: Chooser
    scale: float  # the worth of an importance of 1

    @classmethod
    def of(cls, position: Position, seconds: float) -> "_Study":
        house = House.of(position)
        votes = {ref: tally(house, stances) for ref, stances in stance_table(position).items()}
        passing = {ref for ref, vote in votes.items() if passes(house, vote)}
        worths, scale = _worths(position.clauses)
        return cls(
            position=position,
            house=house,
            votes=votes,
            options={clause.id: _safest_first(clause, house, votes, passing) for clause in position.clauses},
            settlements={ref: settlement(house, vote) for ref, vote in votes.items() if ref not in passing},
            chooser=Chooser(worths, position.links, seconds),
            scale=scale,
        )

    def importance(self, choice: Choice) -> Number:
        agreed = (exact(c.importance) for c in self.position.clauses if c.id in choice.variants)
        return plain(sum(agreed, Fraction(0)))

    def result(self, clause: Clause, choice: Choice) -> ClauseResult:
        if clause.id in choice.variants:
            variant = choice.variants[clause.id]
            return ClauseResult(clause.id, "agreed", variant, (), self.margin((clause.id, variant)))
        if self.options[clause.id]:
            variant = self.options[clause.id][0]
            link = self._link_against((clause.id, variant), choice)
            return ClauseResult(clause.id, "blocked", variant, (), self.margin((clause.id, variant)), link)
        variant = self._nearest(clause)
        against = self.votes[clause.id, variant].against
        blockers = tuple(self.position.members[member].id for member in against)
        status = "blocked" if blockers else "open"
        return ClauseResult(clause.id, status, variant, blockers, self.margin((clause.id, variant)))

    def margin(self, ref: VariantRef) -> Number:
        found = self.settlements.get(ref)
        units = spare(self.house, self.votes[ref]) if found is None else -missing(self.house, found)
        return plain(units * self.house.unit)

    def _nearest(self, clause: Clause) -> str:
        refs = [(clause.id, variant.id) for variant in clause.variants]
        fewest = min(self.settlements[ref].size for ref in refs)
        near = [ref for ref in refs if self.settlements[ref].size == fewest]
        return near[0][1] if len(near) == 1 else max(near, key=self.margin)[1]

    def _link_against(self, ref: VariantRef, choice: Choice) -> Link | None:
        """The first link that adding this variant to the choice would break."""
        trial = {**choice.variants, ref[0]: ref[1]}
        return next((link for link in self.position.links if broken(link, trial)), None)

    def conversations(self, choice: Choice, results: Sequence[ClauseResult]) -> tuple[Conversation, ...]:
        found: list[tuple[tuple[int, float, int], Conversation]] = []
        for place, (clause, result) in enumerate(zip(self.position.clauses, results, strict=True)):
            if result.status != "agreed":
                listed = self._clause_conversations(clause, result, choice)
                found += [((len(c.members), -c.total, place), c) for c in listed]
        return tuple(conversation for _, conversation in sorted(found, key=lambda pair: pair[0]))

    def _clause_conversations(self, clause: Clause, result: ClauseResult, choice: Choice) -> list[Conversation]:
        """All the smallest sets, MOST_SETS at most: those of the variant spoken of first, each in declared order."""
        refs = [(clause.id, v.id) for v in clause.variants if (clause.id, v.id) in self.settlements]
        fewest = min((self.settlements[ref].size for ref in refs), default=0)
        refs.sort(key=lambda ref: ref[1] != result.variant)
        found: list[Conversation] = []
        for ref in refs:
            if self.settlements[ref].size == fewest and len(found) < MOST_SETS:
                total = self._total_with(ref, choice)
                found += [
                    Conversation(*ref, tuple(self.position.members[member].id for member in members), total)
                    for members in smallest_sets(self.settlements[ref], MOST_SETS - len(found))
                ]
        return found

    def _total_with(self, ref: VariantRef, choice: Choice) -> Number:
        """The best agreed importance once this variant passes too."""
        clause, variant = ref
        wider = {**self.options, clause: (*self.options[clause], variant)}
        links = self.position.links
        trial = {**choice.variants, clause: variant}
        before, after = alive(self.options, links), alive(wider, links)
        if variant not in after.get(clause, ()):
            return self.importance(choice)
        woken = sum(map(len, after.values())) - sum(map(len, before.values()))
        if woken == 1 and choice.worth == choice.bound and not any(broken(link, trial) for link in links):
            # Nothing else is new, so no choice can gain more than this clause.
            return self.importance(Choice(trial, 0, 0))
        wider_choice = self.chooser.best(wider, any_of_equals=True)
        return self.importance(max(choice, wider_choice, key=lambda found: found.worth))


def _worths(clauses: Sequence[Clause]) -> tuple[dict[str, int], float]:
    """Each worth in whole numbers; one more clause agreed counts in it, but never against any importance."""
    fine = [round(exact(clause.importance) * FINEST_IMPORTANCE) for clause in clauses]
    unit = math.gcd(*fine) or 1
    step = len(clauses) + 1
    worths = {clause.id: number // unit * step + 1 for clause, number in zip(clauses, fine, strict=True)}
    return worths, FINEST_IMPORTANCE / unit * step


def _safest_first(
    clause: Clause, house: House, votes: Mapping[VariantRef, Tally], passing: set[VariantRef]
) -> tuple[str, ...]:
    refs = [(clause.id, variant.id) for variant in clause.variants if (clause.id, variant.id) in passing]
    return tuple(variant for _, variant in sorted(refs, key=lambda ref: -spare(house, votes[ref])))
