"""What of the issues stands on a person's home page."""

from collections.abc import Iterator

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.roles import Role
from folkmoot.apps.issues.queries.listing import issues_lacking
from folkmoot.apps.issues.queries.tasks import own_due
from folkmoot.web.shell.home import HomeItem
from folkmoot.web.templating import plural


def items(actor: Actor) -> list[HomeItem]:
    """One's own actions whose time has come; for the head, issues that nobody leads or that have no next date."""
    if actor.account_id is None or actor.confined:
        return []
    return [*_actions(actor), *_lacking(actor)]


def _actions(actor: Actor) -> Iterator[HomeItem]:
    for action in own_due(actor):
        yield HomeItem(
            kind="Action",
            title=action.title,
            url=reverse("action", args=[action.key]),
            why="Close it with what shows that it was done.",
            due=action.due,
            verb="Close",
            overdue=action.is_overdue(actor.today),
            handling=action.handling,
        )


def _lacking(actor: Actor) -> Iterator[HomeItem]:
    delegated = any(principal.role is Role.HEAD for principal in actor.principals)
    if actor.role is not Role.HEAD and not delegated:
        return
    count = issues_lacking(actor)
    if count:
        yield HomeItem(
            kind="Issues",
            title=f"{plural(count, 'issue')} without a lead or a next date",
            url=f"{reverse('issues')}?lacking=yes",
            why="Say who leads each, and what comes next.",
            due=None,
            verb="Look",
            delegated=actor.role is not Role.HEAD,
        )
