"""The register as it ships, and a small invented network beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.roles import Role
from folkmoot.apps.members.actions import add_organization, add_party, add_person, add_post, appoint, join_network
from folkmoot.apps.members.importing import SHIPPED, ImportReport, import_facts
from folkmoot.apps.members.models import Kind, Membership, Organization, Party, Person, Post, PostKind
from tests.cast import MOMENT, TODAY, Cast


@pytest.fixture
def coordinator(cast: Cast) -> Actor:
    return cast.actor("coordinator")


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: Any) -> Iterator[ImportReport]:
    """The shipped register, imported once for all tests of a module; each test's own changes are rolled back."""
    clerk = Actor(account_id=None, name="A clerk", role=Role.COORDINATOR, now=MOMENT, today=TODAY)
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_facts(clerk, folder=SHIPPED, today=TODAY)
        transaction.set_rollback(True)


@dataclass(frozen=True, slots=True)
class Network:
    """One invented authority with its mayor, a member since 2024."""

    authority: Organization
    post: Post
    mayor: Person
    party: Party
    term: Membership


@pytest.fixture
def network(coordinator: Actor) -> Network:
    authority = add_organization(
        coordinator,
        key="aldermere",
        name="Aldermere Combined Authority",
        kind=Kind.AUTHORITY,
        tier="mayoral",
        valid_from="2017-05-08",
        invented=True,
    )
    post = add_post(
        coordinator, key="mayor-aldermere", organization=authority, kind=PostKind.MAYOR, label="Mayor of Aldermere"
    )
    mayor = add_person(coordinator, key="gwen-tarrant", name="Gwen Tarrant", invented=True)
    party = add_party(coordinator, name="Commonweal", invented=True)
    term = appoint(coordinator, person=mayor, post=post, valid_from="2023-05-08", party=party)
    join_network(coordinator, organization=authority, on=date(2024, 1, 1))
    return Network(authority, post, mayor, party, term)
