"""Paragraphs kept from an office: no wording that it writes, and no step back in the text, tells it of them."""

import pytest

from folkmoot.apps.positions import actions, editions
from folkmoot.apps.positions.actions import GivenAnswer
from folkmoot.apps.positions.models import Amendment, Position
from folkmoot.apps.positions.queries.answering import desk_for
from tests.cast import Cast
from tests.positions_world import answer, circulate, draft, invitation_of

KEPT = "The settlement should be paid in one grant."
OPEN = "We ask that government gives each authority a revenue settlement of at least three years."


@pytest.fixture
def narrowed(network: Cast) -> Position:
    """The second paragraph of clause 2 is for the secretariat and Harrowmoor alone."""
    position = draft(network)
    version = position.versions.get()
    clause = version.clause_texts.get(place=1)
    last = clause.last_paragraph
    officer = network.actor("officer")
    actions.narrow(officer, version=version, first=last, last=last, audience="named", offices=["harrowmoor"])
    return position


@pytest.mark.parametrize("words", [OPEN.replace("three", "five"), f"{OPEN}\nIt should be paid each April."])
def test_a_wording_is_compared_with_the_office_s_own_copy(network: Cast, narrowed: Position, words: str) -> None:
    circulation = circulate(network, narrowed)
    answer(network, circulation, "aldermere", {1: GivenAnswer("if-amended", proposed_words=words)})
    asked = [(a.kind, a.before, a.after) for a in Amendment.objects.all()]
    assert asked == (
        [("replace", "three", "five")]
        if "five" in words
        else [("paragraph-insert", "", "It should be paid each April.")]
    )
    desk = desk_for(network.actor("mayor"), invitation_of(circulation, "aldermere"))
    assert KEPT not in str(desk.clauses)


def test_an_amendment_by_form_stands_at_its_place_in_the_whole_text(network: Cast, narrowed: Position) -> None:
    circulation = circulate(network, narrowed)
    words = GivenAnswer("if-amended", proposed_words=f"{OPEN}\nIt should be paid each April.")
    answer(network, circulation, "aldermere", {1: words})
    clause = circulation.version.clause_texts.get(place=1)
    assert Amendment.objects.get().paragraph == clause.last_paragraph - 1


def test_going_back_to_a_version_keeps_what_was_kept_back_since(network: Cast) -> None:
    officer = network.actor("officer")
    position = draft(network)
    first = position.versions.get()
    second = actions.restore_version(officer, version=first)
    last = second.clause_texts.get(place=1).last_paragraph
    actions.narrow(officer, version=second, first=last, last=last, audience="named", offices=["harrowmoor"])
    third = actions.restore_version(officer, version=first)
    assert [(m.first_paragraph, m.last_paragraph, m.audience) for m in third.narrow_marks.all()] == [
        (last, last, "named")
    ]
    assert editions.hidden_from_office(third, "aldermere") == (last,)
    assert editions.hidden_from_office(third, "harrowmoor") == ()


def test_going_back_marks_nothing_twice(network: Cast, narrowed: Position) -> None:
    again = actions.restore_version(network.actor("officer"), version=narrowed.versions.get())
    assert again.narrow_marks.count() == 1
