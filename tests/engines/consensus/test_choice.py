"""Which of equals is chosen, that the order of replies does not matter, and that both ways of choosing agree."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.engines.consensus import Analysis, Link, Position, Rule, analyse, check, read_position
from folkmoot.engines.consensus import _choice as choice
from tests.engines.consensus.cases import clauses, large_position, small_position, small_positions


@given(small_positions(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_offices_reply_leaves_the_analysis_unchanged(position: Position, rng: random.Random) -> None:
    replies = list(position.responses)
    rng.shuffle(replies)

    assert analyse(replace(position, responses=tuple(replies))) == analyse(position)


def test_of_equals_the_earlier_clause_is_agreed() -> None:
    answers = {"a": {"1": "AA"}, "b": {"1": "AA"}}

    analysis = analyse(clauses(answers, Rule("no-objection"), links=[Link("excludes", ("b", "1"), ("a", "1"))]))

    assert [result.id for result in analysis.clauses if result.status == "agreed"] == ["a"]


@pytest.mark.parametrize(
    ("variants", "chosen"),
    [
        pytest.param({"1": "AAAA", "2": "SSSS"}, "1", id="the earlier of two that are as safe"),
        pytest.param({"1": "AAAO", "2": "AAAA"}, "2", id="the safer of two"),
        pytest.param({"1": "AOOO", "2": "AAOO"}, "2", id="the nearer of two that fail"),
        pytest.param({"1": "AAOO", "2": "AAOO"}, "1", id="the earlier of two as near"),
    ],
)
def test_of_several_variants_a_clause_takes(variants: dict[str, str], chosen: str) -> None:
    assert analyse(clauses({"a": variants}, Rule("majority"))).clauses[0].variant == chosen


def test_clauses_of_no_importance_are_agreed_all_the_same() -> None:
    analysis = analyse(clauses({"a": {"1": "AA"}}, Rule("no-objection"), importance={"a": 0}))

    assert (analysis.agreed_importance, analysis.clauses[0].status) == (0, "agreed")


@pytest.mark.parametrize("seed", range(40))
def test_highs_chooses_what_the_search_chooses(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    position = linked_position(seed)
    searched = analyse(position)

    monkeypatch.setattr(choice, "SEARCH_STEPS", 0)

    assert analyse(position) == searched


def linked_position(seed: int) -> Position:
    rng = random.Random(seed)
    position = small_position(rng)
    refs = [(clause.id, variant.id) for clause in position.clauses for variant in clause.variants]
    links = tuple(Link(rng.choice(["requires", "excludes"]), rng.choice(refs), rng.choice(refs)) for _ in range(6))
    return replace(position, rule=Rule("no-objection", quorum=0.1, each_party=False), links=links)


@pytest.mark.parametrize("seed", range(20))
def test_highs_takes_the_same_of_equals_as_the_search(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    answers = {f"c{n}": {"1": "AA", "2": "AA"} for n in range(8)}
    refs = [(clause, variant) for clause in answers for variant in "12"]
    links = [Link("excludes", rng.choice(refs), rng.choice(refs)) for _ in range(40)]
    position = clauses(answers, Rule("no-objection"), links=links)
    searched = analyse(position)

    monkeypatch.setattr(choice, "SEARCH_STEPS", 0)

    assert analyse(position) == searched


@pytest.fixture
def knotted(monkeypatch: pytest.MonkeyPatch) -> Position:
    monkeypatch.setattr(choice, "SEARCH_STEPS", 50)
    return read_position(large_position(5, links=700, against=0.02))


@pytest.mark.slow
def test_a_ceiling_that_cuts_the_proof_gives_a_gap(knotted: Position) -> None:
    cut = analyse(knotted, seconds=0)
    proved = analyse(knotted)

    assert (cut.status, proved.status, proved.gap) == ("feasible", "optimal", 0)
    assert cut.agreed_importance < proved.agreed_importance
    assert proved.agreed_importance <= cut.agreed_importance * (1 + cut.gap)
    assert keeps_its_links(knotted, cut)


def keeps_its_links(position: Position, analysis: Analysis) -> bool:
    agreed = {(result.id, result.variant) for result in analysis.clauses if result.status == "agreed"}
    for link in position.links:
        if link.if_ in agreed and (link.then in agreed) == (link.type == "excludes"):
            return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["majority", "no-objection", "unanimity"])
@pytest.mark.parametrize("weighted", [False, True])
def test_a_recount_of_forty_thousand_answers_agrees(kind: str, weighted: bool) -> None:
    against = 0.1 if kind == "majority" else 0.01
    position = read_position(large_position(2, kind=kind, against=against, links=100, weighted=weighted))

    analysis = analyse(position)

    assert analysis.status == "optimal"
    assert check(position, analysis) == ()
