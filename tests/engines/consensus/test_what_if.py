"""What-if: the analysis as it would be once certain offices accept."""

import pytest

from folkmoot.engines.consensus import BadPosition, Rule, analyse, check, what_if
from tests.engines.consensus.cases import clauses

POSITION = clauses({"a": {"1": "AOO"}, "b": {"1": "AA."}}, Rule("unanimity"), importance={"a": 2, "b": 5})


def test_nothing_asked_changes_nothing() -> None:
    assert what_if(POSITION, []) == analyse(POSITION)


def test_a_changed_mind_replaces_the_answer_and_an_absent_one_is_given() -> None:
    analysis = what_if(POSITION, [("m1", "a", "1"), ("m2", "b", "1")])

    assert [(result.status, result.blockers) for result in analysis.clauses] == [("blocked", ("m2",)), ("agreed", ())]


def test_each_conversation_brings_the_total_that_it_promises() -> None:
    for conversation in analyse(POSITION).conversations:
        accepts = [(member, conversation.clause, conversation.variant) for member in conversation.members]

        assert what_if(POSITION, accepts).agreed_importance == conversation.total


@pytest.mark.parametrize("accept", [("m9", "a", "1"), ("m1", "z", "1"), ("m1", "a", "z")])
def test_who_or_what_is_not_there_cannot_accept(accept: tuple[str, str, str]) -> None:
    with pytest.raises(BadPosition, match="the position has no such answer"):
        what_if(POSITION, [accept])


def test_the_position_itself_stays_as_it_was() -> None:
    before = analyse(POSITION)
    what_if(POSITION, [("m1", "a", "1"), ("m2", "a", "1")])

    assert analyse(POSITION) == before
    assert check(POSITION, before) == ()
