"""Waits at the mailbox, where the server can say that mail has come (IDLE, RFC 2177), so that nobody waits a minute.

It takes nothing in: it wakes the fetching, which also runs by the clock and misses nothing while nobody waits here.
"""

import imaplib
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connections
from imapclient import IMAPClient

from folkmoot.apps.mail.mailbox import MailboxClosed, opened
from folkmoot.apps.mail.server import Incoming, incoming

# A server may end an IDLE after half an hour, so it is begun anew before (RFC 2177, section 3).
LONGEST_IDLE = 25 * 60.0
LOOK = 2.0
REST = 60.0


class Watcher(threading.Thread):
    """A thread of the worker that calls `wake` when mail has come; it ends with the worker."""

    def __init__(self, stop: threading.Event, wake: Callable[[], object], *, rest: float = REST) -> None:
        super().__init__(daemon=True, name="mail watcher")
        self.stop, self.wake, self.rest = stop, wake, rest
        self.waiting = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            box = self._box()
            if box is None or not self._watch(box):
                self.stop.wait(self.rest)

    def _box(self) -> Incoming | None:
        """Asked anew each time, since the settings may have changed."""
        try:
            return incoming()
        finally:
            connections.close_all()

    def _watch(self, box: Incoming) -> bool:
        """Wait until the server wants a new beginning; False where it cannot say or the line broke."""
        try:
            with opened(box) as client:
                if not client.has_capability("IDLE"):
                    return False
                self._idle(client)
        except (MailboxClosed, OSError, imaplib.IMAP4.error):
            return False
        finally:
            self.waiting.clear()
        return True

    def _idle(self, client: IMAPClient) -> None:
        client.idle()
        self.waiting.set()
        ends = time.monotonic() + LONGEST_IDLE
        while not self.stop.is_set() and time.monotonic() < ends:
            said = _said(client)
            if any(len(line) > 1 and line[1] == b"EXISTS" for line in said):
                self._wake()
        client.idle_done()

    def _wake(self) -> None:
        try:
            self.wake()
        finally:
            connections.close_all()


def _said(client: IMAPClient) -> list[Any]:
    """What the server said in the next moments. A line that is at once ready and says nothing has broken off."""
    begun = time.monotonic()
    said: list[Any] = client.idle_check(timeout=LOOK)
    if not said and time.monotonic() - begun < LOOK / 2:
        raise imaplib.IMAP4.abort("The line broke off.")
    return said
