"""The hand-over pack: for whom it opens, and what its reader may see in it."""

from datetime import timedelta

import pytest

from folkmoot.apps.access.actions import delegate, end_delegation
from folkmoot.apps.access.audience import Audience, list_on
from folkmoot.apps.access.models import Delegation
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.agenda.queries.handover import handover_pack
from tests.agenda_world import Agenda, add_entry
from tests.cast import MOMENT, Cast


def lend(cast: Cast) -> Delegation:
    """The head lets the deputy publish, from tomorrow."""
    return delegate(
        cast.actor("head"),
        delegate=cast.deputy,
        permissions=[Permission.PUBLISH],
        starts_at=MOMENT + timedelta(days=1),
        ends_at=MOMENT + timedelta(days=15),
    )


def test_it_is_ready_as_soon_as_the_delegation_is_given(agenda: Agenda, cast: Cast) -> None:
    lend(cast)
    add_entry(cast, agenda.meeting, title="The budget", owner=cast.head)

    pack = handover_pack(cast.actor("deputy"), cast.head.key)

    assert pack is not None
    assert [task.sentences for task in pack.tasks] == [("Publish a signed position and correct what was published.",)]
    assert [shown.meeting for shown in pack.meetings] == [agenda.meeting]
    assert [line.heading for line in pack.meetings[0].lines] == ["Matters arising", "Bus franchising", "The budget"]
    assert [entry.title for entry in pack.items] == ["The budget"]
    assert [seat.account.name for seat in pack.seats] == ["Idris Vale"]


@pytest.mark.parametrize("part", ["officer", "coordinator", "mayor", "administrator", "guest", "stranger"])
def test_it_opens_for_nobody_else(agenda: Agenda, cast: Cast, part: str) -> None:
    lend(cast)

    assert handover_pack(cast.actor(part), cast.head.key) is None


def test_it_closes_with_the_delegation(agenda: Agenda, cast: Cast) -> None:
    end_delegation(cast.actor("head"), delegation=lend(cast))

    assert handover_pack(cast.actor("deputy"), cast.head.key) is None
    assert handover_pack(cast.actor("head"), cast.head.key) is not None


def test_what_only_the_one_who_is_away_may_read_is_not_in_it(agenda: Agenda, cast: Cast) -> None:
    lend(cast)
    private = add_entry(cast, None, title="A private matter", owner=cast.head, audience=Audience.PRIVATE)
    list_on(private, f"account:{cast.head.pk}")

    for_deputy, own = (handover_pack(cast.actor(part), cast.head.key) for part in ("deputy", "head"))

    assert for_deputy is not None
    assert own is not None
    assert [entry.title for entry in for_deputy.items] == []
    assert [entry.title for entry in own.items] == ["A private matter"]
