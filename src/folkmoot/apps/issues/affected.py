"""Which issues a change in the register touches: those linked to the body, the post or a person."""

from collections.abc import Iterator

from folkmoot.apps.issues.edges import BODY, PERSON, POST
from folkmoot.apps.issues.models import IssueLink
from folkmoot.apps.issues.own import ISSUE, issue_titles
from folkmoot.apps.members.affected import AffectedSource, Change, Found, register_affected


def register() -> None:
    """Tell the members room; called when the installation starts."""
    register_affected(AffectedSource(ISSUE, "Issue", find, issue_titles))


def find(change: Change) -> Iterator[Found]:
    records = [(BODY, change.organization), (POST, change.post), (PERSON, change.former)]
    for table, key in records:
        links = IssueLink.objects.filter(table=table, record_key=key) if key else IssueLink.objects.none()
        for issue, why in links.values_list("issue__key", "why"):
            yield issue, f"It is linked: {why}"
