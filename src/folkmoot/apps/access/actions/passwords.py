"""A person sets their password by the link they were sent, and changes it later."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import actor_for, own_account

SPENT_LINK = (
    "This link has been used or is too old: it opens once, within three days. Ask an administrator for a new one."
)


def invitation_token(account: Account) -> str:
    """The secret part of the link by which a person sets their password; it is spent when they have."""
    return default_token_generator.make_token(account)


@transaction.atomic
def invite(actor: Actor, *, account: Account) -> str:
    """Make the secret part of a person's link, for the mail room to send."""
    by = check(actor, Permission.PEOPLE_MANAGE)
    if not account.is_active:
        raise Conflict(f"The account of {account.name} is closed. Open it again before you send a link.")
    record(actor, "account.invited", account, by=by)
    return invitation_token(account)


def invited_account(*, key: str, token: str) -> Account:
    """The account that a link opens, or Invalid for a link that is spent, too old or made up."""
    account = Account.objects.filter(key=key, is_active=True).first()
    if account is None or not default_token_generator.check_token(account, token):
        raise Invalid(SPENT_LINK)
    return account


def _set(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from None
    account.set_password(password)
    account.save(update_fields=["password"])


@transaction.atomic
def set_password_by_link(*, key: str, token: str, password: str, now: datetime) -> Account:
    """Set the password of the person whom the link was sent to; the link is then spent."""
    account = invited_account(key=key, token=token)
    _set(account, password)
    record(actor_for(account, now=now, today=now.date()), "account.password-set", account)
    return account


@transaction.atomic
def change_own_password(actor: Actor, *, current: str, password: str) -> Account:
    """Change one's own password; whoever knows the old one only."""
    account = own_account(actor)
    if not account.check_password(current):
        raise Invalid("The current password is not right. Type it again, or ask an administrator for a new link.")
    _set(account, password)
    record(actor, "account.password-changed", account)
    return account
