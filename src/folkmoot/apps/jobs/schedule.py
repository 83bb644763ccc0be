"""What runs by the clock: each room tells its jobs when the installation starts.

    register_scheduled("mail.fetch", "Fetch the mail", every=timedelta(minutes=1), run=fetch)

`run` takes the moment and gives one plain sentence on what it did, without a confidential word. It must do no harm
when it is run again after a stop in the middle.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Run = Callable[[datetime], str]
# How long a job or a task may take before it is ended, unless its room says otherwise.
LIMIT = timedelta(minutes=30)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that runs by the clock."""

    name: str
    title: str
    every: timedelta
    run: Run
    limit: timedelta = LIMIT


def wait_after(failures: int) -> timedelta:
    """How long a job waits after so many failures in a row: a minute, doubled each time, an hour at most."""
    return min(FIRST_WAIT * (1 << min(failures - 1, 10)), LONGEST_WAIT)


_jobs: dict[str, Job] = {}


def register_scheduled(name: str, title: str, *, every: timedelta, run: Run, limit: timedelta = LIMIT) -> None:
    """A room tells here of a job; told twice, it is one."""
    _jobs[name] = Job(name, title, every, run, limit)


def scheduled() -> list[Job]:
    """Every job, by its title."""
    return sorted(_jobs.values(), key=lambda job: job.title)


def job_named(name: str) -> Job | None:
    """The job of this name."""
    return _jobs.get(name)
