"""What of the accounts stands on a person's home page: a second factor that is missing, and delegations."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from folkmoot.apps.access import queries
from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.factors import KEY_HOLDERS, who_should_add_one
from folkmoot.apps.access.queries import delegations_visible_to
from folkmoot.apps.access.roles import Role
from folkmoot.web.clock import LONDON
from folkmoot.web.shell.home import HomeItem, WeekEntry
from folkmoot.web.templating import plural


def items(actor: Actor) -> list[HomeItem]:
    """For whoever holds the keys to everything and locks them with a password alone."""
    if actor.account_id is None or actor.confined or actor.role not in KEY_HOLDERS:
        return []
    if not who_should_add_one().filter(pk=actor.account_id).exists():
        return []
    why = "Whoever learns your password is you. An app or a passkey takes two minutes."
    return [HomeItem("Your account", "Add a second factor", reverse("account"), why, None, "Add one")]


def left_behind(actor: Actor) -> list[HomeItem]:
    """For whoever leads the secretariat: what is still in the hands of people whose account is closed."""
    if actor.role not in (Role.HEAD, Role.DEPUTY) or actor.confined:
        return []
    return [
        HomeItem(
            kind="People",
            title=f"Hand over what {account.name} held",
            url=reverse("hand_over_from", args=[account.key]),
            why=f"The account is closed and still holds {plural(count, 'thing')}.",
            due=None,
            verb="Hand over",
        )
        for account, count in queries.left_behind(actor)
    ]


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
            title=f"{each.delegate.name} for {each.principal.name}",
            url=reverse("delegations"),
            owner=each.delegate.name,
            state=f"The delegation {verb}",
            at=at,
        )
        for each in found
        for at, verb in ((each.starts_at, "begins"), (each.ends_at, "ends"))
        if first <= at.astimezone(LONDON).date() <= last
    ]
