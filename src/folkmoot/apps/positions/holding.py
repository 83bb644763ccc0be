"""What people hold in this room: positions that they lead, and the signatures that their offices owe."""

from collections.abc import Iterator, Sequence
from datetime import date

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.holdings import Holding, register_hand_over, register_holding
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.queries import actor_for
from folkmoot.apps.access.roles import OFFICE
from folkmoot.apps.positions.actions import change_position
from folkmoot.apps.positions.models import Position, SignOff
from folkmoot.apps.positions.queries.due import signatures_owed
from folkmoot.apps.positions.states import PositionState

DONE = (PositionState.PUBLISHED, PositionState.WITHDRAWN)


def register() -> None:
    """Tell whoever sees people leave."""
    register_holding(holdings)
    register_hand_over(Position._meta.label_lower, give_position)


def holdings(actor: Actor, accounts: Sequence[Account], day: date) -> Iterator[Holding]:
    """As far as the actor may see it. A signature is its office's, so that nobody has to take it over."""
    led = Position.objects.visible_to(actor).filter(lead__in=accounts).exclude(state__in=DONE)
    for position in led.order_by("title", "pk"):
        what = f"leads the position, which is {position.get_state_display().lower()}"
        table = Position._meta.label_lower
        yield Holding(table, position.key, position.title, what, position.lead_id, position.handling)
    # Whose office owes one is asked person by person, so lists of many people do without what nobody takes over.
    if len(accounts) == 1 and accounts[0].role in OFFICE and accounts[0].is_active:
        yield from _signatures(actor, accounts[0], day)


def _signatures(actor: Actor, account: Account, day: date) -> Iterator[Holding]:
    owed = [each.position for each in signatures_owed(actor_for(account, now=actor.now, today=day))]
    seen = Position.objects.visible_to(actor).filter(pk__in=[position.pk for position in owed])
    what = "is asked for a signature; whoever speaks for the office next signs"
    for position in seen.order_by("title", "pk"):
        yield Holding(SignOff._meta.label_lower, position.key, position.title, what, account.pk, position.handling)


def give_position(actor: Actor, key: str, to: Account) -> None:
    """Somebody else leads a position."""
    position = Position.objects.visible_to(actor).get(key=key)
    change_position(
        actor,
        position=position,
        title=position.title,
        issue=position.issue,
        handling=position.handling,
        lead=to,
    )
