"""Everybody comes in by the list of the sign-in page, and every page offered to them opens.

A demonstration always stands on SQLite, so the long visits are made there alone; the walk opens each address on both.
"""

import re
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

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


def one_of_a_shape(addresses: set[str]) -> list[str]:
    """Of addresses that differ only in what they ask for, such as a clause, the first."""
    shapes: dict[tuple[str, ...], str] = {}
    for address in sorted(addresses):
        parts = urlsplit(address)
        shapes.setdefault((parts.path, *sorted(parse_qs(parts.query, keep_blank_values=True))), address)
    return list(shapes.values())


def opened(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    return answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""


@pytest.mark.one_database
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


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["Bea Colquitt", "Rosalind Theakstone", "Cora Penhale", "Dr Corin Vale"])
def test_every_link_of_every_position_opens(name: str, client_of: Any) -> None:
    client = client_of(Account.objects.get(name=name))
    listed = opened(client, reverse("positions"))
    first = {link for link in links(listed, reverse("positions")) if link.startswith("/positions/")}
    seen: set[str] = set()
    for address in sorted(first):
        seen |= links(opened(client, address), address)
    for address in one_of_a_shape(seen - first):
        opened(client, address)
    assert len(seen) > len(first)
