"""What the worker does for the mail room. A task is started by the clock, so here the clock is read."""

from django_tasks import task

from folkmoot.apps.access.clock import moment
from folkmoot.apps.mail import delivery


@task
def deliver_message(pk: int) -> None:
    """Send one mail; the row was written with what caused it, so it exists exactly when that happened."""
    delivery.deliver(pk, now=moment())
