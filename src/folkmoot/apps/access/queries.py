"""Who is who: actors made from accounts."""

from datetime import date, datetime

from folkmoot.apps.access.actor import Actor, Principal, offices_of
from folkmoot.apps.access.models import Account, Delegation
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import OFFICE, ROLES, Role


def _offices(account: Account, today: date) -> frozenset[str]:
    """The offices that an account speaks for. The secretariat speaks for none, whoever employs its staff."""
    return offices_of(account.person, today) if Role(account.role) in OFFICE else frozenset()


def _principal(delegation: Delegation, today: date) -> Principal:
    """What a delegation passes on: never more than the principal may do today."""
    account = delegation.principal
    role = Role(account.role)
    passed = frozenset(Permission(name) for name in delegation.permissions) & ROLES[role].permissions
    return Principal(
        account_id=account.pk,
        name=account.name,
        role=role,
        offices=_offices(account, today),
        permissions=passed - {Permission.DELEGATE},
        delegation_id=delegation.pk,
        ends_at=delegation.ends_at,
    )


def running_delegations(account: Account, now: datetime) -> list[Delegation]:
    """The delegations under which an account acts at this moment."""
    return list(
        Delegation.objects.filter(
            delegate=account,
            starts_at__lte=now,
            ends_at__gt=now,
            ended_early_at__isnull=True,
            principal__is_active=True,
        ).select_related("principal")
    )


def actor_for(account: Account, *, now: datetime, today: date, confined: str | None = None) -> Actor:
    """The actor behind an account at a moment. A person who came by a personal link brings no delegation with them."""
    principals = () if confined else tuple(_principal(d, today) for d in running_delegations(account, now))
    return Actor(
        account_id=account.pk,
        name=account.name,
        role=Role(account.role),
        now=now,
        today=today,
        person=account.person,
        offices=_offices(account, today),
        principals=principals,
        confined=confined,
    )
