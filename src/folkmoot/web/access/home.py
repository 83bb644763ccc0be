"""What of the delegations stands in the week on a person's home page."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.queries import delegations_visible_to
from folkmoot.web.clock import LONDON
from folkmoot.web.shell.home import WeekEntry


def week(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    """The delegations of the person who asks, given or held, that begin or end on these days."""
    if actor.account_id is None or actor.confined:
        return []
    own = Q(principal=actor.account_id) | Q(delegate=actor.account_id)
    found = delegations_visible_to(actor).filter(own, ended_early_at__isnull=True)
    return [
        WeekEntry(
            day=at.astimezone(LONDON).date(),
            group="You",
            title=f"{each.delegate.name} {verb} to act for {each.principal.name}",
            url=reverse("delegations"),
            at=at,
        )
        for each in found
        for at, verb in ((each.starts_at, "begins"), (each.ends_at, "ceases"))
        if first <= at.astimezone(LONDON).date() <= last
    ]
