"""A person sets their password by the link they were sent, and changes it later."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int

from folkmoot.apps.access.actions.sign_in import hash_of, is_too_much, note_failure
from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account, OpenSession
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import actor_for, own_account

SPENT_LINK = (
    "This link has been used or is too old: it opens once, within three days. Ask an administrator for a new one."
)


MOST_ASKED = 3
FORGOTTEN_FOR = timedelta(hours=1)
SPENT_RESET = "This link has been used or is older than an hour. Ask for a new one on the page “Forgotten password”."


class _ForgottenToken(PasswordResetTokenGenerator):
    """The secret of a link that a person asked for themselves: for an hour, once, and not good for an invitation."""

    key_salt = "folkmoot.forgotten-password"

    def make(self, account: Account, now: datetime) -> str:
        return self._make_token_with_timestamp(account, self._num_seconds(_plain(now)), self.secret)

    def check(self, account: Account, token: str, now: datetime) -> bool:
        stamp, _, _ = token.partition("-")
        try:
            made = base36_to_int(stamp)
        except ValueError:
            return False
        age = self._num_seconds(_plain(now)) - made
        same = constant_time_compare(self._make_token_with_timestamp(account, made, self.secret), token)
        return same and 0 <= age <= FORGOTTEN_FOR.total_seconds()


def _plain(now: datetime) -> datetime:
    """Django counts its tokens' seconds in clock time without a zone; UTC has no hour twice."""
    return now.astimezone(UTC).replace(tzinfo=None)


_forgotten_token = _ForgottenToken()


def forget_password(*, email: str, source: str, now: datetime) -> tuple[Account, str] | None:
    """Whom to send a new link and its secret; nobody where the address is unknown, which the page does not tell.

    Each asking counts like a failed sign-in, so that nobody floods a mailbox or tries addresses by the hundred.
    """
    asked = hash_of(f"forgotten {email}")
    if is_too_much(asked, source, now, most=MOST_ASKED):
        raise Conflict("A link was asked for too often. Wait a quarter of an hour, then try again.")
    note_failure(asked, source, now)
    account = Account.objects.filter(email__iexact=email.strip(), is_active=True, erased_at__isnull=True).first()
    if account is None:
        return None
    with transaction.atomic():
        record(actor_for(account, now=now, today=now.date()), "account.password-forgotten", account)
    return account, _forgotten_token.make(account, now)


def forgetful_account(*, key: str, token: str, now: datetime) -> Account:
    """The account that a link for a forgotten password opens, or Invalid for one that is spent, too old or made up."""
    account = Account.objects.filter(key=key, is_active=True).first()
    if account is None or not _forgotten_token.check(account, token, now):
        raise Invalid(SPENT_RESET)
    return account


@transaction.atomic
def reset_password(*, key: str, token: str, password: str, now: datetime) -> Account:
    """Set a forgotten password anew: whoever was signed in with the old one no longer is."""
    account = forgetful_account(key=key, token=token, now=now)
    _set(account, password)
    OpenSession.objects.filter(account=account).delete()
    record(actor_for(account, now=now, today=now.date()), "account.password-set", account)
    return account


def invitation_token(account: Account) -> str:
    """The secret part of the link by which a person sets their password; it is spent when they have."""
    return default_token_generator.make_token(account)


@transaction.atomic
def invite(actor: Actor, *, account: Account) -> str:
    """Make the secret part of a person's link, for the mail room to send."""
    by = check(actor, Permission.PEOPLE_MANAGE)
    if not account.is_active:
        raise Conflict(f"The account of {account.name} is closed. Open it again before you send a link.")
    account.invited_at = actor.now
    account.save(update_fields=["invited_at"])
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
