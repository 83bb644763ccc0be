"""How a stance counts, rule by rule; S is support, A accept, - no view, O object, R a red line and . no answer."""

import pytest

from folkmoot.engines.consensus import Rule, analyse, check
from tests.engines.consensus.cases import one_clause

UNANIMITY = Rule("unanimity")
NO_OBJECTION = Rule("no-objection")
MAJORITY = Rule("majority")
FREE = Rule("majority", threshold=0, each_party=False)


@pytest.mark.parametrize(
    ("rule", "answers", "status", "blockers", "margin"),
    [
        pytest.param(UNANIMITY, "SAAA", "agreed", "", 0, id="everybody supports or accepts"),
        pytest.param(UNANIMITY, "SAA-", "open", "", -1, id="no view does not satisfy unanimity"),
        pytest.param(UNANIMITY, "SA..", "open", "", -2, id="silence is not consent"),
        pytest.param(UNANIMITY, "SAO.", "blocked", "m2", -2, id="an objection stands against it"),
        pytest.param(NO_OBJECTION, "SA--", "agreed", "", 0, id="no view does not object"),
        pytest.param(NO_OBJECTION, "SA..", "agreed", "", 0, id="half have answered"),
        pytest.param(NO_OBJECTION, "S...", "open", "", -1, id="the quorum is missed by one"),
        pytest.param(NO_OBJECTION, "SAOR", "blocked", "m2 m3", -2, id="both who object must change"),
        pytest.param(NO_OBJECTION, "----", "open", "", -1, id="the party must be heard in favour"),
        pytest.param(Rule("no-objection", each_party=False), "----", "agreed", "", 0, id="nobody objects"),
        pytest.param(Rule("no-objection", each_party=False, quorum=0), "....", "open", "", -1, id="nobody answered"),
        pytest.param(MAJORITY, "SAAO", "agreed", "", 0, id="exactly three quarters"),
        pytest.param(MAJORITY, "SAAA", "agreed", "", 1, id="one could turn"),
        pytest.param(MAJORITY, "SAA", "agreed", "", 0, id="if one of three turned, two thirds would not do"),
        pytest.param(MAJORITY, "SAOO", "blocked", "m2 m3", -1, id="half is not three quarters"),
        pytest.param(MAJORITY, "SAA-O", "agreed", "", 0, id="no view takes no side"),
        pytest.param(MAJORITY, "SAAAAAAR", "blocked", "m7", -1, id="never against a red line"),
        pytest.param(Rule("majority", opt_out=True), "SAAAAAAR", "agreed", "", 1, id="unless it may opt out"),
        pytest.param(Rule("majority", opt_out=True), "SR", "blocked", "m1", -1, id="an opt-out still counts against"),
        pytest.param(MAJORITY, "----", "open", "", -1, id="not where nobody supports or accepts"),
        pytest.param(
            Rule("majority", threshold=0, each_party=False), "O-", "blocked", "m0", -1, id="nor at threshold 0"
        ),
        pytest.param(Rule("majority", threshold=0.8), "AAAAO", "agreed", "", 0, id="0.8 of five is four"),
        pytest.param(Rule("majority", quorum=0), "A...", "agreed", "", 0, id="one answer is enough without a quorum"),
        pytest.param(Rule("majority", quorum=1), "AAA-", "agreed", "", 0, id="no view answers for the quorum"),
        pytest.param(Rule("majority", quorum=1), "AAA.", "open", "", -1, id="silence does not"),
    ],
)
def test_status_blockers_and_margin(rule: Rule, answers: str, status: str, blockers: str, margin: int) -> None:
    position = one_clause(answers, rule)

    analysis = analyse(position)

    (result,) = analysis.clauses
    assert (result.status, " ".join(result.blockers), result.margin) == (status, blockers, margin)
    assert check(position, analysis) == ()


@pytest.mark.parametrize(
    ("answers", "parties", "status", "sets"),
    [
        pytest.param("AAAA", "aabb", "agreed", [], id="both parties are heard"),
        pytest.param("AA--", "aabb", "open", ["m2", "m3"], id="either of b would do"),
        pytest.param("AAA-", "aaab", "open", ["m3"], id="only b's one member would do"),
        pytest.param("AA--..", "aabbcc", "open", ["m2 m4", "m2 m5", "m3 m4", "m3 m5"], id="one of b and one of c"),
        pytest.param("AAO", "aab", "blocked", ["m2"], id="who objects is also the missing party"),
    ],
)
def test_each_party_must_be_heard_in_favour(answers: str, parties: str, status: str, sets: list[str]) -> None:
    position = one_clause(answers, MAJORITY, parties=parties)

    analysis = analyse(position)

    assert analysis.clauses[0].status == status
    assert [" ".join(conversation.members) for conversation in analysis.conversations] == sets
    assert check(position, analysis) == ()


def test_a_member_without_a_party_is_nobodys() -> None:
    position = one_clause("A-", Rule("majority"), parties=["a", None])  # type: ignore[arg-type]

    assert analyse(position).clauses[0].status == "agreed"


@pytest.mark.parametrize(
    ("answers", "weights", "status", "margin", "sets"),
    [
        pytest.param("AO", [3, 1], "agreed", 0, [], id="three of four"),
        pytest.param("AO", [2.5, 1], "blocked", -0.5, ["m1"], id="two and a half of three and a half"),
        pytest.param("AOO", [1, 1, 2], "blocked", -2, ["m2"], id="the heavy one alone would do"),
        pytest.param("AAAO", [30, 30, 30, 10], "agreed", 10, [], id="weights count in their common unit"),
        pytest.param("AOOO", [3, 2, 2, 1], "blocked", -3, ["m1 m2", "m1 m3", "m2 m3"], id="two with weight five"),
    ],
)
def test_weights_count(answers: str, weights: list[float], status: str, margin: float, sets: list[str]) -> None:
    position = one_clause(answers, MAJORITY, weights=weights)

    analysis = analyse(position)

    assert (analysis.clauses[0].status, analysis.clauses[0].margin) == (status, margin)
    assert [" ".join(conversation.members) for conversation in analysis.conversations] == sets
    assert check(position, analysis) == ()


def test_a_position_without_members_agrees_nothing() -> None:
    position = one_clause("", UNANIMITY)

    analysis = analyse(position)

    assert [result.status for result in analysis.clauses] == ["open"]
    assert analysis.conversations == ()
