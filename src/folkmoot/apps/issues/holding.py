"""What a person holds in this room, for whoever takes over: issues and workstreams that they lead, open actions."""

from collections.abc import Iterator
from datetime import date

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.holdings import Holding
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.models import LIVE, Action, Issue, Workstream


def holdings(actor: Actor, account: Account, day: date) -> Iterator[Holding]:
    """As far as the actor may see it."""
    issues = Issue.objects.visible_to(actor).filter(lead=account, state__in=LIVE)
    for issue in issues.order_by("title", "pk"):
        yield Holding(Issue._meta.label_lower, issue.key, issue.title, "leads the issue")
    for stream in Workstream.objects.visible_to(actor).filter(lead=account):
        yield Holding(Workstream._meta.label_lower, stream.key, stream.name, "leads the workstream")
    for action in Action.objects.visible_to(actor).open().filter(owner=account).order_by("due", "pk"):
        what = f"is to do it by {action.due.day} {action.due:%B %Y}"
        yield Holding(Action._meta.label_lower, action.key, action.title, what)
