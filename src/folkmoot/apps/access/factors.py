"""Second factors: the codes of an authenticator app, passkeys, and recovery codes for a lost device.

The rows are those of django-allauth (`Authenticator`), and so is the arithmetic of the codes. Pages, slow-down and
clock are ours: a code is checked against the moment that the door gives, and counts once, whatever process meets it.
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from folkmoot.apps.access import secrets
from folkmoot.apps.access.models import Account, SecondFactorRule
from folkmoot.apps.access.roles import OFFICE, SECRETARIAT, Role

__all__ = ["Authenticator", "RecoveryCodes", "generate_totp_secret"]

PURPOSE = "second-factors"
PERIOD = 30
# A telephone's clock may be half a minute off.
TOLERANCE = 1
KINDS = {"totp": "Authenticator app", "webauthn": "Passkey", "recovery_codes": "Recovery codes"}
SIDES = {
    "administrators": "Administrators",
    "secretariat": "The secretariat",
    "offices": "The offices",
    "guests": "Guests",
}
# Who holds the keys to everything, and is reminded while a password alone opens it.
KEY_HOLDERS = (Role.ADMINISTRATOR, Role.HEAD)
ENOUGH = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth keeps for us is unreadable without this installation's key."""

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text, PURPOSE)


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor as a person reads it."""

    key: str
    kind: str
    kind_name: str
    name: str
    added_at: datetime
    used_at: datetime | None


def rows(account: Account, *kinds: str) -> list[Authenticator]:
    """The rows of a person's factors, recovery codes left out unless asked for."""
    return list(Authenticator.objects.filter(user=account, type__in=kinds or ENOUGH).order_by("created_at", "pk"))


def factors_of(account: Account) -> list[Factor]:
    """A person's app and passkeys, oldest first."""
    return [
        Factor(
            row.data["key"],
            row.type,
            KINDS[row.type],
            row.data.get("name") or KINDS[row.type],
            row.created_at,
            row.last_used_at,
        )
        for row in rows(account)
    ]


def has_factor(account: Account) -> bool:
    """Whether a second factor is asked of a person when they sign in."""
    return bool(Authenticator.objects.filter(user=account, type__in=ENOUGH).exists())


def who_should_add_one() -> "QuerySet[Account]":
    """Administrators and heads who have come and sign in with a password alone; an invented one signs in by a list."""
    with_one = Authenticator.objects.filter(type__in=ENOUGH).values("user")
    found = Account.objects.filter(role__in=KEY_HOLDERS, is_active=True, is_invented=False).exclude(pk__in=with_one)
    return found.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def side_of(role: Role) -> str:
    """On which side a role stands, for the rule on second factors."""
    if role in SECRETARIAT:
        return "secretariat"
    if role in OFFICE:
        return "offices"
    return "administrators" if role is Role.ADMINISTRATOR else "guests"


def sides_that_must() -> frozenset[str]:
    """The sides that must have a second factor."""
    rule = SecondFactorRule.objects.filter(pk=1).first()
    return frozenset(rule.sides) if rule else frozenset()


def must_add_one(account: Account) -> bool:
    """Whether a person must add a second factor before they see anything else."""
    return side_of(Role(account.role)) in sides_that_must() and not has_factor(account)


def matching_step(secret: str, code: str, now: datetime, *, after: int = -1) -> int | None:
    """The half minute to which a code belongs; None for a wrong code and for one of a half minute that was used."""
    digits = "".join(code.split())
    present = int(now.timestamp()) // PERIOD
    for step in range(present - TOLERANCE, present + TOLERANCE + 1):
        if step > after and constant_time_compare(format_hotp_value(hotp_value(secret, step)), digits):
            return step
    return None


def use_code(account: Account, code: str, now: datetime) -> str:
    """Which kind of code this is ("totp", "recovery_codes"), spent with that; nothing for a code that is not right."""
    with transaction.atomic():
        found = Authenticator.objects.select_for_update().filter(
            user=account, type__in=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
        )
        return next((row.type for row in found.order_by("-type") if _spend(row, code, now)), "")


def _spend(row: Authenticator, code: str, now: datetime) -> bool:
    if row.type == Authenticator.Type.TOTP:
        step = matching_step(secrets.decrypt(row.data["secret"], PURPOSE), code, now, after=row.data["last_step"])
        if step is None:
            return False
        row.data["last_step"] = step
    elif not RecoveryCodes(row).validate_code("".join(code.split())):
        return False
    else:
        row.refresh_from_db()
    row.last_used_at = now
    row.save(update_fields=["data", "last_used_at"])
    return True


def codes_left(account: Account) -> int | None:
    """How many recovery codes a person has; None while they have made none."""
    row = next(iter(rows(account, Authenticator.Type.RECOVERY_CODES)), None)
    return len(RecoveryCodes(row).get_unused_codes()) if row else None
