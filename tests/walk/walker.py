"""Goes to addresses as somebody, and says what is wrong with what came back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from folkmoot.apps.access.models import AuditEntry
from folkmoot.apps.access.trail import READINGS
from tests.walk.address import Address
from tests.walk.canaries import everything_in
from tests.walk.world import World, undone

DONE_NOTHING = {403, 404, 405}


@dataclass(frozen=True, slots=True)
class Visit:
    """What one part met at one address."""

    address: Address
    part: str
    method: str
    status: int
    text: str
    deeds: tuple[str, ...]
    readings: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        return f"{self.method} {self.address.label} as {self.part}"


Go = Callable[["World", Address, str, str], Visit]


def names_of_all_addresses() -> set[str]:
    """The name of every address that the product answers."""

    def walk(patterns: Iterable[Any]) -> Iterable[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                yield str(pattern.name or pattern.pattern)

    return set(walk(get_resolver().url_patterns))


def _with_the_page_after(client: Any, response: Any) -> str:
    """All that was told, with the page to which one is sent: a message may stand there."""
    text = everything_in(response)
    if response.status_code in {301, 302, 303} and response.url.startswith("/"):
        text += everything_in(client.get(response.url))
    return text


def visit(world: World, address: Address, part: str, method: str) -> Visit:
    """Go there, and undo whatever the visit did."""
    with undone():
        latest = AuditEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
        client = world.client(part)
        send = client.get if method == "GET" else client.post
        response = send(world.url(address), **({} if method == "GET" else {"data": dict(address.body(world))}))
        written = list(AuditEntry.objects.filter(number__gt=latest).order_by("number"))
        return Visit(
            address,
            part,
            method,
            response.status_code,
            _with_the_page_after(client, response),
            tuple(entry.verb for entry in written),
            tuple((entry.record, entry.record_id) for entry in written if entry.verb.startswith(READINGS)),
        )


def first_visit(world: World, address: Address, part: str, method: str) -> Visit:
    """The visit to the world as it was built; gone once, however many tests ask."""
    key = (address.label, part, method)
    if key not in world.visits:
        world.visits[key] = visit(world, address, part, method)
    return world.visits[key]


def problems(world: World, met: Visit) -> list[str]:
    """What is wrong with a visit, each as a sentence."""
    found = []
    expected = met.address.expected(met.part, met.method)
    if met.status not in expected:
        found.append(f"{met}: met {met.status}, not {' or '.join(map(str, sorted(expected)))}.")
    reader = met.address.seen_as or met.part
    found += [f"{met}: shows {canary.where}." for canary in world.aviary.strays(met.text, reader)]
    if met.status in DONE_NOTHING and met.deeds:
        found.append(f"{met}: was refused and yet did {', '.join(met.deeds)}.")
    if met.address.reads and met.method == "GET" and met.status == 200:
        record = met.address.reads(world)
        if (record._meta.label_lower, record.pk) not in met.readings:
            found.append(f"{met}: the reading of {record._meta.verbose_name} {record.pk} is not in the trail.")
    return found


def problems_of_all_visits(
    world: World, addresses: Iterable[Address], part: str, method: str, *, go: Go = visit
) -> list[str]:
    """What is wrong with everything that a part meets."""
    return [problem for address in addresses for problem in problems(world, go(world, address, part, method))]
