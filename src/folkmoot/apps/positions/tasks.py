"""Work that the worker does for this room, so that nobody waits for it in a page."""

from django.utils import timezone
from django_tasks import task

from folkmoot.apps.positions.consolidation import consolidate
from folkmoot.apps.positions.models import Circulation


@task()
def consolidate_circulation(circulation_id: int) -> None:
    """Work out groups and conflicts over all submitted returns of a circulation; doing it twice changes nothing."""
    consolidate(Circulation.objects.get(pk=circulation_id), now=timezone.now())
