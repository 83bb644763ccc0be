"""Mails that tell people what happened to their account: where to go, never a secret but their own link."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.models import Account
from folkmoot.apps.mail.actions import About, queue
from folkmoot.web.templating import moment_text

NOT_YOU = "If this was not you, change your password and tell an administrator of your network at once.\n"


def _tell(actor: Actor, account: Account, subject: str, text: str) -> None:
    """Nobody else reads these mails in the outbox: they are about one person's keys."""
    about = About(
        f"Account of {account.name}",
        account._meta.label_lower,
        account.pk,
        Audience.PRIVATE,
        (f"account:{account.pk}",),
    )
    body = f"Dear {account.name},\n\n{text}"
    queue(actor, to=(account.name, account.email), subject=subject, body=body, about=about, link_only=True)


@transaction.atomic
def send_new_link(actor: Actor, account: Account, token: str) -> None:
    """The link for a forgotten password, to whom it belongs."""
    link = settings.ENVIRONMENT.address + reverse("reset_password", args=[account.key, token])
    _tell(
        actor,
        account,
        "A new password for Folkmoot",
        "Somebody, most likely you, has asked for a new password on Folkmoot. Set it here. The link works once and for "
        f"an hour:\n\n{link}\n\nIf this was not you, leave the link alone: your password stays as it is.\n",
    )


def tell_of_factor(actor: Actor, account: Account, what: str) -> None:
    """Tell a person what changed in how they sign in: “A passkey was added”."""
    _tell(
        actor,
        account,
        "How you sign in to Folkmoot has changed",
        f"{what} on {moment_text(actor.now)}.\n\nSee {settings.ENVIRONMENT.address}{reverse('account')}\n\n{NOT_YOU}",
    )
