"""What the worker does for the signals room at once. A task is started by the clock, so here the clock is read."""

from django_tasks import task

from folkmoot.apps.access.clock import moment
from folkmoot.apps.signals import learnt, pulling, weighing


@task
def read_now() -> None:
    """Read the sources that are due and weigh what they told, for somebody who waits before the page."""
    pulling.pull_due(moment())
    weighing.weigh_new(moment())


@task
def weigh_now() -> None:
    """Weigh what waits, such as all of the last 90 days after a change of what is looked out for."""
    weighing.weigh_new(moment())


@task
def learn_now(by: int) -> None:
    """Learn from what was sorted, for somebody who then reads what it would change."""
    learnt.propose(moment(), by=by)
