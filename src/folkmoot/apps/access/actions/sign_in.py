"""A person signs in and out; guessing is slowed down, and a wrong address looks just like a wrong password."""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.crypto import salted_hmac

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.factors import has_factor
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.models import Account, SignInFailure
from folkmoot.apps.access.queries import actor_for, own_account

WINDOW = timedelta(minutes=15)
KEPT = timedelta(days=1)
MOST_PER_ADDRESS = 10
MOST_PER_SOURCE = 50

WRONG = "The mail address or the password is not right. Check both and try again."
TOO_MANY = "Too many sign-ins have failed. Wait a quarter of an hour, then try again."


def hash_of(what: str) -> str:
    """What was guessed at, as it is kept: an address, or the second step of an account."""
    return salted_hmac("folkmoot.sign-in", what.strip().lower(), algorithm="sha256").hexdigest()


def is_too_much(address: str, source: str, now: datetime, *, most: int = MOST_PER_ADDRESS) -> bool:
    """Whether so much failed lately, for this or from there, that nobody may try at present."""
    recent = SignInFailure.objects.filter(at__gt=now - WINDOW)
    return (
        recent.filter(address_hash=address).count() >= most or recent.filter(source=source).count() >= MOST_PER_SOURCE
    )


def note_failure(address: str, source: str, now: datetime) -> None:
    """Remember a failure for a day."""
    SignInFailure.objects.create(address_hash=address, source=source, at=now)
    SignInFailure.objects.filter(at__lte=now - KEPT).delete()


def welcome(account: Account, now: datetime) -> Account:
    """Write into the trail that a person is in."""
    record(actor_for(account, now=now, today=now.date()), "account.signed-in", account)
    return account


def sign_in(*, email: str, password: str, source: str, now: datetime) -> Account:
    """The account behind an address and its password; Invalid when they are wrong, Conflict after too many failures.

    Not one transaction: a failure must be remembered although the sign-in is refused. Whether the address is known
    shows neither in the words nor in the time, since Django hashes the password for an unknown address, too. Whoever
    has a second factor is not in yet: the door asks for it before it opens anything.
    """
    address = hash_of(email)
    if is_too_much(address, source, now):
        raise Conflict(TOO_MANY)
    user = authenticate(username=email.strip(), password=password)
    if not isinstance(user, Account):
        note_failure(address, source, now)
        raise Invalid(WRONG)
    with transaction.atomic():
        SignInFailure.objects.filter(address_hash=address).delete()
        return user if has_factor(user) else welcome(user, now)


@transaction.atomic
def sign_in_invented(*, key: str, now: datetime) -> Account:
    """Sign in as one of a demonstration's invented people, without a password; refused for anybody else."""
    account = Account.objects.filter(key=key, is_invented=True, is_active=True).first()
    if account is None:
        raise Invalid("Nobody of the demonstration has this name. Choose a person from the list.")
    return welcome(account, now)


@transaction.atomic
def sign_out(actor: Actor) -> None:
    """Note that a person signed out."""
    record(actor, "account.signed-out", own_account(actor))
