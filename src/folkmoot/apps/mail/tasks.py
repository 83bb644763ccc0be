"""What the worker does for the mail room. A task is started by the clock, so here the clock is read."""

from django_tasks import task

from folkmoot.apps.access.clock import moment
from folkmoot.apps.mail import delivery, fetching


@task
def deliver_message(pk: int) -> None:
    """Send one mail; the row was written with what caused it, so it exists exactly when that happened."""
    delivery.deliver(pk, now=moment())


@task
def fetch_mail() -> None:
    """Take in what has just come; where another worker does so already, there is nothing to do."""
    fetching.fetch(moment())
