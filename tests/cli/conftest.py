"""Installations for the commands, on whichever database this run uses."""

import os
import secrets
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from aiosmtpd.controller import Controller

from tests.cli.terminal import Running, Terminal
from tests.plugins.post import Letterbox

POSTGRES = os.environ.get("DATABASE_URL", "")


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[[], dict[str, str]]]:
    """Settings of a database of its own: none for SQLite, whose database lies in the data folder."""
    made: list[str] = []

    def make() -> dict[str, str]:
        if not POSTGRES:
            return {}
        name = f"folkmoot_cli_{secrets.token_hex(4)}"
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
        made.append(name)
        return {"DATABASE_URL": urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()}

    yield make
    for name in made:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def new_terminal(tmp_path: Path, new_database: Callable[[], dict[str, str]]) -> Callable[[str], Terminal]:
    """Terminals on folders that are not there yet."""
    return lambda name: Terminal(tmp_path / name, new_database())


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], dict[str, str]]) -> Terminal:
    """An installation of a network with its tables, shared by the tests of a module that only look at it."""
    terminal = Terminal(tmp_path_factory.mktemp("network") / "data", new_database())
    done = terminal.run("migrate")
    assert done.returncode == 0, done.stderr
    return terminal


@pytest.fixture
def running() -> Iterator[list[Running]]:
    """Put a running command here, and it ends with the test."""
    started: list[Running] = []
    yield started
    for command in started:
        command.end()


@pytest.fixture
def post() -> Letterbox:
    """What the mail server of this test was sent."""
    return Letterbox()


@pytest.fixture
def mail_server(post: Letterbox) -> Iterator[str]:
    """FOLKMOOT_SMTP of a server that runs for one test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()
