"""`folkmoot check` says what is wrong and how to mend it."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.terminal import PATIENCE, Running, Terminal

pytestmark = pytest.mark.slow


def wrong(terminal: Terminal, **settings: str) -> list[str]:
    """The lines that name a fault, of a check that ends with a status that says so."""
    done = terminal.run("check", **settings)
    assert "Traceback" not in done.stderr
    faults = [line.removeprefix("WRONG  ") for line in done.stdout.splitlines() if line.startswith("WRONG")]
    assert done.returncode == (3 if faults else 0)
    return faults


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    [fault] = wrong(Terminal(tmp_path / "nothing"))
    assert "is not there. Start folkmoot serve once" in fault


def test_a_wrong_setting(network: Terminal) -> None:
    assert wrong(network, FOLKMOOT_DEBUG="maybe") == ["FOLKMOOT_DEBUG is “maybe”. Write yes or no."]


def test_a_database_that_is_away(network: Terminal) -> None:
    [fault] = wrong(network, DATABASE_URL="postgresql://nobody@127.0.0.1:1/folkmoot?connect_timeout=1")
    assert "The database cannot be reached" in fault


def test_a_key_that_others_can_read_and_a_database_without_tables(tmp_path: Path) -> None:
    (tmp_path / "installation.json").write_text('{"kind": "network", "complete": true, "version": "0"}')
    (tmp_path / "secret.key").write_text("a key")
    (tmp_path / "secret.key").chmod(0o644)
    assert wrong(Terminal(tmp_path)) == [
        f"Others on this machine can read the secret key. Run chmod 600 {tmp_path / 'secret.key'}"
    ]
    (tmp_path / "secret.key").chmod(0o600)
    sqlite3.connect(tmp_path / "folkmoot.sqlite3").close()
    [fault] = wrong(Terminal(tmp_path))
    assert "The database is older than this version" in fault
    assert "Run folkmoot migrate." in fault


def test_an_installation_that_is_not_served_lacks_its_worker_and_its_mail(network: Terminal) -> None:
    faults = wrong(network, FOLKMOOT_SMTP="smtp://127.0.0.1:1")
    assert any("The mail server 127.0.0.1, port 1, cannot be reached" in fault for fault in faults)
    assert any("No worker runs" in fault for fault in faults)


NOT_SET_UP = [
    "The network has no name and no rules. Set them. The page Setting up leads there.",
    "The network has no member. Choose them from the register. The page Setting up leads there.",
    "Nobody leads the secretariat. Invite them. The page Setting up leads there.",
]


def test_one_that_is_served_with_a_mail_server_lacks_only_what_its_people_set_up(
    new_terminal: Callable[[str], Terminal], running: list[Running], mail_server: str
) -> None:
    terminal = new_terminal("healthy")
    server = terminal.start("serve", "--port", "0", FOLKMOOT_SMTP=mail_server)
    running.append(server)
    server.address()
    assert terminal.run("first-administrator", "Ada Bright", "ada@example.org").returncode == 0
    alive = terminal.data / "worker.alive"
    deadline = time.monotonic() + PATIENCE
    while not alive.exists() and time.monotonic() < deadline:
        time.sleep(0.1)

    assert wrong(terminal, FOLKMOOT_SMTP=mail_server) == NOT_SET_UP
    hints = [line for line in terminal.run("check").stdout.splitlines() if line.startswith("hint")]
    told = ("nobody has looked at it yet", "No mailbox is read", "no office", "No backup")
    assert [words in hint for words, hint in zip(told, hints, strict=True)] == [True] * 4

    assert server.stop() == 0
    os.utime(alive, (time.time() - 100, time.time() - 100))
    assert "No worker runs" in wrong(terminal, FOLKMOOT_SMTP=mail_server)[0]
