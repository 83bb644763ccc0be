"""The checker notices each thing that could be wrong with an analysis."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from folkmoot.engines.consensus import Analysis, Conversation, Link, Position, Rule, analyse, check
from tests.engines.consensus.cases import clauses


@pytest.fixture
def position() -> Position:
    return clauses(
        {"a": {"1": "AAAA"}, "b": {"1": "AAAA", "2": "AAOO"}, "c": {"1": "AAO."}, "d": {"1": "A..."}},
        Rule("majority", quorum=0.75),
        links=[Link("excludes", ("a", "1"), ("b", "1"))],
        parties="ppqq",
        importance={"a": 3},
    )


def change(place: int, **values: object) -> Callable[[Analysis], Analysis]:
    def changed(analysis: Analysis) -> Analysis:
        results = list(analysis.clauses)
        results[place] = replace(results[place], **values)  # type: ignore[arg-type]
        return replace(analysis, clauses=tuple(results))

    return changed


def talk(place: int, **values: object) -> Callable[[Analysis], Analysis]:
    def changed(analysis: Analysis) -> Analysis:
        listed = list(analysis.conversations)
        listed[place] = replace(listed[place], **values)  # type: ignore[arg-type]
        return replace(analysis, conversations=tuple(listed))

    return changed


def test_it_finds_nothing_wrong_with_a_right_analysis(position: Position) -> None:
    assert check(position, analyse(position)) == ()


@pytest.mark.parametrize(
    ("spoil", "finding"),
    [
        (lambda analysis: replace(analysis, agreed_importance=9), "The agreed clauses come to 3, not 9."),
        (lambda analysis: replace(analysis, gap=0.5), "The choice is called optimal with a gap of 0.5."),
        (lambda analysis: replace(analysis, clauses=analysis.clauses[:2]), "The clauses are not the position's"),
        (change(0, status="open"), "The best choice is {'a': '1'}"),
        (change(1, status="agreed"), "The choice breaks the link"),
        (change(2, status="agreed"), "c is agreed in 1, which the rule does not pass."),
        (change(0, margin=2), "a can lose 1, not 2."),
        (change(0, variant="9"), "a speaks of the variant 9, which it has not."),
        (change(1, link=None), "b passes the rule, and no link is named that keeps it out."),
        (change(1, variant="2", margin=-1), "b speaks of 2, which is not the safest that passes."),
        (change(2, margin=-3), "c does not lack 3."),
        (change(2, blockers=("m3",)), "c is blocked by ['m2'], not blocked by ['m3']."),
        (change(3, status="blocked"), "d is open by [], not blocked by []."),
        (talk(0, members=("m0",)), "b in 2 does not pass when (0,) accept."),
        (talk(0, total=7), "With b in 2 the best total is 4, not 7."),
        (lambda analysis: replace(analysis, conversations=analysis.conversations[1:]), "smallest sets, and"),
        (lambda analysis: replace(analysis, conversations=analysis.conversations[::-1]), "not distinct and in order"),
        (
            lambda analysis: replace(
                analysis, conversations=(Conversation("a", "1", ("m0",), 3), *analysis.conversations)
            ),
            "a is agreed and needs no conversation.",
        ),
    ],
)
def test_it_names_what_is_wrong(position: Position, spoil: Callable[[Analysis], Analysis], finding: str) -> None:
    findings = check(position, spoil(analyse(position)))

    assert any(finding in sentence for sentence in findings), findings


def test_it_finds_a_set_that_is_not_the_smallest(position: Position) -> None:
    analysis = analyse(position)
    larger = tuple(replace(c, members=("m1", "m2", "m3")) if c.clause == "b" else c for c in analysis.conversations)

    findings = check(position, replace(analysis, conversations=larger))

    assert any("can be settled with fewer members" in sentence for sentence in findings), findings


def test_it_finds_a_better_choice_than_the_gap_allows(position: Position) -> None:
    lost = tuple(replace(result, status="open") for result in analyse(position).clauses)
    analysis = Analysis("feasible", 0.1, 0, lost, ())

    assert any("leaves out the best choice, worth 3" in sentence for sentence in check(position, analysis))
