"""Work that the worker does for this room, so that nobody waits for it in a page."""

from django_tasks import task

from folkmoot.apps.access.clock import moment
from folkmoot.apps.positions.consolidation import consolidate
from folkmoot.apps.positions.models import Circulation


@task()
def consolidate_circulation(circulation_id: int) -> None:
    """Work out groups and conflicts over all submitted returns of a circulation, unless that stands already."""
    circulation = Circulation.objects.get(pk=circulation_id)
    if circulation.consolidated_at is None:
        consolidate(circulation, now=moment())
