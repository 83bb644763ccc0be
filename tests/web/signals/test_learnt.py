"""What was learnt from the sorting: proposed with its effect, used only by a click, and left again by one."""

from typing import Any

import pytest
from django.urls import reverse

from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals import actions, learnt
from folkmoot.apps.signals.models import Learnt, Signal, Standing, Watch
from folkmoot.apps.signals.queries.learnt import board
from folkmoot.apps.signals.weighing import weigh_new
from tests.apps.signals.world import add, item, tell, watch
from tests.cast import MOMENT, Cast
from tests.web.issues.test_issues import page, send

HALF = learnt.LEAST_LABELS // 2
GOOD, BAD = "Ferry timetable franchise", "Ferry museum jubilee"


def sorted_signals(cast: Cast, half: int = HALF) -> Watch:
    """Some that were accepted and as many that were dismissed, and one of the good kind that waits."""
    looked_for = watch(cast, "ferry")
    titles = [GOOD, BAD] * half
    told = tell(add(cast), *(item(n, title=f"{title} {n}") for n, title in enumerate([*titles, GOOD], 1)))
    weigh_new(MOMENT)
    officer = cast.actor("officer")
    for signal in Signal.objects.filter(pk__in=[each.pk for each in told[:-1]]).order_by("pk"):
        if signal.title.startswith(GOOD):
            actions.accept(officer, signal=signal, issue=looked_for.issue)
        else:
            actions.dismiss(officer, signal=signal, why="A museum.")
    return looked_for


def parts(signal: Signal) -> set[str]:
    weigh_new(MOMENT)
    return {reason["part"] for score in signal.scores.all() for reason in score.reasons}


def test_what_was_learnt_counts_once_it_is_used_and_no_longer_than_that(cast: Cast, sign_in_as: Any) -> None:
    sorted_signals(cast)
    waiting = Signal.objects.get(sorting="inbox")
    officer = sign_in_as("officer")
    assert "The radar is learning." in send(officer, "learnt_learn")
    proposal = learnt.propose(MOMENT, by=cast.officer.pk)
    assert proposal is not None and proposal.labels == 2 * HALF
    text = page(officer, "learnt")
    assert f"{HALF} accepted, {HALF} dismissed" in text and "franchise" in text and "museum" in text
    assert "Would rise" in text and reverse("signal", args=[waiting.key]) in text
    assert "learned" not in parts(waiting)
    assert "It is in use." in send(officer, "learnt_use", proposal.key)
    assert "learned" in parts(waiting)
    assert learnt.propose(MOMENT, by=cast.officer.pk) is None
    assert "is in use already" in send(officer, "learnt_use", proposal.key)
    assert "no proposal any more" in send(officer, "learnt_set_aside", proposal.key)
    assert "Nothing that was learnt is in use any more." in send(officer, "learnt_none")
    assert "learned" not in parts(waiting)
    assert "Nothing that was learnt is in use." in send(officer, "learnt_none")


def test_a_newer_proposal_changes_nothing_and_an_earlier_version_is_one_click_away(
    cast: Cast, sign_in_as: Any, django_assert_num_queries: Any
) -> None:
    sorted_signals(cast)
    officer = sign_in_as("officer")
    first = learnt.propose(MOMENT, by=cast.officer.pk)
    assert first is not None
    actions.use(cast.actor("officer"), learnt=first)
    actions.dismiss(cast.actor("officer"), signal=Signal.objects.get(sorting="inbox"), why="Not now.")
    second = learnt.propose(MOMENT, by=cast.officer.pk)
    assert second is not None and Learnt.objects.get(state=Standing.IN_USE) == first
    with django_assert_num_queries(8):
        assert board(cast.actor("officer")).proposed == second
    send(officer, "learnt_use", second.key)
    assert Learnt.objects.get(state=Standing.IN_USE) == second
    send(officer, "learnt_use", first.key)
    assert Learnt.objects.get(state=Standing.IN_USE) == first
    assert board(cast.actor("officer")).earlier == (second,)


def test_too_few_decisions_say_how_many_are_missing(cast: Cast, sign_in_as: Any) -> None:
    sorted_signals(cast, half=3)
    missing = learnt.LEAST_LABELS - 6
    assert f"accept or dismiss {missing} more" in page(sign_in_as("officer"), "learnt")
    assert f"Accept or dismiss {missing} more." in send(sign_in_as("officer"), "learnt_learn")
    assert learnt.propose(MOMENT, by=cast.officer.pk) is None


def test_what_stands_on_a_private_issue_teaches_nothing(cast: Cast) -> None:
    looked_for = sorted_signals(cast, half=1)
    assert len(learnt.labels()) == 2
    Issue.objects.filter(pk=looked_for.issue_id).update(audience="private")
    assert learnt.labels() == []


@pytest.mark.parametrize("name", ["learnt_use", "learnt_set_aside"])
def test_what_nobody_knows_is_not_found(cast: Cast, sign_in_as: Any, name: str) -> None:
    assert sign_in_as("officer").post(reverse(name, args=["nothing"])).status_code == 404
