"""What people hold in this room, for whoever sees them leave: the delegations that run or are to come."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.holdings import Holding
from folkmoot.apps.access.models import Account, Delegation
from folkmoot.apps.access.queries import delegations_visible_to


def held(actor: Actor, accounts: Sequence[Account], day: date) -> Iterator[Holding]:
    """As far as the actor may see it. They end with the account, so nobody takes them over."""
    found = delegations_visible_to(actor).filter(
        Q(principal__in=accounts) | Q(delegate__in=accounts), ended_early_at__isnull=True, ends_at__date__gte=day
    )
    for delegation in found.order_by("starts_at", "pk"):
        until = f"until {delegation.ends_at.day} {delegation.ends_at:%B %Y}"
        title = f"{delegation.delegate.name} for {delegation.principal.name}"
        parts = {delegation.principal_id: f"may act for them {until}", delegation.delegate_id: f"acts {until}"}
        for account in accounts:
            if account.pk in parts:
                yield Holding(Delegation._meta.label_lower, delegation.key, title, parts[account.pk], account.pk)
