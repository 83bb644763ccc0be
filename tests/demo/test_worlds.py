"""The invented network and the real register stand side by side and never touch."""

import csv
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from folkmoot.apps.access.models import Account
from folkmoot.apps.members.importing import SHIPPED
from folkmoot.apps.members.models import Membership, Organization, Party, Person
from folkmoot.apps.members.worlds import invented_references
from folkmoot.demo.people import PARTIES, REGIONS, STAFF

pytestmark = pytest.mark.django_db

NAMES = {
    "mayors.csv": ("person_name", "office", "authority_id", "party"),
    "strategic_authorities.csv": ("name", "short_name", "id"),
    "single_council_mayors.csv": ("council", "office", "id"),
    "authority_councils.csv": ("council",),
    "organisation_names.csv": ("name", "short_name"),
    "departments.csv": ("name", "acronym"),
}


def real_names() -> set[str]:
    """Every name in the shipped facts, in small letters."""
    found: set[str] = set()
    for file, columns in NAMES.items():
        with (SHIPPED / file).open(encoding="utf-8", newline="") as table:
            found |= {row[column].strip().casefold() for row in csv.DictReader(table) for column in columns}
    return found - {""}


def invented_names() -> Iterator[str]:
    yield from PARTIES.values()
    yield from (person.name for person in STAFF)
    for region in REGIONS:
        yield from (region.name, region.mayor, region.chief_executive, region.officer)
    yield from (person.name for person in Person.objects.filter(invented=True))
    yield from (body.name for body in Organization.objects.filter(invented=True))
    yield from (account.name for account in Account.objects.all())


def test_no_invented_record_refers_to_a_real_one() -> None:
    assert invented_references() == []


def test_a_reference_across_the_worlds_would_be_found() -> None:
    mayor = Membership.objects.filter(person__invented=True).exclude(party=None).first()
    assert mayor is not None
    Membership.objects.filter(pk=mayor.pk).update(party=Party.objects.filter(invented=False).first())
    assert len(invented_references()) == 1


def test_nobody_and_nothing_invented_has_a_real_name() -> None:
    real = real_names()
    assert {"andy burnham", "greater manchester combined authority"} <= real
    assert [name for name in invented_names() if name.casefold() in real] == []


def test_no_real_authority_or_council_bears_the_name_of_an_invented_region() -> None:
    real = " ".join(sorted(real_names()))
    assert [region.name for region in REGIONS if region.name.casefold() in real] == []


def test_every_account_is_invented_and_its_address_leads_nowhere() -> None:
    assert all(a.is_invented and a.email.endswith(".invalid") for a in Account.objects.all())


def test_the_real_register_is_readable_beside_it_and_marked_real(client_of: Any) -> None:
    client = client_of(Account.objects.get(name="Wren Halloran"))
    authority = Organization.objects.get(key="greater-manchester")
    page = client.get(reverse("member", args=[authority.key])).content.decode()
    assert "Greater Manchester" in page and ">Real<" in page and ">Invented<" not in page
    page = client.get(reverse("member", args=["aldermere"])).content.decode()
    assert "Aldermere" in page and ">Invented<" in page
