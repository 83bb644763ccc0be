"""The worker: runs what the pages asked for, tries mails again, and says that it lives."""

import logging
import signal
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from folkmoot.apps.mail import delivery
from folkmoot.cli.start import CannotGoOn
from folkmoot.cli.upkeep import waiting_migrations

logger = logging.getLogger(__name__)

PAUSE = 1.0
TICK = timedelta(seconds=20)
# A task that has run for longer died with its worker.
LONGEST_TASK = timedelta(minutes=15)
MOST_STARTS = 3
KEPT_FOR = timedelta(days=14)
# A worker that has not said so for longer is taken for dead.
LONGEST_SILENCE = timedelta(seconds=90)


def sign_of_life(data: Path) -> Path:
    """The file that the worker touches at every round."""
    return data / "worker.alive"


@transaction.atomic
def rescue_tasks(*, now: datetime) -> int:
    """Put tasks whose worker died back in the row, a few times; how many."""
    lost = DBTaskResult.objects.select_for_update().filter(
        status=TaskResultStatus.RUNNING, started_at__lt=now - LONGEST_TASK
    )
    count = 0
    for task in lost:
        again = len(task.worker_ids) < MOST_STARTS
        task.status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        task.finished_at = None if again else now
        task.save(update_fields=["status", "finished_at"])
        count += 1
    return count


def forget_tasks(*, now: datetime) -> int:
    """Drop tasks that ended long ago; what they did is kept where it belongs. How many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()[0]


def tick(*, now: datetime) -> None:
    """What is done by the clock and not because somebody asked."""
    delivery.give_up_orphans(now=now)
    delivery.deliver_due(now=now)
    rescue_tasks(now=now)
    forget_tasks(now=now)


def work(stop: threading.Event, worker: Worker) -> None:
    """Run tasks and tick until told to stop."""
    alive = sign_of_life(settings.ENVIRONMENT.data)
    ticked_at = datetime.min.replace(tzinfo=timezone.get_current_timezone())
    while not stop.is_set():
        alive.touch()
        worker.run()
        if timezone.now() - ticked_at > TICK:
            tick(now=timezone.now())
            ticked_at = timezone.now()
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
    work(stop, worker)
    return 0
