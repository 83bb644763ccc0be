"""What people hold in this room: items of the forward plan that they own, and seats in groups."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.holdings import Holding, register_hand_over, register_holding
from folkmoot.apps.access.models import Account
from folkmoot.apps.agenda.actions import change_entry
from folkmoot.apps.agenda.models import EntryState, Group, PlanEntry, Seat


def register() -> None:
    """Tell whoever sees people leave."""
    register_holding(holdings)
    register_hand_over(PlanEntry._meta.label_lower, give_entry)


def holdings(actor: Actor, accounts: Sequence[Account], day: date) -> Iterator[Holding]:
    """As far as the actor may see it. Who sits in a group is for the group to say, so seats are handed to nobody."""
    entries = PlanEntry.objects.visible_to(actor).filter(owner__in=accounts, state=EntryState.PLANNED)
    for entry in entries.order_by("title", "pk"):
        what, table = "owns the item of the plan", PlanEntry._meta.label_lower
        yield Holding(table, entry.key, entry.title, what, entry.owner_id, entry.handling)
    if actor.in_secretariat and not actor.confined:
        yield from _seats(actor, accounts, day)


def _seats(actor: Actor, accounts: Sequence[Account], day: date) -> Iterator[Holding]:
    seen = Seat.objects.filter(account__in=accounts, group__in=Group.objects.visible_to(actor))
    held = seen.filter(Q(ends__isnull=True) | Q(ends__gte=day)).select_related("group")
    for seat in held.order_by("group__place", "pk"):
        what = "chairs the group" if seat.is_chair else "sits in the group"
        yield Holding(Seat._meta.label_lower, seat.key, seat.group.name, what, seat.account_id)


def give_entry(actor: Actor, key: str, to: Account) -> None:
    """Somebody else owns an item of the plan."""
    entry = PlanEntry.objects.visible_to(actor).get(key=key)
    change_entry(
        actor,
        entry=entry,
        title=entry.title,
        purpose=entry.purpose,
        minutes=entry.minutes,
        owner=to,
        meeting=entry.meeting,
        why="Handed over.",
    )
