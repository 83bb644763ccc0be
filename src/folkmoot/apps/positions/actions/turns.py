"""One step at a time on a position, a round or an answer, each on how it stands and not on how a page showed it."""

from folkmoot.apps.positions import states
from folkmoot.apps.positions.models import Circulation, Position, Return


def take_turn(position: Position, step: str) -> None:
    """Wait for whoever acts on this position now, read it afresh, and check that its state allows the step.

    Called first in an action's transaction: the position is locked before anything that belongs to it, so that two
    people wait for each other and do not block each other.
    """
    position.refresh_from_db(from_queryset=Position.objects.select_for_update())
    states.check(position.state, step)


def hold_round(circulation: Circulation) -> None:
    """Wait for whoever closes this round or answers in it, and read it afresh: closing counts what was in time."""
    circulation.refresh_from_db(from_queryset=Circulation.objects.select_for_update())


def hold_return(ret: Return) -> None:
    """Wait for whoever changes this answer, and read it afresh; after its round, where that is held too."""
    ret.refresh_from_db(from_queryset=Return.objects.select_for_update())
