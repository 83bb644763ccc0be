"""The sample world: the cast, and in every room records with a canary in each of their texts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cast import EVERYBODY, Cast, make_cast
from tests.walk.address import Address
from tests.walk.canaries import Aviary


@dataclass(slots=True)
class World:
    """The cast, each room's samples by name, and the canaries that stand in them."""

    cast: Cast
    aviary: Aviary = field(default_factory=Aviary)
    samples: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    visits: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.samples[name]

    def __setitem__(self, name: str, sample: Any) -> None:
        self.samples[name] = sample

    def url(self, address: Address) -> str:
        return reverse(address.name, kwargs=dict(address.kwargs(self))) + address.query

    def client(self, part: str) -> Client:
        """A client signed in as a part, with nothing else remembered."""
        client = self.clients.setdefault(part, Client(raise_request_exception=False))
        client.cookies.clear()
        if part in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[part]
        return client

    def sign_everybody_in(self) -> None:
        for part in EVERYBODY:
            account = self.cast.account(part)
            if account is not None:
                client = Client()
                client.force_login(account)
                self.sessions[part] = client.cookies[settings.SESSION_COOKIE_NAME].value


def build_world() -> World:
    """The cast and every room's samples."""
    from tests.walk.samples import ROOMS

    world = World(make_cast())
    for room in ROOMS:
        room.build(world)
    world.sign_everybody_in()
    return world


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is undone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
