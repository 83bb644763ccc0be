"""What the access room keeps, registered from here, since that room lies below this one."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.forgetting import forget
from folkmoot.apps.access.models import Account, AuditEntry, Delegation, OpenSession, SignInFailure
from folkmoot.apps.records.registry import (
    Extract,
    PersonalSource,
    RecordClass,
    Subject,
    register_personal_source,
    register_record_class,
)

ACCOUNT = "access.account"
A_DAY = timedelta(days=1)
MOST_STEPS = 10_000


def _old_failures(before: datetime) -> "QuerySet[SignInFailure]":
    # Its period is a day and not a month, so that it cannot be set longer by months alone.
    return SignInFailure.objects.filter(at__lte=before - A_DAY).order_by("at", "pk")


def _long_closed(before: datetime) -> "QuerySet[Account]":
    """Accounts whose latest closing lies before a moment; those from before there was a trail are left to a person."""
    closings = AuditEntry.objects.filter(record=ACCOUNT, record_id=OuterRef("pk"), verb="account.closed")
    return (
        Account.objects.filter(Exists(closings), is_active=False, erased_at__isnull=True)
        .exclude(Exists(closings.filter(at__gt=before)))
        .order_by("pk")
    )


def _delete(_actor: Actor, row: Any) -> None:
    row.delete()


def _forget(actor: Actor, account: Account) -> None:
    forget(account, actor.now)


def accounts_of(subject: Subject) -> "QuerySet[Account]":
    """The accounts of a person: the one named, and any under their addresses or their key in the register."""
    which = Q(pk=subject.account_id) if subject.account_id is not None else Q(pk__in=[])
    for email in subject.emails:
        which |= Q(email__iexact=email)
    if subject.person:
        which |= Q(person=subject.person)
    return Account.objects.filter(which, erased_at__isnull=True)


def _held(subject: Subject) -> list[Extract]:
    accounts = list(accounts_of(subject))
    ids = [account.pk for account in accounts]
    return [
        *(_account(account) for account in accounts),
        *(
            _delegation(each, ids)
            for each in Delegation.objects.select_related("principal", "delegate").filter(
                Q(principal__in=ids) | Q(delegate__in=ids)
            )
        ),
        *(
            Extract("A browser that is signed in", f"{each.browser}, by {each.by}", each.started_at, "", each.key)
            for each in OpenSession.objects.filter(account__in=ids)
        ),
        *(
            Extract("A step in the audit trail", f"{each.verb} on {each.record} {each.record_id}", each.at, "", "")
            for each in AuditEntry.objects.filter(account_id__in=ids)[:MOST_STEPS]
        ),
    ]


def _account(account: Account) -> Extract:
    text = "\n".join(
        [
            f"Name: {account.name}",
            f"Mail address: {account.email}",
            f"Role: {account.role_name}",
            f"Key in the register: {account.person or 'none'}",
            f"Employer: {account.employer or 'none'}",
            f"Last signed in: {account.last_login.isoformat() if account.last_login else 'never'}",
        ]
    )
    return Extract("The account", text, account.created_at, ACCOUNT, account.key)


def _delegation(delegation: Delegation, ids: list[int]) -> Extract:
    given = delegation.principal_id in ids
    other = delegation.delegate if given else delegation.principal
    text = f"{'To' if given else 'From'} {other.name}, until {delegation.ends_at.isoformat()}"
    if given and delegation.note:
        return Extract("A delegation", f"{text}. Note: {delegation.note}", delegation.starts_at, "", delegation.key)
    withheld = "The note was written by the other person." if delegation.note else ""
    return Extract("A delegation", text, delegation.starts_at, "", delegation.key, withheld)


def _erase(actor: Actor, subject: Subject) -> int:
    accounts = list(accounts_of(subject))
    for account in accounts:
        forget(account, actor.now)
    return len(accounts)


def register() -> None:
    """Tell the registries; called when the installation starts."""
    register_record_class(
        RecordClass(
            name="access.sign-in-failures",
            title="Failed sign-ins",
            basis="Legitimate interests: to slow down whoever guesses passwords. A day is enough for that.",
            months=0,
            due=_old_failures,
            remove=_delete,
        )
    )
    register_record_class(
        RecordClass(
            name="access.closed-accounts",
            title="Names and addresses of closed accounts",
            basis="Public task: to tell who did what while questions may still come.",
            months=24,
            due=_long_closed,
            remove=_forget,
        )
    )
    register_personal_source(
        PersonalSource(
            name="access",
            title="Accounts, delegations and the audit trail",
            find=_held,
            erase=_erase,
            kept="The audit trail stays: it holds numbers and no name, and proves what was done.",
        )
    )
