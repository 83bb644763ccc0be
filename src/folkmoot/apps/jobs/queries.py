"""What runs, waits and failed, for whoever looks after the installation; never what it is about."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.jobs.models import Schedule
from folkmoot.apps.jobs.running import MOST_STARTS, living
from folkmoot.apps.jobs.schedule import Job, scheduled
from folkmoot.apps.jobs.titles import in_plain_words, title_of

STATES = {
    "failed": (TaskResultStatus.FAILED, "Failed for good"),
    "ready": (TaskResultStatus.READY, "Waiting"),
    "running": (TaskResultStatus.RUNNING, "Running"),
    "done": (TaskResultStatus.SUCCESSFUL, "Done"),
}


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job that runs by the clock and where it stands; `row` is none before its first run."""

    job: Job
    row: Schedule | None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task that a page asked for."""

    key: str
    title: str
    state: str
    starts: int
    at: datetime
    again_at: datetime | None
    trouble: str


def jobs(actor: Actor) -> list[JobLine]:
    """Every job that runs by the clock."""
    check(actor, Permission.JOBS_MANAGE)
    rows = {row.name: row for row in Schedule.objects.all()}
    return [JobLine(job, rows.get(job.name)) for job in scheduled()]


def tasks(actor: Actor, state: str = "") -> "QuerySet[DBTaskResult]":  # type: ignore[type-arg]
    """The tasks in a state, the latest first."""
    check(actor, Permission.JOBS_MANAGE)
    found = DBTaskResult.objects.order_by("-enqueued_at", "pk")
    return found.filter(status=STATES[state][0]) if state in STATES else found


def counts(actor: Actor) -> dict[str, int]:
    """How many tasks there are in each state."""
    found = dict(tasks(actor).order_by().values_list("status").annotate(Count("pk")))
    return {name: found.get(status.value, 0) for name, (status, _title) in STATES.items()}


def line(task: "DBTaskResult") -> TaskLine:  # type: ignore[type-arg]
    """A task as a person reads it: its arguments and its own words are left out, since they may be confidential."""
    starts = len(task.worker_ids)
    failed_before = task.status == TaskResultStatus.READY and starts > 0
    trouble = ""
    if task.status == TaskResultStatus.FAILED or failed_before:
        trouble = in_plain_words(task.exception_class_path)
    states = {status.value: title for status, title in STATES.values()}
    return TaskLine(
        key=str(task.pk),
        title=title_of(task.task_path),
        state=states[task.status],
        starts=starts,
        at=task.finished_at or task.started_at or task.enqueued_at,
        again_at=task.run_after if failed_before else None,
        trouble=trouble,
    )


def failed_for_good(actor: Actor) -> int:
    """How many tasks and jobs failed as often as they are tried, for whoever may do something about it."""
    if not may(actor, Permission.JOBS_MANAGE):
        return 0
    found = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    return found.count() + Schedule.objects.filter(failures__gte=MOST_STARTS, paused=False).count()


def a_worker_lives(now: datetime) -> bool:
    """True while some worker says that it lives."""
    return bool(living(now))
