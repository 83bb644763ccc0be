"""A person is sent the link by which they set their password: the access room makes it, the mail room sends it."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from folkmoot.apps.access import actions
from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import Account
from folkmoot.apps.mail.actions import invite_person
from folkmoot.apps.mail.delivery import sends_mail


@transaction.atomic
def send_invitation(actor: Actor, account: Account) -> str:
    """Send a person their link, and say what to do next in a sentence.

    An installation that sends no mail shows the link to the administrator this once, who passes it on.
    """
    token = actions.invite(actor, account=account)
    link = settings.ENVIRONMENT.address + reverse("set_password", args=[account.key, token])
    invite_person(actor, account=account, link=link)
    if sends_mail():
        return f"A link to set a password is on its way to {account.email}. It opens once, within three days."
    return f"No mail is sent from here: give {account.name} this link, which opens once, within three days: {link}"


@transaction.atomic
def add_and_invite(actor: Actor, **given: Any) -> tuple[Account, str]:
    """Add a person and send them their link; both or neither."""
    account = actions.create_account(actor, **given)
    return account, send_invitation(actor, account)
