"""People are added, given a role, closed, opened again and erased."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from folkmoot.apps.access.actions.sessions import end_all_sessions
from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.factors import Authenticator
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.holdings import Holding, hand_over
from folkmoot.apps.access.models import Account, AudienceEntry, Delegation
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import actor_for, check_secretariat, may_succeed
from folkmoot.apps.access.roles import OFFICE, ROLES, SECRETARIAT, Role


def _usable_address(email: str, *, but: Account | None = None) -> str:
    """The address as it is kept, or Invalid where it is no address or another account has it."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid(f"“{email}” is not a mail address. Write it like name@example.org.") from None
    others = Account.objects.exclude(pk=but.pk) if but else Account.objects.all()
    if others.filter(email__iexact=address).exists():
        raise Invalid(f"There is an account with the address {address} already. Change that account instead.")
    return address


def _usable_name(name: str) -> str:
    if not name.strip():
        raise Invalid("The person has no name. Write the name by which the network knows them.")
    return name.strip()


def _usable_person(role: Role, person: str) -> str:
    """The key of the person in the register, which whoever speaks for an office must have."""
    if role in OFFICE and not person:
        raise Invalid(
            f"A {ROLES[role].name.lower()} speaks for an office. Choose the person in the register of members first, "
            "so that it is known for which office."
        )
    return person


def _new_account(
    email: str, name: str, role: Role, person: str, employer: str, *, invented: bool, now: datetime
) -> Account:
    account = Account(
        email=_usable_address(email),
        name=_usable_name(name),
        role=role.value,
        person=_usable_person(role, person),
        employer=employer,
        is_invented=invented,
        created_at=now,
    )
    account.set_unusable_password()
    account.save()
    return account


@transaction.atomic
def create_account(
    actor: Actor,
    *,
    email: str,
    name: str,
    role: Role,
    person: str = "",
    employer: str = "",
    invented: bool = False,
) -> Account:
    """Add a person, who cannot sign in before they have set a password by their invitation.

    `invented` marks the people of a demonstration, who sign in from a list there.
    """
    by = check(actor, Permission.PEOPLE_MANAGE)
    account = _new_account(email, name, role, person, employer, invented=invented, now=actor.now)
    record(actor, "account.created", account, by=by, role=role.value)
    return account


@transaction.atomic
def create_first_administrator(*, email: str, name: str, now: datetime, invented: bool = False) -> Account:
    """Give a new installation its first administrator; refused once anybody has an account."""
    if Account.objects.exists():
        raise Conflict("This installation has accounts already. An administrator adds people from the page People.")
    account = _new_account(email, name, Role.ADMINISTRATOR, "", "", invented=invented, now=now)
    record(actor_for(account, now=now, today=now.date()), "account.created", account, role=account.role)
    return account


def _refuse_to_leave_nobody(account: Account) -> None:
    """An installation keeps an administrator: without one nobody could add anybody."""
    others = Account.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=account.pk)
    if account.role == Role.ADMINISTRATOR and account.is_active and not others.exists():
        raise Conflict(f"{account.name} is the only administrator. Make somebody else an administrator first.")


def _refuse_oneself(actor: Actor, account: Account, what: str) -> None:
    if account.pk == actor.account_id:
        raise Conflict(f"Nobody may {what} their own account. Ask another administrator.")


def _side(role: Role) -> str:
    """Where a person stands. Whoever changes sides is no longer on the records that named them on the other."""
    return "secretariat" if role in SECRETARIAT else "office" if role in OFFICE else role.value


@transaction.atomic
def change_account(
    actor: Actor, *, account: Account, email: str, name: str, role: Role, person: str = "", employer: str = ""
) -> Account:
    """Change a person's name, address, role, place in the register or employer."""
    by = check(actor, Permission.PEOPLE_MANAGE)
    if role != account.role:
        _refuse_oneself(actor, account, "change the role of")
        _refuse_to_leave_nobody(account)
        record(actor, "account.role-changed", account, by=by, before=account.role, after=role.value)
        if _side(Role(account.role)) != _side(role):
            AudienceEntry.objects.filter(key=f"account:{account.pk}").delete()
    account.email = _usable_address(email, but=account)
    account.name = _usable_name(name)
    account.role = role.value
    account.person = _usable_person(role, person)
    account.employer = employer
    account.save()
    record(actor, "account.changed", account, by=by)
    return account


def _end_delegations(account: Account, now: datetime) -> None:
    """Whoever leaves acts for nobody, and nobody acts for them."""
    Delegation.objects.filter(
        Q(principal=account) | Q(delegate=account), ends_at__gt=now, ended_early_at__isnull=True
    ).update(ended_early_at=now)


@transaction.atomic
def close_account(actor: Actor, *, account: Account) -> Account:
    """Close an account: the person is signed out at once, and what they did stays."""
    by = check(actor, Permission.PEOPLE_MANAGE)
    _refuse_oneself(actor, account, "close")
    _refuse_to_leave_nobody(account)
    account.is_active = False
    account.save(update_fields=["is_active"])
    _end_delegations(account, actor.now)
    end_all_sessions(account)
    record(actor, "account.closed", account, by=by)
    return account


@transaction.atomic
def hand_over_held(actor: Actor, *, account: Account, to: Sequence[tuple[Holding, Account]]) -> int:
    """Give what somebody holds to others, by the action of each room; all of it or nothing. Says how much."""
    check_secretariat(actor)
    for held, successor in to:
        if not may_succeed(successor, account, actor.today):
            raise Invalid(f"“{held.title}” cannot go to {successor.name}. Choose a colleague whose account is open.")
        hand_over(actor, held, successor)
    if to:
        record(actor, "account.handed-over", account, count=len(to))
    return len(to)


@transaction.atomic
def reopen_account(actor: Actor, *, account: Account) -> Account:
    """Open a closed account again; its old delegations stay ended."""
    by = check(actor, Permission.PEOPLE_MANAGE)
    if account.erased_at:
        raise Conflict("This account was erased and cannot be opened again. Add the person anew.")
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(actor, "account.reopened", account, by=by)
    return account


@transaction.atomic
def erase_account(actor: Actor, *, account: Account) -> Account:
    """Erase who a person was. The trail holds their number only, so it stays whole."""
    by = check(actor, Permission.PEOPLE_MANAGE)
    if account.is_active:
        raise Conflict(f"Close the account of {account.name} before you erase it.")
    account.name = "An erased person"
    account.email = f"{account.key}@erased.invalid"
    account.person = account.employer = ""
    account.set_unusable_password()
    account.erased_at = actor.now
    account.save()
    Authenticator.objects.filter(user=account).delete()
    Delegation.objects.filter(Q(principal=account) | Q(delegate=account)).update(note="")
    record(actor, "account.erased", account, by=by)
    return account
