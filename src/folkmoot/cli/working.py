"""The worker: runs what the pages asked for and what the clock says, and says that it lives."""

import logging
import os
import signal
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.urls import get_resolver
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from folkmoot.apps.access.clock import machine_time, moment
from folkmoot.apps.jobs import running
from folkmoot.apps.jobs.limits import InHand, Watch, note_overdue
from folkmoot.apps.mail.idling import Watcher
from folkmoot.apps.mail.tasks import fetch_mail
from folkmoot.cli.start import CannotGoOn
from folkmoot.cli.upkeep import waiting_migrations

logger = logging.getLogger(__name__)

PAUSE = 1.0
TICK = timedelta(seconds=20)
# A worker that has not touched its file for longer is taken for dead by whoever looks from outside.
LONGEST_SILENCE = running.LONGEST_SILENCE
# With what status a worker ends because something hung; whoever started it starts another.
HUNG = 75


def sign_of_life(data: Path) -> Path:
    """The file that the worker touches at every round."""
    return data / "worker.alive"


def tick(worker: str, *, now: datetime, moment: datetime, watch: Watch) -> None:
    """What is done by the clock and not because somebody asked; `now` is the machine's, `moment` the installation's."""
    running.rescue_tasks(now=now)
    running.rescue_jobs(now=now)
    running.retry_failed(now=now)
    running.run_due(worker, now=now, moment=moment, watch=watch)
    running.forget(now=now)


class WatchedWorker(Worker):
    """A worker whose tasks have a time limit."""

    def __init__(self, watch: Watch, **given: Any) -> None:
        super().__init__(**given)
        self.watch = watch

    def run_task(self, db_task_result: "DBTaskResult") -> None:  # type: ignore[type-arg]
        with self.watch.over_task(db_task_result):
            super().run_task(db_task_result)


class Heart(threading.Thread):
    """Says every few seconds that the worker lives, also while a long task runs, and ends it where one hangs."""

    def __init__(self, worker: str, alive: Path, watch: Watch) -> None:
        super().__init__(daemon=True)
        self.worker, self.alive, self.watch, self.stopping = worker, alive, watch, threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            self.alive.touch()
            try:
                self._beat()
            except DatabaseError:
                logger.warning("The worker could not say that it lives; it tries again.", exc_info=True)
                connections.close_all()
            self.stopping.wait(running.BEAT.total_seconds())
        connections.close_all()

    def _beat(self) -> None:
        overdue = self.watch.overdue()
        if overdue:
            self._end_worker(overdue)
        running.say_alive(self.worker, now=machine_time())

    def _end_worker(self, overdue: InHand) -> None:
        """What hangs may hold the very lock that the note needs: then the next worker finds it without its maker."""
        logger.error("%s took longer than %s; the worker ends.", overdue.what, overdue.limit)
        try:
            note_overdue(overdue, now=machine_time())
            running.say_goodbye(self.worker)
        finally:
            os._exit(HUNG)

    def stop(self) -> None:
        self.stopping.set()
        self.join()
        running.say_goodbye(self.worker)


def work(stop: threading.Event, worker: WatchedWorker) -> None:
    """Run tasks and tick until told to stop."""
    ticked_at = 0.0
    while not stop.is_set():
        worker.run()
        if time.monotonic() - ticked_at > TICK.total_seconds() or not ticked_at:
            tick(worker.worker_id, now=machine_time(), moment=moment(), watch=worker.watch)
            ticked_at = time.monotonic()
        stop.wait(PAUSE)


def run() -> int:
    """The whole life of a worker process."""
    if waiting_migrations():
        raise CannotGoOn("The database is older than this version of folkmoot. Run folkmoot migrate first.")
    stop = threading.Event()
    # In batch mode the worker returns when nothing is left, so that we can look at the clock.
    worker = WatchedWorker(
        Watch(),
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
    heart = Heart(worker.worker_id, sign_of_life(settings.ENVIRONMENT.data), worker.watch)
    heart.start()
    Watcher(stop, fetch_mail.enqueue).start()
    try:
        work(stop, worker)
    finally:
        heart.stop()
    return 0
