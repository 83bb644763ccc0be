"""Everybody comes in by the list of the sign-in page, and every page offered to them opens."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse

from folkmoot.apps.access.models import Account
from folkmoot.apps.access.roles import Role

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
NAVIGATION = re.compile(r"<header\b.*?</header>", re.DOTALL)


def links(page: str, address: str) -> set[str]:
    """The addresses within the product that a page leads to."""
    found = {urljoin(address, link.replace("&amp;", "&")) for link in LINK.findall(page)}
    return {link for link in found if link.startswith("/") and not link.startswith("/static/")}


def opened(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    return answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""


def test_everybody_signs_in_from_the_list(client_of: Any) -> None:
    page = opened(Client(), reverse("sign_in"))
    people = list(Account.objects.all())
    assert len(people) == 7 + 3 * 14
    for person in people:
        assert f'value="{person.key}"' in page
        assert person.name in opened(client_of(person), reverse("home"))


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_the_navigation_opens_for_each_role(role: Role, client_of: Any) -> None:
    person = Account.objects.filter(role=role).order_by("name").first()
    assert person is not None
    client = client_of(person)
    header = NAVIGATION.search(opened(client, reverse("home")))
    assert header is not None
    offered = links(header.group(), "/")
    assert reverse("positions") in offered
    for address in offered:
        opened(client, address)


@pytest.mark.parametrize("name", ["Bea Colquitt", "Rosalind Theakstone", "Cora Penhale", "Dr Corin Vale"])
def test_every_link_of_every_position_opens(name: str, client_of: Any) -> None:
    client = client_of(Account.objects.get(name=name))
    listed = opened(client, reverse("positions"))
    first = {link for link in links(listed, reverse("positions")) if link.startswith("/positions/")}
    seen: set[str] = set()
    for address in sorted(first):
        seen |= links(opened(client, address), address)
    for address in sorted(seen - first):
        opened(client, address)
    assert len(seen) > len(first)
