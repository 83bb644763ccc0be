"""Reminds administrators and heads once a week, while their password alone lets anybody in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.factors import who_should_add_one
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.access.models import Account
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.models import MailChoice, OutboxMessage

SUBJECT = "Your account on Folkmoot has no second factor"
AGAIN_AFTER = timedelta(days=7)
# Whoever has just come adds one by the home page, without a mail.
FIRST_AFTER = timedelta(days=1)
EARLIEST_HOUR = 7  # no mail is sent while people sleep


def remind(now: datetime) -> str:
    """Write to everybody who should add one and was not written to for a week; says in a sentence to how many."""
    actor = worker(timezone.localtime(now))
    if actor.now.hour < EARLIEST_HOUR:
        return f"Nobody is reminded before {EARLIEST_HOUR}:00."
    count = sum(_remind_one(actor, account.pk) for account in _whom(actor))
    return f"Reminded {count} {'person' if count == 1 else 'people'}." if count else "Nobody had to be reminded."


def _whom(actor: Actor) -> list[Account]:
    unwilling = MailChoice.objects.filter(reminders=False).values("account")
    found = who_should_add_one().filter(created_at__lte=actor.now - FIRST_AFTER).exclude(pk__in=unwilling)
    return list(found.order_by("pk"))


@transaction.atomic
def _remind_one(actor: Actor, pk: int) -> bool:
    """Two workers that meet at one person write to them once."""
    account = Account.objects.select_for_update().get(pk=pk)
    about = About(f"Account of {account.name}", account._meta.label_lower, pk, Audience.PRIVATE, (f"account:{pk}",))
    lately = OutboxMessage.objects.filter(created_at__gt=actor.now - AGAIN_AFTER, subject=SUBJECT)
    if lately.filter(about_record=about.record, about_id=pk).exists():
        return False
    try:
        queue(actor, to=(account.name, account.email), subject=SUBJECT, body=_text(account), about=about)
    except Invalid:  # no mail can be written to this address; the others are not to wait for it
        return False
    return True


def _text(account: Account) -> str:
    return (
        f"Dear {account.name},\n\n"
        f"You sign in as {account.role_name.lower()} with a password alone: whoever learns it is you. Add an "
        "authenticator app or a passkey to your account; it takes two minutes:\n\n"
        f"{settings.ENVIRONMENT.address}{reverse('account')}\n\n"
        "You are reminded once a week until you have one. The page on your mails lets you do without reminders.\n"
    )
