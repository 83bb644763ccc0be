"""The worker: mail leaves by it, what its predecessor left behind is picked up, and it stops when told."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.mail.actions import queue
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.states import State
from folkmoot.cli import working
from tests.cast import MOMENT, Cast
from tests.cli.terminal import PATIENCE, Running, Terminal
from tests.plugins.post import Letterbox

QUEUE = """
from datetime import UTC, datetime
from folkmoot.apps.access.actor import stranger
from folkmoot.apps.mail.actions import queue
now = datetime.now(UTC)
queue(stranger(now, now.date()), to=("Ada", "ada@example.org"), subject="A draft", body="Here")
"""
STATE = "from folkmoot.apps.mail.models import OutboxMessage; print(OutboxMessage.objects.get().state)"


@pytest.mark.slow
def test_a_worker_sends_what_a_page_queued_and_ends_with_0(
    new_terminal: Callable[[str], Terminal], running: list[Running], mail_server: str, post: Letterbox
) -> None:
    terminal = new_terminal("working")
    terminal = Terminal(terminal.data, {**terminal.settings, "FOLKMOOT_SMTP": mail_server})
    assert terminal.run("migrate").returncode == 0
    terminal.inside(QUEUE)
    worker = terminal.start("worker")
    running.append(worker)

    deadline = time.monotonic() + PATIENCE
    while not post.letters and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [letter["To"] for letter in post.letters] == ["Ada <ada@example.org>"], worker.said()
    assert worker.stop() == 0, worker.said()
    assert terminal.inside(STATE) == "sent"


def test_a_tick_sends_what_is_due_and_gives_up_what_a_dead_worker_held(cast: Cast, letterbox: Any) -> None:
    due = queue(cast.actor("officer"), to=("Ada", "ada@example.org"), subject="Due", body="Here")
    held = queue(cast.actor("officer"), to=("Bea", "bea@example.org"), subject="Held", body="Here")
    OutboxMessage.objects.filter(pk=held.pk).update(
        state=State.SENDING, claimed_at=MOMENT - timedelta(hours=1), next_attempt_at=None
    )

    working.tick("worker", now=MOMENT, moment=MOMENT)

    assert [letter["Subject"] for letter in letterbox.letters] == ["Due"]
    states = dict(OutboxMessage.objects.values_list("pk", "state"))
    assert states == {due.pk: State.SENT, held.pk: State.FAILED}
