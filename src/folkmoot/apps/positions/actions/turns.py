"""One step on a position at a time, each on how it stands and not on how a page showed it."""

from folkmoot.apps.positions import states
from folkmoot.apps.positions.models import Position


def take_turn(position: Position, step: str) -> None:
    """Wait for whoever acts on this position now, read it afresh, and check that its state allows the step.

    Called first in an action's transaction: the position is locked before anything that belongs to it, so that two
    people wait for each other and do not block each other.
    """
    position.refresh_from_db(from_queryset=Position.objects.select_for_update())
    states.check(position.state, step)
