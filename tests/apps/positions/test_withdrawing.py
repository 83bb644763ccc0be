"""A position that will not be agreed is withdrawn, and the offices asked are told why."""

from typing import Any

import pytest

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Position
from tests.cast import Cast
from tests.positions_world import circulate, close, draft

WHY = "Overtaken by the bill on qzheronqz."


def withdrawn(cast: Cast, position: Position, part: str = "officer", reason: str = WHY) -> Position:
    position.refresh_from_db()
    actions.withdraw(cast.actor(part), position=position, reason=reason)
    return position


@pytest.mark.parametrize("part", ["administrator", "coordinator", "mayor", "member_officer", "guest", "stranger"])
def test_only_those_who_circulate_withdraw(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        withdrawn(cast, draft(cast), part)


def test_a_reason_is_needed(cast: Cast) -> None:
    with pytest.raises(Invalid, match="Say why"):
        withdrawn(cast, draft(cast), reason=" ")


def test_an_open_round_is_closed_first(network: Cast) -> None:
    position = draft(network)
    circulate(network, position)

    with pytest.raises(Conflict, match="Close it first"):
        withdrawn(network, position)


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_what_is_published_or_withdrawn_stays(cast: Cast, state: str) -> None:
    position = draft(cast)
    Position.objects.update(state=state)

    with pytest.raises(Conflict):
        withdrawn(cast, position)


def test_the_people_asked_are_told_why_and_it_stands_on_the_page(network: Cast, sign_in_as: Any) -> None:
    position = draft(network)
    close(network, circulate(network, position, keys=["aldermere", "stanwold"]))
    OutboxMessage.objects.all().delete()

    withdrawn(network, position)

    mails = OutboxMessage.objects.order_by("to_name")
    assert [m.to_name for m in mails] == ["Gwen Tarrant", "Idris Vale", "Maya Osei", "Uma Rhodes"]
    assert all(WHY in m.body and m.subject == "Bus franchising was withdrawn" for m in mails)
    assert WHY in sign_in_as("mayor").get(f"/positions/{position.key}/").content.decode()


def test_a_mail_about_a_sensitive_position_says_only_that_it_was_withdrawn(network: Cast) -> None:
    position = draft(network, title="Talks on qzheronqz", handling=Handling.OFFICIAL_SENSITIVE)
    close(network, circulate(network, position))
    OutboxMessage.objects.all().delete()

    withdrawn(network, position)

    assert OutboxMessage.objects.count() == 6
    assert not any("qzheronqz" in m.subject + m.body for m in OutboxMessage.objects.all())


def test_nobody_is_written_to_about_a_draft_that_nobody_was_sent(network: Cast) -> None:
    withdrawn(network, draft(network))

    assert not OutboxMessage.objects.exists()
