"""What is looked out for, by issue."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.queries.listing import live_issues
from folkmoot.apps.signals.models import Watch


def watched(actor: Actor) -> list[tuple[Issue, Watch | None]]:
    """Every live issue that a person may see, with its watch where it has one and they may see that, too."""
    issues = list(live_issues(actor))
    watches = {watch.issue_id: watch for watch in Watch.objects.visible_to(actor).filter(issue__in=issues)}
    return [(issue, watches.get(issue.pk)) for issue in issues]


def watch_of(actor: Actor, issue: Issue) -> Watch | None:
    """The watch of an issue, if it has one and the person may see it."""
    found: Watch | None = Watch.objects.visible_to(actor).filter(issue=issue).first()
    return found
