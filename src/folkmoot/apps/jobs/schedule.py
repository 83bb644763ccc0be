"""What runs by the clock: each room tells its jobs when the installation starts.

    register_scheduled("mail.fetch", "Fetch the mail", every=timedelta(minutes=1), run=fetch)

`run` takes the moment and gives one plain sentence on what it did, without a confidential word. It must do no harm
when it is run again after a stop in the middle.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Run = Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Job:
    """Something that runs by the clock."""

    name: str
    title: str
    every: timedelta
    run: Run


_jobs: dict[str, Job] = {}


def register_scheduled(name: str, title: str, *, every: timedelta, run: Run) -> None:
    """A room tells here of a job; told twice, it is one."""
    _jobs[name] = Job(name, title, every, run)


def scheduled() -> list[Job]:
    """Every job, by its title."""
    return sorted(_jobs.values(), key=lambda job: job.title)


def job_named(name: str) -> Job | None:
    """The job of this name."""
    return _jobs.get(name)
