"""What a person holds in this room, for whoever sees them leave: the delegations that run or are to come."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.holdings import Holding
from folkmoot.apps.access.models import Account, Delegation
from folkmoot.apps.access.queries import delegations_visible_to


def held(actor: Actor, account: Account, day: date) -> Iterator[Holding]:
    """As far as the actor may see it. They end with the account, so nobody takes them over."""
    found = delegations_visible_to(actor).filter(
        Q(principal=account) | Q(delegate=account), ended_early_at__isnull=True, ends_at__date__gte=day
    )
    for delegation in found.order_by("starts_at", "pk"):
        until = f"until {delegation.ends_at.day} {delegation.ends_at:%B %Y}"
        what = f"may act for them {until}" if delegation.principal_id == account.pk else f"acts {until}"
        title = f"{delegation.delegate.name} for {delegation.principal.name}"
        yield Holding(Delegation._meta.label_lower, delegation.key, title, what)
