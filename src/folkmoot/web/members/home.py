"""What of the register stands on a person's home page: reviews that are not done."""

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.roles import Role
from folkmoot.apps.members.queries import open_reviews
from folkmoot.web.shell.home import HomeItem
from folkmoot.web.templating import plural

KEEPERS = (Role.HEAD, Role.COORDINATOR)


def items(actor: Actor) -> list[HomeItem]:
    """For the head, whoever acts for them, and the coordinator: what to look at after a change in the register."""
    delegated = any(principal.role is Role.HEAD for principal in actor.principals)
    if actor.account_id is None or actor.confined or not (actor.role in KEEPERS or delegated):
        return []
    return [
        HomeItem(
            kind="Review",
            title=shown.review.words,
            url=reverse("review", args=[shown.review.key]),
            why=f"{plural(shown.left, 'record')} still to look at.",
            due=None,
            verb="Look",
            delegated=actor.role not in KEEPERS,
        )
        for shown in open_reviews(actor)
    ]
