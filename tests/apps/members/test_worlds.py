"""The invented network and the real register never refer to each other."""

from typing import Any

import pytest

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.members.actions import add_organization, add_person, appoint, correct_fact, join_network
from folkmoot.apps.members.models import Kind, Membership, NetworkMembership, Organization, Party, Person, Post
from folkmoot.apps.members.worlds import invented_references
from tests.apps.members.conftest import Network
from tests.cast import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


def test_the_shipped_register_beside_an_invented_network_is_clean(network: Network) -> None:
    assert invented_references() == []


def test_an_action_refuses_to_join_the_two(coordinator: Actor, network: Network) -> None:
    real_post = Post.objects.get(key="mayor-cumbria")
    real_party = Party.objects.get(key="labour")
    invented = add_person(coordinator, key="nell-byrne", name="Nell Byrne", invented=True)
    origin: Any = {"source": "A letter", "as_of": "2026-11-01"}
    with pytest.raises(Invalid, match="one is invented, the other is real"):
        appoint(coordinator, person=invented, post=real_post, valid_from="2026-11-01", **origin)
    with pytest.raises(Invalid, match="one is invented, the other is real"):
        appoint(
            coordinator, person=invented, post=network.post, party=real_party, valid_from="2019", valid_to="2020-01-01"
        )
    with pytest.raises(Invalid, match="one is invented, the other is real"):
        join_network(coordinator, organization=Organization.objects.get(key="london"), on=TODAY, **origin)
    with pytest.raises(Invalid, match="one is invented, the other is real"):
        add_organization(
            coordinator,
            key="unit",
            name="A unit",
            kind=Kind.PUBLIC_BODY,
            parent=Organization.objects.get(key="hmt"),
            invented=True,
        )
    with pytest.raises(Invalid, match="one is invented, the other is real"):
        correct_fact(coordinator, fact=network.term, field="party", value="Labour", reason="A slip.", **origin)
    assert invented_references() == []


def test_every_crossing_is_found(network: Network) -> None:
    real = Person.objects.get(key="andy-street")
    Membership.objects.filter(pk=network.term.pk).update(person=real)
    Organization.objects.filter(pk=network.authority.pk).update(parent=Organization.objects.get(key="hmt"))
    NetworkMembership.objects.create(organization=Organization.objects.get(key="london"), valid_from="2026-01-01")
    found = invented_references()
    assert len(found) == 4  # person and post, person and party, body and parent, members of both worlds
    assert any("“Andy Street” refers to “Mayor of Aldermere”" in line for line in found)
