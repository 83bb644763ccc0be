"""A person adds and removes second factors, and proves one when they sign in."""

from datetime import datetime
from typing import Any

from django.db import transaction

from folkmoot.apps.access import passkeys, secrets
from folkmoot.apps.access.actions.sign_in import TOO_MANY, hash_of, is_too_much, note_failure, welcome
from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import new_key
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.factors import (
    PURPOSE,
    SIDES,
    Authenticator,
    RecoveryCodes,
    has_factor,
    matching_step,
    must_add_one,
    rows,
    use_code,
)
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account, SecondFactorRule, SignInFailure
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account

WRONG_CODE = (
    "This code is not right, or was used already. Wait for the next code of your app, or use a recovery code that you "
    "have not used."
)
WRONG_PASSWORD = "Your password is not right. Type it again."
MOST_PASSKEYS = 20


def _attempt_at(account: Account, source: str, now: datetime) -> str:
    """Where failures of this account's second step are counted; Conflict when there were too many.

    They are counted apart from the password's, which a right password forgets: who has stolen one could else go on
    guessing codes for ever.
    """
    step = hash_of(f"second step {account.key}")
    if is_too_much(step, source, now):
        raise Conflict(TOO_MANY)
    return step


def _done(account: Account, step: str, now: datetime) -> Account:
    SignInFailure.objects.filter(address_hash=step).delete()
    return welcome(account, now)


def prove_code(account: Account, *, code: str, source: str, now: datetime) -> str:
    """Let a person in by a code of their app or a recovery code; says which. Not one transaction, as `sign_in`."""
    step = _attempt_at(account, source, now)
    kind = use_code(account, code, now)
    if not kind:
        note_failure(step, source, now)
        raise Invalid(WRONG_CODE)
    with transaction.atomic():
        _done(account, step, now)
        if kind == Authenticator.Type.RECOVERY_CODES:
            record_of_own(account, "factor.recovery-code-used", now)
    return kind


def record_of_own(account: Account, verb: str, now: datetime) -> None:
    """Write what a person did while they sign in, before they are an actor."""
    record(Actor(account.pk, account.name, None, now, now.date()), verb, account)


def prove_passkey(
    account: Account | None, *, answer: str, state: dict[str, Any] | None, source: str, now: datetime
) -> Account:
    """Let a person in by a passkey: as a second step of `account`, or alone, when the passkey says whose it is."""
    step = _attempt_at(account, source, now) if account else hash_of(f"passkey from {source}")
    if is_too_much(step, source, now):
        raise Conflict(TOO_MANY)
    try:
        shown, counter = passkeys.proved_holder(answer, state, account)
    except Invalid:
        note_failure(step, source, now)
        raise
    with transaction.atomic():
        shown.data["counter"], shown.last_used_at = counter, now
        shown.save(update_fields=["data", "last_used_at"])
        return _done(shown.user, step, now)


def confirm_password(actor: Actor, *, password: str, source: str) -> Account:
    """The person's own account, once they have shown that it is they who sit there."""
    account = own_account(actor)
    step = _attempt_at(account, source, actor.now)
    if not account.check_password(password):
        note_failure(step, source, actor.now)
        raise Invalid(WRONG_PASSWORD)
    return account


@transaction.atomic
def add_app(actor: Actor, *, secret: str, code: str) -> Account:
    """Begin to ask for the codes of an app, once it has shown a right one."""
    account = own_account(actor)
    if rows(account, Authenticator.Type.TOTP):
        raise Conflict("You have an authenticator app already. Remove it first to set up another one.")
    step = matching_step(secret, code, actor.now)
    if step is None:
        raise Invalid("This is not the code that the app should show now. Check its clock, and type the code it shows.")
    data = {"secret": secrets.encrypt(secret, PURPOSE), "key": new_key(), "last_step": step}
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=data, created_at=actor.now)
    record(actor, "factor.added", account, kind="totp")
    return account


@transaction.atomic
def add_passkey(actor: Actor, *, name: str, answer: str, state: dict[str, Any] | None) -> Account:
    """Keep a passkey under the name that its holder gives it."""
    account = own_account(actor)
    if len(rows(account, Authenticator.Type.WEBAUTHN)) >= MOST_PASSKEYS:
        raise Conflict(f"You have {MOST_PASSKEYS} passkeys. Remove one that you no longer use first.")
    credential, counter = passkeys.proved_new(answer, state)
    data = {"name": name.strip() or "Passkey", "credential": credential, "counter": counter, "key": new_key()}
    Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data=data, created_at=actor.now)
    record(actor, "factor.added", account, kind="webauthn")
    return account


@transaction.atomic
def make_recovery_codes(actor: Actor) -> list[str]:
    """Ten new recovery codes, each good once; those from before are void."""
    account = own_account(actor)
    if not has_factor(account):
        raise Conflict("Add an authenticator app or a passkey first. Recovery codes stand in for it when it is lost.")
    Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
    made = RecoveryCodes.activate(account)
    record(actor, "factor.recovery-codes-made", account)
    return list(made.generate_codes())


@transaction.atomic
def remove_factor(actor: Actor, *, key: str) -> str:
    """Remove an app or a passkey; with the last one the recovery codes go, too. Says what was removed."""
    account = own_account(actor)
    row = next((row for row in rows(account) if row.data["key"] == key), None)
    if row is None:
        raise Conflict("This is removed already. There is nothing to do.")
    row.delete()
    record(actor, "factor.removed", account, kind=row.type)
    if not has_factor(account):
        Authenticator.objects.filter(user=account).delete()
        if must_add_one(account):
            raise Conflict("Your side must have a second factor. Add another one first, then remove this.")
    return str(row.data.get("name") or "The authenticator app")


@transaction.atomic
def reset_factors(actor: Actor, *, account: Account) -> Account:
    """Take all second factors off somebody who lost theirs, so that they sign in by password and add new ones."""
    by = check(actor, Permission.PEOPLE_MANAGE)
    if account.pk == actor.account_id:
        raise Conflict("Nobody resets their own second factors. Use a recovery code, or ask another administrator.")
    removed, _ = Authenticator.objects.filter(user=account).delete()
    if not removed:
        raise Conflict(f"{account.name} has no second factor. There is nothing to reset.")
    record(actor, "factor.reset", account, by=by)
    return account


@transaction.atomic
def set_second_factor_rule(actor: Actor, *, sides: list[str]) -> SecondFactorRule:
    """Say which sides must have a second factor, from their next sign-in on."""
    by = check(actor, Permission.PEOPLE_MANAGE)
    if set(sides) - SIDES.keys():
        raise Invalid("Choose sides from the list.")
    rule, _ = SecondFactorRule.objects.update_or_create(
        pk=1, defaults={"sides": sorted(sides), "changed_at": actor.now}
    )
    record(actor, "factor.rule-changed", rule, by=by, sides=rule.sides)
    return rule
