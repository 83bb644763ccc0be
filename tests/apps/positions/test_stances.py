"""How an office's six answers become the consensus engine's: the one page on which that is tested."""

from decimal import Decimal

import pytest

from folkmoot.apps.positions.models import Stance, TermsOfReference
from folkmoot.apps.positions.stances import (
    AS_IT_STANDS,
    OfficeAnswer,
    engine_position,
    engine_response,
    engine_rule,
    on_the_text,
    variants_of,
)
from folkmoot.engines import consensus

OFFICES = [("aldermere", "Civic League"), ("harrowmoor", "Town and Country"), ("stanwold", "Northern Independents")]


def given(office: str, stance: str, wording: str = "") -> OfficeAnswer:
    return OfficeAnswer(office, "c1", stance, wording)


@pytest.mark.parametrize(
    ("stance", "wording", "variant", "engine"),
    [
        (Stance.SUPPORT, "", AS_IT_STANDS, "support"),
        (Stance.ACCEPT, "", AS_IT_STANDS, "accept"),
        (Stance.NO_VIEW, "", AS_IT_STANDS, "no-view"),
        (Stance.OBJECT, "", AS_IT_STANDS, "object"),
        (Stance.RED_LINE, "", AS_IT_STANDS, "red-line"),
        (Stance.IF_AMENDED, "five-years", "five-years", "accept"),
    ],
)
def test_each_answer_speaks_of_one_variant(stance: str, wording: str, variant: str, engine: str) -> None:
    response = engine_response(given("aldermere", stance, wording))
    assert response == consensus.Response("aldermere", "c1", variant, engine)


def test_support_if_amended_without_an_amendment_tells_nothing() -> None:
    assert engine_response(given("aldermere", Stance.IF_AMENDED)) is None


@pytest.mark.parametrize("stance", [*Stance.values, "none"])
def test_on_the_text_as_it_stands_support_if_amended_is_no_answer(stance: str) -> None:
    assert on_the_text(stance) == ("none" if stance in {Stance.IF_AMENDED, "none"} else stance)


def test_the_variants_are_the_text_and_each_wording_once() -> None:
    answers = [
        given("a", Stance.IF_AMENDED, "y"),
        given("b", Stance.IF_AMENDED, "x"),
        given("c", Stance.IF_AMENDED, "x"),
    ]
    assert variants_of([*answers, given("d", Stance.OBJECT)]) == [AS_IT_STANDS, "x", "y"]


def analysed(*answers: OfficeAnswer, **rule: object) -> consensus.ClauseResult:
    terms = TermsOfReference(**{"rule": "no-objection", "each_party": False, "quorum": Decimal(0), **rule})
    return consensus.analyse(engine_position(terms, OFFICES, [("c1", 1)], answers)).clauses[0]


def test_silence_is_never_consent() -> None:
    result = analysed(given("aldermere", Stance.SUPPORT), given("harrowmoor", Stance.SUPPORT), rule="unanimity")
    assert result.status != "agreed"
    assert analysed(quorum=Decimal("0.5")).status == "open"


def test_the_same_amendment_of_all_offices_is_agreed_in_their_wording() -> None:
    result = analysed(*(given(office, Stance.IF_AMENDED, "five-years") for office, _ in OFFICES), rule="unanimity")
    assert (result.status, result.variant) == ("agreed", "five-years")


def test_one_objection_to_the_text_blocks_it() -> None:
    result = analysed(given("aldermere", Stance.SUPPORT), given("harrowmoor", Stance.OBJECT))
    assert (result.status, result.blockers) == ("blocked", ("harrowmoor",))


def test_an_office_without_a_party_is_no_party_that_must_be_heard() -> None:
    position = engine_position(TermsOfReference(), [("aldermere", "")], [("c1", 1)], [])
    assert position.members[0].party is None


def test_the_rule_is_that_of_the_terms() -> None:
    terms = TermsOfReference(
        rule="majority", threshold=Decimal("0.60"), each_party=True, quorum=Decimal("0.25"), opt_out=True
    )
    assert engine_rule(terms) == consensus.Rule("majority", threshold=0.6, each_party=True, quorum=0.25, opt_out=True)
