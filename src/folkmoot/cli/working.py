"""The worker: runs what the pages asked for and what the clock says, and says that it lives."""

import logging
import signal
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django_tasks_db.management.commands.db_worker import Worker

from folkmoot.apps.access.clock import machine_time, moment
from folkmoot.apps.jobs import running
from folkmoot.apps.mail.idling import Watcher
from folkmoot.apps.mail.tasks import fetch_mail
from folkmoot.cli.start import CannotGoOn
from folkmoot.cli.upkeep import waiting_migrations

logger = logging.getLogger(__name__)

PAUSE = 1.0
TICK = timedelta(seconds=20)
# A worker that has not touched its file for longer is taken for dead by whoever looks from outside.
LONGEST_SILENCE = running.LONGEST_SILENCE


def sign_of_life(data: Path) -> Path:
    """The file that the worker touches at every round."""
    return data / "worker.alive"


def tick(worker: str, *, now: datetime, moment: datetime) -> None:
    """What is done by the clock and not because somebody asked; `now` is the machine's, `moment` the installation's."""
    running.rescue_tasks(now=now)
    running.retry_failed(now=now)
    running.run_due(worker, now=now, moment=moment)
    running.forget(now=now)


class Heart(threading.Thread):
    """Says every few seconds that the worker lives, also while a long task runs."""

    def __init__(self, worker: str, alive: Path) -> None:
        super().__init__(daemon=True)
        self.worker, self.alive, self.stopping = worker, alive, threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            self.alive.touch()
            running.say_alive(self.worker, now=machine_time())
            self.stopping.wait(running.BEAT.total_seconds())
        connections.close_all()

    def stop(self) -> None:
        self.stopping.set()
        self.join()
        running.say_goodbye(self.worker)


def work(stop: threading.Event, worker: Worker) -> None:
    """Run tasks and tick until told to stop."""
    ticked_at = 0.0
    while not stop.is_set():
        worker.run()
        if time.monotonic() - ticked_at > TICK.total_seconds() or not ticked_at:
            tick(worker.worker_id, now=machine_time(), moment=moment())
            ticked_at = time.monotonic()
        stop.wait(PAUSE)


def run() -> int:
    """The whole life of a worker process."""
    if waiting_migrations():
        raise CannotGoOn("The database is older than this version of folkmoot. Run folkmoot migrate first.")
    stop = threading.Event()
    # In batch mode the worker returns when nothing is left, so that we can look at the clock.
    worker = Worker(
        queue_names=["*"],
        interval=PAUSE,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{time.time_ns():x}",
        excluded_queue_names=[],
    )

    def finish(_number: int, _frame: FrameType | None) -> None:
        worker.running = False
        stop.set()

    signal.signal(signal.SIGTERM, finish)
    signal.signal(signal.SIGINT, finish)
    # The rooms of the browser door tell what they do by the clock as their addresses are read.
    get_resolver().url_patterns  # noqa: B018
    heart = Heart(worker.worker_id, sign_of_life(settings.ENVIRONMENT.data))
    heart.start()
    Watcher(stop, fetch_mail.enqueue).start()
    try:
        work(stop, worker)
    finally:
        heart.stop()
    return 0
