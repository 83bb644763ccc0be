"""Offices are reminded by the clock, once, and told when the closing time moves; nothing sensitive stands in a mail."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Circulation
from folkmoot.apps.positions.scheduled import remind
from tests import positions_world as world
from tests.cast import MOMENT, Cast

CLOSES = MOMENT.replace(hour=12, minute=0) + timedelta(days=7)  # Wednesday; two working days before is Monday
MONDAY = MOMENT + timedelta(days=5)


@pytest.fixture
def network(cast: Cast) -> Cast:
    world.fill_register()
    return cast


def opened(cast: Cast, **more: Any) -> Circulation:
    circulation = world.circulate(cast, world.draft(cast, **more), closes_at=CLOSES)
    OutboxMessage.objects.all().delete()
    return circulation


def written() -> list[tuple[str, str]]:
    return sorted(OutboxMessage.objects.values_list("to_name", "subject"))


def test_who_owes_an_answer_is_reminded_once_two_working_days_before(network: Cast) -> None:
    circulation = opened(network)
    world.answer(network, circulation, "aldermere", {0: "support"})

    assert remind(MONDAY - timedelta(days=1)) == "No office had to be reminded."
    assert remind(MONDAY) == "Wrote 3 reminders."
    assert remind(MONDAY + timedelta(hours=1)) == "No office had to be reminded."

    assert {name for name, _subject in written()} == {"Rowan Pike", "Tess Quill", "Uma Rhodes"}
    assert all(subject.startswith("Reminder: Bus franchising") for _name, subject in written())


def test_an_office_that_was_just_reminded_by_hand_is_left_alone(network: Cast) -> None:
    circulation = opened(network)
    actions.remind(
        network.actor("officer", now=MONDAY - timedelta(days=1)),
        circulation=circulation,
        invitations=list(circulation.invitations.all()),
        page="https://folkmoot.invalid/",
    )

    assert remind(MONDAY) == "No office had to be reminded."


@pytest.mark.parametrize("after", [timedelta(days=7, hours=3), timedelta(days=9)])
def test_a_round_that_is_over_reminds_nobody(network: Cast, after: timedelta) -> None:
    opened(network)

    assert remind(MOMENT + after) == "No office had to be reminded."


def test_a_new_closing_time_is_told_to_those_who_owe_an_answer(network: Cast) -> None:
    circulation = opened(network)
    world.answer(network, circulation, "aldermere", {0: "support"})

    told = actions.extend(
        network.actor("officer"),
        circulation=circulation,
        closes_at=CLOSES + timedelta(days=1),
        page="https://folkmoot.invalid/positions/",
    )

    assert told == 3
    assert {subject for _name, subject in written()} == {
        "Bus franchising: your answer is now due by Thursday 3 December 2026, 12:00"
    }
    assert "https://folkmoot.invalid/positions/" in OutboxMessage.objects.all()[0].body


def test_of_a_sensitive_position_no_mail_says_more_than_that_there_is_one(network: Cast) -> None:
    circulation = opened(network, title="Ferry links", handling=Handling.OFFICIAL_SENSITIVE)
    actions.extend(network.actor("officer"), circulation=circulation, closes_at=CLOSES + timedelta(days=1), page="x")
    remind(MONDAY + timedelta(days=1))

    assert OutboxMessage.objects.count() > 3
    for mail in OutboxMessage.objects.all():
        assert "Ferry links" not in mail.subject + mail.body
