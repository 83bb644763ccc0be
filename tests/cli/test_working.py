"""The worker: mail leaves by it, what its predecessor left behind is picked up, and it stops when told."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from folkmoot.apps.jobs import running as jobs_running
from folkmoot.apps.jobs.limits import Watch
from folkmoot.apps.mail.actions import queue
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.states import State
from folkmoot.cli import working
from folkmoot.cli.serving import Pulse
from tests.cast import MOMENT, Cast
from tests.cli import long_work
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

    working.tick("worker", now=MOMENT, moment=MOMENT, watch=Watch())

    # The tick reminds of second factors, too; that is none of this test's business.
    assert [letter["Subject"] for letter in letterbox.letters if letter["Subject"] in ("Due", "Held")] == ["Due"]
    states = dict(OutboxMessage.objects.filter(pk__in=[due.pk, held.pk]).values_list("pk", "state"))
    assert states == {due.pk: State.SENT, held.pk: State.FAILED}


ENQUEUE = "from tests.cli.long_task import take_long; take_long.enqueue({!r})"
STANDS = """
from django_tasks_db.models import DBTaskResult
from folkmoot.apps.jobs.models import Schedule
row = Schedule.objects.get()
print(row.last_said, row.failures, row.claimed_by or "nobody", *DBTaskResult.objects.values_list("status", flat=True))
"""
Worker = Callable[..., "subprocess.Popen[bytes]"]


class Notes:
    """What the workers of a test wrote down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lines(self) -> list[str]:
        file = self.folder / "notes"
        return file.read_text().splitlines() if file.exists() else []

    def wait_for(self, line: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while line not in self.lines():
            assert time.monotonic() < deadline, f"{line} is not among {self.lines()}"
            time.sleep(0.05)

    def let_go(self) -> None:
        (self.folder / "go").touch()


@pytest.fixture
def long_worker(network: Terminal, tmp_path: Path) -> Iterator[Worker]:
    """Starts workers as processes of their own, with a job and a task that take long."""
    started: list[subprocess.Popen[bytes]] = []

    def start(limit: float = 600) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.cli.long_work", str(network.data), str(tmp_path), str(limit)]
        started.append(subprocess.Popen(command, env=network.environment()))
        return started[-1]

    network.inside("from folkmoot.apps.jobs.models import Schedule; Schedule.objects.all().delete()")
    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_what_a_killed_worker_ran_is_run_once_by_another_and_not_before(
    network: Terminal, long_worker: Worker, tmp_path: Path
) -> None:
    notes = Notes(tmp_path)
    network.inside(ENQUEUE.format(str(tmp_path)))
    first = long_worker()
    notes.wait_for(f"task begins in {first.pid}")
    second = long_worker()
    notes.wait_for(f"job begins in {second.pid}")
    third = long_worker()
    notes.wait_for(f"worker starts in {third.pid}")
    # Long enough for the third to take both for dead, were a claim to age by itself.
    time.sleep(2 + long_work.SILENCE.total_seconds())
    assert len([line for line in notes.lines() if " begins " in line]) == 2

    first.kill()
    second.kill()
    notes.wait_for(f"job begins in {third.pid}")
    notes.let_go()
    notes.wait_for(f"task ends in {third.pid}")

    third.terminate()
    assert third.wait(timeout=PATIENCE) == 0
    said = {kind: [line for line in notes.lines() if line.startswith(kind)] for kind in ("job", "task")}
    assert said == {
        kind: [f"{kind} begins in {dead}", f"{kind} begins in {third.pid}", f"{kind} ends in {third.pid}"]
        for kind, dead in {"job": second.pid, "task": first.pid}.items()
    }
    assert network.inside(STANDS) == "Did it. 0 nobody SUCCESSFUL"


@pytest.mark.slow
def test_a_worker_whose_job_hangs_says_so_and_ends(network: Terminal, long_worker: Worker, tmp_path: Path) -> None:
    hangs = long_worker(limit=1)

    assert hangs.wait(timeout=PATIENCE) == working.HUNG

    assert network.inside(STANDS).startswith("It took longer than 1 minute and was ended. 1 nobody")
    assert Notes(tmp_path).lines()[1:] == [f"job begins in {hangs.pid}"]


def test_a_heart_goes_on_when_the_database_was_busy_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    beats: list[str] = []

    def busy_once(worker: str, **_given: Any) -> None:
        beats.append(worker)
        if len(beats) == 1:
            raise OperationalError("database is locked")
        heart.stopping.set()

    monkeypatch.setattr(jobs_running, "say_alive", busy_once)
    monkeypatch.setattr(jobs_running, "BEAT", timedelta(0))
    heart = working.Heart("a", tmp_path / "worker.alive", Watch())
    heart.start()
    heart.join(PATIENCE)

    assert beats == ["a", "a"]


@pytest.mark.one_database
def test_a_worker_that_touches_its_file_no_more_is_lost_and_one_that_does_is_not(tmp_path: Path) -> None:
    file, pulse = tmp_path / "worker.alive", Pulse(tmp_path / "worker.alive", longest_silence=0.2)
    for _ in range(4):
        file.touch()
        assert not pulse.is_lost()
        time.sleep(0.1)
    time.sleep(0.2)
    assert pulse.is_lost()
