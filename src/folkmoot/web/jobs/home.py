"""What of the background work needs the administrator."""

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.jobs.queries import failed_for_good
from folkmoot.web.shell.home import HomeItem
from folkmoot.web.templating import plural


def items(actor: Actor) -> list[HomeItem]:
    """Work that failed as often as it is tried."""
    count = failed_for_good(actor)
    if not count:
        return []
    return [
        HomeItem(
            kind="Background",
            title=f"{plural(count, 'piece')} of background work failed",
            url=f"{reverse('jobs')}?state=failed",
            why="It is not tried again until somebody asks for it.",
            due=None,
            verb="Look",
        )
    ]
