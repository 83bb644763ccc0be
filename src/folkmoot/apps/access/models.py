"""Tables of the access room: accounts, delegations, audience entries, failed sign-ins, the audit trail."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from folkmoot.apps.access.audience import AudienceEntry, new_key
from folkmoot.apps.access.roles import ROLES, Role

__all__ = [
    "Account",
    "AudienceEntry",
    "AuditEntry",
    "AuditHead",
    "Delegation",
    "OpenSession",
    "SecondFactorRule",
    "SignInFailure",
    "Visit",
]


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A person who may sign in. `employer` says who pays them and opens nothing; the role says what they see."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(role.value, ROLES[role].name) for role in Role])
    person = models.CharField(max_length=80, blank=True, help_text="Key of the person in the register of members.")
    employer = models.CharField(max_length=80, blank=True, help_text="Key of the organisation that pays them.")
    is_active = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False, help_text="One of a demonstration's people, who sign in there.")
    created_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True, blank=True, help_text="When the latest link to set a password left.")
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_email_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def role_name(self) -> str:
        """The role as a person reads it."""
        return ROLES[Role(self.role)].name


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations, by when they hold."""

    def running(self, now: datetime) -> "DelegationQuerySet":
        """Those that hold at this moment: from the first moment on, up to the last but not at it."""
        return self.filter(starts_at__lte=now, ends_at__gt=now, ended_early_at__isnull=True)


class Delegation(models.Model):
    """One person acts for another between two moments, for the permissions named."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    principal = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="delegations_held")
    permissions = models.JSONField(default=list)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_early_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    start_told_at = models.DateTimeField(null=True, blank=True)
    end_told_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(principal=F("delegate")), name="delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} for {self.principal}"

    def state(self, now: datetime) -> str:
        """As a person reads it: to come, running, over, or ended early."""
        if self.ended_early_at:
            return "Ended early"
        if now < self.starts_at:
            return "To come"
        return "Running" if now < self.ends_at else "Over"


class Visit(models.Model):
    """When a person last opened their home page, and when in the visit before: what changed since is told there."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account} at {self.at}"


class OpenSession(models.Model):
    """A signed-in browser, so that a person can see where they are signed in and end it."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    browser = models.CharField(max_length=60, help_text="Which browser on which system, in two words.")
    by = models.CharField(max_length=60, help_text="What was shown: a password, two factors, a passkey.")

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.account} on {self.browser}"


class SecondFactorRule(models.Model):
    """Which sides must have a second factor: one row, absent while none must."""

    sides = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "rule on second factors"

    def __str__(self) -> str:
        return ", ".join(self.sides) or "nobody"


class SignInFailure(models.Model):
    """A sign-in that failed, kept a day to slow down guessing; the address typed is stored as a hash."""

    address_hash = models.CharField(max_length=64)
    source = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address_hash", "at"]), models.Index(fields=["source", "at"])]

    def __str__(self) -> str:
        return f"{self.source} {self.at}"


class AppendOnly(models.Model):
    """Rows that are written once. The database refuses the rest, too: see the migration."""

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RuntimeError("The audit trail is append-only.")
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RuntimeError("The audit trail is append-only.")


class AuditEntry(AppendOnly):
    """One thing done or read: ids and hashes, never personal text."""

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    principal_id = models.BigIntegerField(null=True, help_text="For whom, under a delegation.")
    verb = models.CharField(max_length=60)
    record = models.CharField(max_length=60)
    record_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["record", "record_id"])]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class AuditHead(models.Model):
    """The last row's number and hash: one row, locked by each writer, so that the chain never forks."""

    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "audit trail"

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
