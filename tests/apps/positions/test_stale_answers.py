"""An office's answer while somebody else closes the round, submits or replaces it: what stands is what counts."""

from datetime import timedelta

import pytest

from folkmoot.apps.access.gate import Conflict
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.actions import GivenAnswer
from folkmoot.apps.positions.models import Answer, Circulation, Return
from tests.cast import MOMENT, Cast
from tests.positions_world import CLOSES, answer, circulate, close, draft


@pytest.fixture
def circulation(network: Cast) -> Circulation:
    return circulate(network, draft(network))


def seen(ret: Return) -> Return:
    """The answer with its round, as a page loaded them a moment ago."""
    return Return.objects.select_related("invitation__circulation").get(pk=ret.pk)


def test_nothing_is_kept_once_the_round_was_closed(network: Cast, circulation: Circulation) -> None:
    before = seen(answer(network, circulation, "aldermere", {0: "support"}, submit=False))
    close(network, circulation, now=MOMENT)
    key = circulation.version.clause_texts.get(place=1).clause.key
    with pytest.raises(Conflict, match="has closed"):
        actions.save_answers(network.actor("mayor"), ret=before, answers={key: GivenAnswer("support")})
    assert Answer.objects.count() == 1


def test_a_submitted_answer_is_not_changed_from_an_older_page(network: Cast, circulation: Circulation) -> None:
    before = seen(answer(network, circulation, "aldermere", {0: "support"}, submit=False))
    officer = network.actor("member_officer")
    actions.submit_return(officer, ret=seen(before), whose_view="officer", cleared_by="Pat Clear")
    key = circulation.version.clause_texts.get(place=0).clause.key
    with pytest.raises(Conflict, match="submitted already"):
        actions.save_answers(network.actor("mayor"), ret=before, answers={key: GivenAnswer("no-view")})
    assert Answer.objects.get().stance == "support"


def test_an_answer_that_was_replaced_is_not_withdrawn(network: Cast, circulation: Circulation) -> None:
    before = seen(answer(network, circulation, "aldermere", {0: "support"}))
    answer(network, circulation, "aldermere", {0: "no-view"})
    with pytest.raises(Conflict, match="not submitted"):
        actions.withdraw_return(network.actor("mayor"), ret=before)
    assert Return.objects.get(pk=before.pk).state == "superseded"


def test_a_withdrawn_answer_is_not_released(network: Cast, circulation: Circulation) -> None:
    before = seen(answer(network, circulation, "aldermere", {0: "support"}))
    actions.withdraw_return(network.actor("mayor"), ret=seen(before))
    with pytest.raises(Conflict):
        actions.release_return(network.actor("mayor"), ret=before)
    assert Return.objects.get().released_at is None


def test_a_round_that_was_closed_gets_no_more_time(network: Cast, circulation: Circulation) -> None:
    before = Circulation.objects.get()
    close(network, circulation, now=MOMENT)
    with pytest.raises(Conflict, match="has closed"):
        actions.extend(network.actor("officer"), circulation=before, closes_at=CLOSES + timedelta(days=3))
    assert Circulation.objects.get().closes_at == CLOSES


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_the_closing_moment_itself_is_too_late(network: Cast, circulation: Circulation, late: timedelta) -> None:
    ret = answer(network, circulation, "aldermere", {0: "support"}, submit=False)
    officer = network.actor("member_officer", now=CLOSES + late)
    with pytest.raises(Conflict, match="has closed"):
        actions.submit_return(officer, ret=ret, whose_view="officer", cleared_by="Pat Clear")
