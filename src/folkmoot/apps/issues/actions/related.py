"""Taking a suggestion as a link, setting it aside, and looking at it again."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues.actions.links import link
from folkmoot.apps.issues.models import Dismissal, Issue, IssueLink
from folkmoot.apps.issues.queries.related import Suggestion, suggested

GONE = "This is no longer suggested. Load the page again."


def _one(actor: Actor, issue: Issue, value: str, *, set_aside: bool = False) -> Suggestion:
    """The suggestion that a form names, as the actor sees it now."""
    found = suggested(actor, issue)
    rows = found.set_aside if set_aside else found.offered
    chosen = next((each for each in rows if each.value == value), None)
    if chosen is None:
        raise Invalid(GONE)
    return chosen


@transaction.atomic
def take_suggestion(actor: Actor, *, issue: Issue, value: str) -> IssueLink:
    """Make a link of a suggestion; its why is the chain that made it related, and can be said anew."""
    check(actor, Permission.ISSUE_KEEP)
    chosen = _one(actor, issue, value)
    return link(actor, issue=issue, table=chosen.table, key=chosen.key, why=chosen.in_short)


@transaction.atomic
def set_suggestion_aside(actor: Actor, *, issue: Issue, value: str) -> Dismissal:
    """Suggest it no more, for anybody, until somebody looks at it again."""
    by = check(actor, Permission.ISSUE_KEEP)
    chosen = _one(actor, issue, value)
    gone, is_new = Dismissal.objects.get_or_create(
        issue=issue,
        table=chosen.table,
        record_key=chosen.key,
        defaults={"by_id": actor.account_id, "at": actor.now},
    )
    if is_new:
        record(actor, "issue.suggestion-set-aside", issue, by=by, table=chosen.table, key=chosen.key)
    return gone


@transaction.atomic
def restore_suggestion(actor: Actor, *, issue: Issue, value: str) -> None:
    """Suggest again what was set aside."""
    by = check(actor, Permission.ISSUE_KEEP)
    chosen = _one(actor, issue, value, set_aside=True)
    gone = Dismissal.objects.filter(issue=issue, table=chosen.table, record_key=chosen.key)
    if not gone.delete()[0]:
        raise Conflict(GONE)
    record(actor, "issue.suggestion-restored", issue, by=by, table=chosen.table, key=chosen.key)
