"""What the mail room does by the clock."""

from datetime import datetime, timedelta

from folkmoot.apps.jobs.schedule import register_scheduled
from folkmoot.apps.jobs.titles import describe
from folkmoot.apps.mail import delegations, delivery, fetching, second_factors


def register() -> None:
    """Tell the jobs room; called when the installation starts."""
    register_scheduled("mail.deliver", "Send mail that waits", every=timedelta(seconds=20), run=deliver)
    register_scheduled(
        "delegations.tell", "Tell of delegations that begin and end", every=timedelta(minutes=1), run=delegations.tell
    )
    register_scheduled("mail.fetch", "Fetch the mail", every=timedelta(minutes=1), run=fetching.fetch)
    register_scheduled(
        "factors.remind", "Remind of second factors", every=timedelta(hours=6), run=second_factors.remind
    )
    describe("folkmoot.apps.mail.tasks.fetch_mail", "Fetch mail that has just come")
    describe("folkmoot.apps.mail.tasks.deliver_message", "Send one mail")


def deliver(now: datetime) -> str:
    """Show what a dead worker held, and send what is due."""
    delivery.give_up_orphans(now=now)
    tried = delivery.deliver_due(now=now)
    return f"Tried to send {tried} {'mail' if tried == 1 else 'mails'} that waited." if tried else "No mail waited."
