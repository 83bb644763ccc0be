"""What a person may do about background work: try again, run now, pause, go on.

`now` is the machine's own time, by which the worker goes, whatever day an installation plays.
"""

from datetime import datetime

from django.db import transaction
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.jobs.models import Schedule
from folkmoot.apps.jobs.schedule import job_named


@transaction.atomic
def retry_task(actor: Actor, *, task: "DBTaskResult", now: datetime) -> None:  # type: ignore[type-arg]
    """Put a task that failed for good back in the row, with all its attempts before it."""
    check(actor, Permission.JOBS_MANAGE)
    won = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=now, finished_at=None, worker_ids=[]
    )
    if not won:
        raise Conflict("This is no longer waiting for you: it runs, or it was tried again already.")
    _note(actor, "task.retried", task.task_path, now)


def _schedule(name: str, now: datetime) -> Schedule:
    if job_named(name) is None:
        raise Conflict("There is no such job in this version.")
    row, _ = Schedule.objects.select_for_update().get_or_create(name=name, defaults={"next_at": now})
    return row


@transaction.atomic
def run_now(actor: Actor, *, name: str, now: datetime) -> None:
    """Let a job run at the worker's next round; after failures, the waits begin anew."""
    check(actor, Permission.JOBS_MANAGE)
    row = _schedule(name, now)
    if row.paused:
        raise Conflict("This job is paused. Let it go on first.")
    row.next_at, row.failures = now, 0
    row.save(update_fields=["next_at", "failures"])
    record(actor, "job.run-now", row)


@transaction.atomic
def pause_job(actor: Actor, *, name: str, paused: bool, now: datetime) -> None:
    """Pause a job, or let it go on."""
    check(actor, Permission.JOBS_MANAGE)
    row = _schedule(name, now)
    row.paused = paused
    row.save(update_fields=["paused"])
    record(actor, "job.paused" if paused else "job.resumed", row)


def _note(actor: Actor, verb: str, path: str, now: datetime) -> None:
    """A task has no number of ours, so the trail names the schedule of tasks as its subject and hashes the path."""
    row, _ = Schedule.objects.get_or_create(name="tasks", defaults={"next_at": now, "paused": True})
    record(actor, verb, row, path=path)
