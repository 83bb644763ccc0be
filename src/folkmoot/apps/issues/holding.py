"""What people hold in this room, and how it goes to somebody else: issues and workstreams led, open actions."""

from collections.abc import Iterator, Sequence
from datetime import date

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.holdings import Holding, register_hand_over, register_holding
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.actions import change_action, change_issue, change_workstream
from folkmoot.apps.issues.models import LIVE, Action, Issue, Workstream


def register() -> None:
    """Tell whoever sees people leave."""
    register_holding(holdings)
    register_hand_over(Issue._meta.label_lower, give_issue)
    register_hand_over(Workstream._meta.label_lower, give_workstream)
    register_hand_over(Action._meta.label_lower, give_action)


def holdings(actor: Actor, accounts: Sequence[Account], day: date) -> Iterator[Holding]:
    """As far as the actor may see it."""
    issues = Issue.objects.visible_to(actor).filter(lead__in=accounts, state__in=LIVE)
    for issue in issues.order_by("title", "pk"):
        table = Issue._meta.label_lower
        yield Holding(table, issue.key, issue.title, "leads the issue", issue.lead_id, issue.handling)
    for stream in Workstream.objects.visible_to(actor).filter(lead__in=accounts):
        yield Holding(Workstream._meta.label_lower, stream.key, stream.name, "leads the workstream", stream.lead_id)
    for action in Action.objects.visible_to(actor).open().filter(owner__in=accounts).order_by("due", "pk"):
        what = f"is to do it by {action.due.day} {action.due:%B %Y}"
        table = Action._meta.label_lower
        yield Holding(table, action.key, action.title, what, action.owner_id, action.handling)


def give_issue(actor: Actor, key: str, to: Account) -> None:
    """Somebody else leads an issue."""
    issue = Issue.objects.visible_to(actor).get(key=key)
    change_issue(
        actor,
        issue=issue,
        title=issue.title,
        aim=issue.aim,
        workstream=issue.workstream,
        priority=issue.priority,
        lead=to,
        handling=issue.handling,
    )


def give_workstream(actor: Actor, key: str, to: Account) -> None:
    """Somebody else leads a workstream."""
    stream = Workstream.objects.visible_to(actor).get(key=key)
    change_workstream(
        actor,
        workstream=stream,
        name=stream.name,
        aim=stream.aim,
        lead=to,
        priority=stream.priority,
        place=stream.place,
    )


def give_action(actor: Actor, key: str, to: Account) -> None:
    """Somebody else is to do it, by the same day."""
    action = Action.objects.visible_to(actor).get(key=key)
    change_action(actor, action=action, title=action.title, owner=to, due=action.due, remind_days=action.remind_days)
