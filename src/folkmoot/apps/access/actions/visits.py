"""Notes when a person was here, so that their home page can say what changed since."""

from datetime import datetime, timedelta

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import Visit

# Whoever comes back within this time is still on the same visit.
SAME_VISIT = timedelta(minutes=30)
# Whoever was never here is told of this long.
FIRST_LOOK = timedelta(days=7)


@transaction.atomic
def note_visit(actor: Actor) -> datetime:
    """The moment since which to tell what changed: when the visit before this one ended."""
    first = actor.now - FIRST_LOOK
    if actor.account_id is None or actor.confined:
        return first
    visit, is_new = Visit.objects.select_for_update().get_or_create(
        account_id=actor.account_id, defaults={"at": actor.now}
    )
    if not is_new:
        if actor.now - visit.at >= SAME_VISIT:
            visit.before = visit.at
        visit.at = max(visit.at, actor.now)
        visit.save(update_fields=["at", "before"])
    return visit.before or first
