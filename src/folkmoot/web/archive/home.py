"""What of the memory stands on a person's home page: past papers that were taken in."""

from datetime import datetime

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.archive.queries.listing import TakenIn, taken_in_since
from folkmoot.web.shell.home import HomeChange
from folkmoot.web.templating import plural


def changes(actor: Actor, since: datetime) -> list[HomeChange]:
    """The papers that came into the memory after a moment; what came together stands on one line."""
    if Audience.NETWORK not in actor.levels:
        return []
    return [_change(together) for together in taken_in_since(actor, since)]


def _change(together: TakenIn) -> HomeChange:
    alone = together.count == 1
    return HomeChange(
        at=together.at,
        kind="Memory",
        title=together.title if alone else plural(together.count, "past paper"),
        url=reverse("paper", args=[together.key]) if alone else reverse("papers"),
        what="was taken into the memory." if alone else "were taken into the memory.",
        handling=together.handling,
    )
