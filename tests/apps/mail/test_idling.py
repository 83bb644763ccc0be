"""A real server says that mail has come, and the fetching is woken at once; a server that cannot say so is let be."""

import dataclasses
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from folkmoot.apps.mail.idling import Watcher
from folkmoot.config.environment import mailbox
from tests.apps.mail.letters import mail
from tests.plugins.dovecot import Dovecot, make_dovecot

USER = "network@example.org"
SOON = 20.0

pytestmark = pytest.mark.django_db


class Bell:
    """Counts how often it rang."""

    def __init__(self) -> None:
        self.rings = threading.Semaphore(0)

    def ring(self) -> None:
        self.rings.release()

    def heard(self, within: float = SOON) -> bool:
        return self.rings.acquire(timeout=within)


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def watcher(dovecot: Dovecot, settings: Any, bell: Bell) -> Iterator[Watcher]:
    settings.MAILBOX = mailbox(dataclasses.replace(settings.ENVIRONMENT, imap_url=dovecot.url(USER)))
    stop = threading.Event()
    thread = Watcher(stop, bell.ring, rest=0.1)
    thread.start()
    assert thread.waiting.wait(SOON)
    yield thread
    stop.set()
    thread.join(SOON)
    assert not thread.is_alive()


def test_it_wakes_when_mail_has_come(watcher: Watcher, dovecot: Dovecot, bell: Bell) -> None:
    assert not bell.heard(0.2)
    dovecot.deliver(USER, mail("Hello"))
    assert bell.heard()


def test_it_waits_again_after_the_line_broke(watcher: Watcher, dovecot: Dovecot, bell: Bell) -> None:
    dovecot.stop()
    for _ in range(300):
        if not watcher.waiting.is_set():
            break
        threading.Event().wait(0.1)
    assert not watcher.waiting.is_set()
    dovecot.start()
    assert watcher.waiting.wait(SOON)
    dovecot.deliver(USER, mail("Hello"))
    assert bell.heard()


def test_a_server_that_cannot_say_so_is_left_to_the_clock(
    settings: Any, bell: Bell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="dc") as folder,
        make_dovecot(Path(folder), idle=False) as server,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        settings.MAILBOX = mailbox(dataclasses.replace(settings.ENVIRONMENT, imap_url=server.url(USER)))
        stop = threading.Event()
        thread = Watcher(stop, bell.ring, rest=0.1)
        thread.start()
        server.deliver(USER, mail("Hello"))
        waited = thread.waiting.wait(1)
        stop.set()
        thread.join(SOON)
    assert not waited
    assert not bell.heard(0)


def test_a_server_of_the_tests_that_does_not_start_leaves_nothing_running(monkeypatch: pytest.MonkeyPatch) -> None:
    pids: list[int] = []

    def never(self: Dovecot) -> None:
        assert self._process is not None
        pids.append(self._process.pid)
        raise RuntimeError("It did not start.")

    monkeypatch.setattr(Dovecot, "_wait", never)
    with tempfile.TemporaryDirectory(prefix="dc") as folder, pytest.raises(RuntimeError, match="did not start"):
        make_dovecot(Path(folder)).start()
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)
