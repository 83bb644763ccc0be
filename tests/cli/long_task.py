"""A task that takes as long as the job beside it."""

from pathlib import Path

from django_tasks import task

from tests.cli.long_work import work


@task
def take_long(notes: str) -> None:
    """Wait to be let go."""
    work("task", Path(notes))
