"""Small positions, tried out in every possible way: the analysis is never better, never worse, never short of a set."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings

from folkmoot.engines.consensus import MOST_SETS, Position, Rule, analyse, check
from tests.engines.consensus import brute_force
from tests.engines.consensus.cases import one_clause, small_position, small_positions


@pytest.mark.parametrize("seed", range(60))
def test_sixty_fixed_positions_equal_brute_force(seed: int) -> None:
    equals_brute_force(small_position(random.Random(seed)))


@given(small_positions())
@settings(max_examples=120, deadline=None)
def test_any_small_position_equals_brute_force(position: Position) -> None:
    equals_brute_force(position)


def equals_brute_force(position: Position) -> None:
    analysis = analyse(position)
    passing = {
        (clause.id, variant.id)
        for clause in position.clauses
        for variant in clause.variants
        if brute_force.passes(position, brute_force.stances_on(position, clause.id, variant.id))
    }

    assert analysis.status == "optimal"
    assert Fraction(str(analysis.agreed_importance)) == brute_force.best_importance(position, passing)
    for result in analysis.clauses:
        mine = [(c.variant, frozenset(c.members)) for c in analysis.conversations if c.clause == result.id]
        if result.status == "agreed":
            assert (result.id, result.variant) in passing
            assert mine == []
            continue
        expected = brute_force.smallest_sets(position, result.id, passing)
        assert len(mine) == len(set(mine)) == min(len(expected), MOST_SETS)
        assert set(mine) <= expected
    for conversation in analysis.conversations:
        settled = passing | {(conversation.clause, conversation.variant)}
        assert Fraction(str(conversation.total)) == brute_force.best_importance(position, settled)
    assert check(position, analysis) == ()


@pytest.mark.parametrize("seed", range(40))
def test_ten_offices_of_many_parties_and_weights_equal_brute_force(seed: int) -> None:
    rng = random.Random(seed)
    rule = Rule("majority", threshold=rng.choice([0.6, 0.75, 0.9]), quorum=rng.choice([0.5, 0.8]), opt_out=True)
    answers = "".join(rng.choices("AOR-.", [1, 2, 1, 2, 4], k=10))
    weights = [rng.choice([1, 2, 3, 5, 8]) for _ in range(10)]

    equals_brute_force(one_clause(answers, rule, parties="aabbccddee", weights=weights))
