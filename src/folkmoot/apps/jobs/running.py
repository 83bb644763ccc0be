"""How the worker does its work: jobs by the clock, tasks again after a failure, and what a dead worker left.

Everything here can be stopped at any point and begun again: a job is claimed by a change of its row that one worker
alone can win, and a claim of a worker that no longer says it lives is void. `now` is the machine's own time.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from folkmoot.apps.jobs.limits import Watch
from folkmoot.apps.jobs.models import Schedule, WorkerSign
from folkmoot.apps.jobs.schedule import Job, scheduled, wait_after
from folkmoot.apps.jobs.titles import in_plain_words, path_of

logger = logging.getLogger(__name__)

# How long a task waits after its first, second, third and fourth failure.
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
MOST_STARTS = len(WAITS) + 1
# A worker says every `BEAT` that it lives; one that has been silent for longer than this is dead.
BEAT = timedelta(seconds=10)
LONGEST_SILENCE = timedelta(seconds=90)
KEPT_FOR = timedelta(days=14)


def say_alive(worker: str, *, now: datetime) -> None:
    """Note that a worker lives."""
    seen, is_new = WorkerSign.objects.get_or_create(worker=worker, defaults={"started_at": now, "seen_at": now})
    if not is_new:
        WorkerSign.objects.filter(pk=seen.pk).update(seen_at=now)


def say_goodbye(worker: str) -> None:
    """A worker that ends leaves no sign behind."""
    WorkerSign.objects.filter(worker=worker).delete()


def living(now: datetime) -> list[str]:
    """The workers that live."""
    return list(WorkerSign.objects.filter(seen_at__gte=now - LONGEST_SILENCE).values_list("worker", flat=True))


def run_due(worker: str, *, now: datetime, moment: datetime, watch: Watch) -> int:
    """Let a worker run every job whose time has come, each told the installation’s moment; how many ran."""
    return sum(_run_one(job, worker, now, moment, watch) for job in scheduled())


def _claim(job: Job, worker: str, now: datetime) -> Schedule | None:
    """Take a job whose time has come; None when it is not due, paused, or a worker has it."""
    row, _ = Schedule.objects.get_or_create(name=job.name, defaults={"next_at": now})
    due = Schedule.objects.filter(pk=row.pk, claimed_at__isnull=True, paused=False, next_at__lte=now)
    row.claimed_by = worker
    return row if due.update(claimed_at=now, claimed_by=worker) else None


def _release(row: Schedule, **what: Any) -> None:
    """Give a job back with what became of it, unless another worker has taken it for a dead one's."""
    Schedule.objects.filter(pk=row.pk, claimed_by=row.claimed_by).update(claimed_at=None, claimed_by="", **what)


def _run_one(job: Job, worker: str, now: datetime, moment: datetime, watch: Watch) -> bool:
    row = _claim(job, worker, now)
    if row is None:
        return False
    try:
        with watch.over_job(row, job):
            said = job.run(moment)
    except Exception as error:
        logger.exception("The job %s failed.", job.name)
        failures = row.failures + 1
        words = in_plain_words(path_of(error))
        _release(row, last_at=now, last_said=words, failures=failures, next_at=now + wait_after(failures))
    else:
        _release(row, last_at=now, last_said=said[:500], failures=0, next_at=now + job.every)
    return True


def rescue_jobs(*, now: datetime) -> int:
    """Give back the jobs whose worker is dead: the first time to be run at once, then after a wait; how many."""
    # A worker that has only just claimed one may not have said a first time that it lives.
    old = Schedule.objects.filter(claimed_at__lt=now - LONGEST_SILENCE)
    orphans = list(old.exclude(claimed_by__in=living(now)))
    for row in orphans:
        next_at = now + wait_after(row.failures) if row.failures else now
        _release(row, last_at=now, last_said=in_plain_words(""), failures=row.failures + 1, next_at=next_at)
    return len(orphans)


@transaction.atomic
def retry_failed(*, now: datetime) -> int:
    """Put tasks that failed back in the row, each after its wait, a few times; how many."""
    count = 0
    for task in DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.FAILED):
        starts = len(task.worker_ids)
        if 0 < starts < MOST_STARTS and task.finished_at:
            task.status = TaskResultStatus.READY
            task.run_after = task.finished_at + WAITS[starts - 1]
            task.finished_at = None
            task.save(update_fields=["status", "run_after", "finished_at"])
            count += 1
    return count


@transaction.atomic
def rescue_tasks(*, now: datetime) -> int:
    """Put tasks whose worker is dead back in the row, a few times; how many there were."""
    alive = set(living(now))
    count = 0
    for task in DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING):
        if task.worker_ids and task.worker_ids[-1] in alive:
            continue
        if task.started_at and task.started_at >= now - LONGEST_SILENCE:
            continue  # its worker may not have said a first time that it lives
        again = len(task.worker_ids) < MOST_STARTS
        task.status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        task.finished_at = None if again else now
        task.save(update_fields=["status", "finished_at"])
        count += 1
    return count


def forget(*, now: datetime) -> int:
    """Drop tasks that ended long ago and workers long dead; what they did is kept where it belongs. How many tasks."""
    WorkerSign.objects.filter(seen_at__lt=now - KEPT_FOR).delete()
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()[0]
