"""What every test shares: a closed network, a fixed clock, the cast, and the register of requirements."""

import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests.cast import MOMENT, Cast, make_cast

pytest_plugins = [
    "tests.plugins.house",
    "tests.plugins.browser",
    "tests.plugins.database",
    "tests.plugins.post",
    "tests.plugins.dovecot",
]

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(scope="session", autouse=True)
def closed_network() -> Iterator[None]:
    """No test reaches beyond this machine: a connection to anywhere else fails loudly."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"A test tried to reach {address[0]}; the network is closed in tests.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors' clock stands at the moment of the cast."""
    monkeypatch.setattr("folkmoot.apps.access.clock.timezone", SimpleNamespace(now=lambda: MOMENT))


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, in the database."""
    return make_cast()


@pytest.fixture
def sign_in_as(cast: Cast) -> Any:
    """A test client signed in as a part of the cast: `sign_in_as("mayor")`."""

    def client_of(part: str) -> Client:
        client = Client()
        account = cast.account(part)
        if account:
            client.force_login(account)
        return client

    return client_of
