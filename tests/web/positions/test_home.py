"""What of the positions stands on a person's home page."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.positions.models import Position
from folkmoot.apps.positions.queries.due import positions_to_decide, rounds_to_watch
from folkmoot.web.positions.home import items
from folkmoot.web.shell.home import HomeItem
from tests.cast import Cast
from tests.positions_world import AFTER_CLOSING, CLOSES, answer, circulate, close, draft, send_word


def waiting(cast: Cast, part: str, **changes: Any) -> list[HomeItem]:
    return items(cast.actor(part, **changes))


def test_an_office_finds_that_its_answer_is_due(network: Cast, sign_in_as: Any) -> None:
    circulation = circulate(network, draft(network), keys=["aldermere", "harrowmoor"])
    answer(network, circulation, "harrowmoor", {0: "support"}, submit=False)

    aldermere, harrowmoor = waiting(network, "mayor"), waiting(network, "other_officer")

    assert [(i.title, i.due, i.verb) for i in aldermere] == [
        ("Bus franchising: your office’s answer", CLOSES, "Answer")
    ]
    assert [i.verb for i in harrowmoor] == ["Go on"]
    assert waiting(network, "third_officer") == waiting(network, "guest") == waiting(network, "administrator") == []
    assert "Bus franchising: your office’s answer" in sign_in_as("mayor").get("/").content.decode()


def test_an_answer_that_was_given_or_came_too_late_is_due_no_more(network: Cast) -> None:
    circulation = circulate(network, draft(network))
    answer(network, circulation, "harrowmoor", {0: "support"})

    assert waiting(network, "other_officer") == []
    assert waiting(network, "third_officer") != []
    assert waiting(network, "third_officer", now=AFTER_CLOSING) == []


def test_those_who_run_a_round_find_who_is_missing_and_when_it_is_over(network: Cast) -> None:
    circulation = circulate(network, draft(network))
    answer(network, circulation, "harrowmoor", {0: "support"})

    before, after = waiting(network, "officer"), waiting(network, "officer", now=AFTER_CLOSING)

    assert [(i.why, i.verb, i.overdue) for i in before] == [
        ("2 offices have not answered: Aldermere, Stanwold. Closes Fri 4 Dec 2026, 12:00.", "Remind", False)
    ]
    assert [(i.verb, i.overdue) for i in after] == [("Close", True)]
    assert waiting(network, "coordinator") == []


def test_a_round_that_closes_later_or_that_all_have_answered_needs_nobody(network: Cast) -> None:
    circulate(network, draft(network), closes_at=CLOSES + timedelta(days=14))
    answered = circulate(network, draft(network), keys=["harrowmoor"])
    answer(network, answered, "harrowmoor", {0: "support"})

    assert rounds_to_watch(network.actor("officer")) == []


def test_whoever_leads_finds_how_many_amendments_are_undecided(network: Cast) -> None:
    position = draft(network)
    circulation = circulate(network, position)
    send_word(network, circulation, "stanwold", [("ninety", "sixty"), ("three", "five")])
    answer(network, circulation, "harrowmoor", {0: "support"})
    close(network, circulation)

    assert positions_to_decide(network.actor("officer")) == [(Position.objects.get(), 2)]
    assert positions_to_decide(network.actor("deputy")) == []
    assert [i.why for i in waiting(network, "officer")] == ["2 amendments undecided."]


@pytest.mark.parametrize(
    ("part", "why", "delegated"),
    [
        ("mayor", "Waits for your signature.", False),
        ("chief_executive", "Waits for the signature of Gwen Tarrant.", True),
    ],
)
def test_whoever_may_sign_finds_what_waits_for_it(network: Cast, part: str, why: str, delegated: bool) -> None:
    close(network, circulate(network, draft(network)))
    Position.objects.update(state="signing")

    assert [(i.why, i.delegated, i.verb) for i in waiting(network, part)] == [(why, delegated, "Read and sign")]
    assert waiting(network, "member_officer") == []


def test_a_personal_link_brings_no_home_page(network: Cast) -> None:
    circulation = circulate(network, draft(network))

    assert waiting(network, "mayor", confined=f"circulation:{circulation.pk}") == []


def test_what_is_agreed_waits_for_whoever_publishes(network: Cast, sign_in_as: Any) -> None:
    position = draft(network)
    position.state = "agreed"
    position.save()
    assert "publish it" in sign_in_as("head").get("/").content.decode()
    for part in ("officer", "deputy", "mayor", "guest"):
        assert "publish it" not in sign_in_as(part).get("/").content.decode()
