"""A fallback shows to the people named on it, and nothing else in the product tells that there is one."""

from dataclasses import replace

import pytest

from folkmoot.apps.access import trail
from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.access.roles import Role
from folkmoot.apps.positions import actions
from folkmoot.apps.positions.models import Clause, Position
from folkmoot.apps.positions.queries.common import fallbacks_for
from tests.cast import Cast, act
from tests.positions_world import draft


@pytest.fixture
def position(network: Cast) -> Position:
    return draft(network)


def note(network: Cast, position: Position) -> None:
    clause = Clause.objects.filter(position=position).first()
    assert clause is not None
    actions.note_fallback(network.actor("officer"), clause=clause, words="Two years.", people=[network.deputy])


def test_the_trail_tells_a_fallback_from_a_changed_title_to_nobody(network: Cast, position: Position) -> None:
    note(network, position)
    actions.change_position(
        network.actor("officer"),
        position=position,
        title="Buses",
        issue="",
        handling=position.handling,
        lead=network.officer,
    )
    changed, noted = trail.export_trail(network.actor("head"), trail.TrailFilter())[:2]
    assert replace(changed, number=0, hash="") == replace(noted, number=0, hash="")
    assert noted.reference == f"positions.position-{position.pk}"
    assert not [verb for verb in trail.verbs() if "fallback" in verb]
    assert not AuditEntry.objects.filter(record="positions.fallback").exists()


def test_the_trail_is_whole_and_holds_a_row_for_the_fallback(network: Cast, position: Position) -> None:
    before = AuditEntry.objects.count()
    note(network, position)
    assert AuditEntry.objects.count() == before + 1
    assert trail.verify_trail(network.actor("head")) == []


@pytest.mark.parametrize("role", [Role.MEMBER_OFFICER, Role.GUEST])
def test_who_has_left_the_secretariat_reads_its_fallbacks_no_more(
    network: Cast, position: Position, role: Role
) -> None:
    note(network, position)
    assert fallbacks_for(network.actor("deputy"), position).count() == 1
    network.deputy.role = role
    network.deputy.save()
    assert not fallbacks_for(act(network.deputy), position).exists()
