"""How long a job or a task may take, and ending in words what takes longer.

What hangs cannot be asked to stop, and holds a claim that its living worker keeps fresh. So the worker notes what
went wrong and ends as a whole, and whoever started it starts another.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from folkmoot.apps.jobs.models import Schedule
from folkmoot.apps.jobs.schedule import LIMIT, Job, wait_after
from folkmoot.apps.jobs.titles import path_of


class TookTooLong(Exception):
    """Never raised: the class by which a task's row says that it was ended."""


@dataclass(frozen=True, slots=True)
class InHand:
    """What a worker runs, and when by the machine's steady clock its time is over."""

    what: "Schedule | DBTaskResult"  # type: ignore[type-arg]
    limit: timedelta
    until: float


class Watch:
    """What one worker has in hand, one thing at a time."""

    def __init__(self) -> None:
        self._in_hand: InHand | None = None

    @contextmanager
    def over_job(self, row: Schedule, job: Job) -> Iterator[None]:
        """While a job by the clock runs."""
        with self._over(row, job.limit):
            yield

    @contextmanager
    def over_task(self, task: "DBTaskResult") -> Iterator[None]:  # type: ignore[type-arg]
        """While a task that a page asked for runs."""
        with self._over(task, LIMIT):
            yield

    @contextmanager
    def _over(self, what: "Schedule | DBTaskResult", limit: timedelta) -> Iterator[None]:  # type: ignore[type-arg]
        self._in_hand = InHand(what, limit, time.monotonic() + limit.total_seconds())
        try:
            yield
        finally:
            self._in_hand = None

    def overdue(self) -> InHand | None:
        """What has had its time and is not done."""
        held = self._in_hand
        return held if held and time.monotonic() > held.until else None


def note_overdue(held: InHand, *, now: datetime) -> bool:
    """Say of a job or task that it took too long, and give it back; false when it ended in the meantime."""
    if isinstance(held.what, Schedule):
        return bool(_note_job(held.what, held.limit, now))
    found = DBTaskResult.objects.filter(
        pk=held.what.pk, status=TaskResultStatus.RUNNING, worker_ids=held.what.worker_ids
    )
    path = path_of(TookTooLong())
    return bool(found.update(status=TaskResultStatus.FAILED, finished_at=now, exception_class_path=path))


def _note_job(row: Schedule, limit: timedelta, now: datetime) -> int:
    failures = row.failures + 1
    minutes = max(1, round(limit.total_seconds() / 60))
    said = f"It took longer than {minutes} {'minute' if minutes == 1 else 'minutes'} and was ended."
    return Schedule.objects.filter(pk=row.pk, claimed_by=row.claimed_by).update(
        claimed_at=None,
        claimed_by="",
        last_at=now,
        last_said=said,
        failures=failures,
        next_at=now + wait_after(failures),
    )
