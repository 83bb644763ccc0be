"""One person lets another act in their place between two moments."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, Refused, check, may
from folkmoot.apps.access.models import Account, Delegation
from folkmoot.apps.access.permissions import PASSABLE, SENTENCES, Permission
from folkmoot.apps.access.queries import may_act_for, own_account
from folkmoot.apps.access.roles import ROLES, Role


def _refuse_what_cannot_be_passed(principal: Account, permissions: Collection[Permission]) -> None:
    if not permissions:
        raise Invalid("A delegation must pass something on. Tick at least one thing that the person may do for you.")
    for permission in permissions:
        what = SENTENCES[permission].rstrip(".")
        if permission not in PASSABLE:
            raise Invalid(f"This cannot be passed to another person: {what}. Take it off the list.")
        if permission not in ROLES[Role(principal.role)].permissions:
            raise Invalid(f"{principal.name} may not do this and so cannot pass it on: {what}. Take it off the list.")


def _refuse_a_wrong_period(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise Invalid("The delegation ends before it starts. Give an end that is later than the start.")
    if ends_at <= now:
        raise Invalid("The delegation would be over already. Give an end in the future.")


@transaction.atomic
def delegate(
    actor: Actor,
    *,
    delegate: Account,
    permissions: Collection[Permission],
    starts_at: datetime,
    ends_at: datetime,
    note: str = "",
) -> Delegation:
    """Let somebody act in one's own place. Only what is listed travels; what one may read never does."""
    check(actor, Permission.DELEGATE)
    if Permission.DELEGATE not in actor.own_permissions:
        raise Refused("Only a person themselves may let another act for them.")
    principal = own_account(actor)
    if not may_act_for(delegate, principal, actor.today):
        raise Invalid(
            f"{delegate.name} cannot act for you. A delegation goes to a colleague in the same office, whose account "
            "is open; it gives nobody access to what they may not read themselves."
        )
    _refuse_what_cannot_be_passed(principal, permissions)
    _refuse_a_wrong_period(starts_at, ends_at, actor.now)
    delegation = Delegation.objects.create(
        principal=principal,
        delegate=delegate,
        permissions=sorted(permission.value for permission in permissions),
        starts_at=starts_at,
        ends_at=ends_at,
        note=note.strip(),
        created_at=actor.now,
    )
    record(
        actor,
        "delegation.given",
        delegation,
        delegate=delegate.pk,
        permissions=delegation.permissions,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    return delegation


@transaction.atomic
def end_delegation(actor: Actor, *, delegation: Delegation) -> Delegation:
    """End a delegation before its time: by whoever gave it, whoever holds it, or an administrator."""
    parties = {delegation.principal_id, delegation.delegate_id}
    if actor.confined or (actor.account_id not in parties and not may(actor, Permission.PEOPLE_MANAGE)):
        raise Refused("Only the person who gave a delegation, the one who holds it, or an administrator may end it.")
    if delegation.ended_early_at or delegation.ends_at <= actor.now:
        raise Conflict("This delegation is over already. There is nothing to end.")
    delegation.ended_early_at = actor.now
    delegation.save(update_fields=["ended_early_at"])
    record(actor, "delegation.ended", delegation)
    return delegation
