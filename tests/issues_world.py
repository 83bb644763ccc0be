"""Issues for tests: one that the network sees, and an action on it.

issue = begin(cast)                                  for all member offices
issue = begin(cast, audience=Audience.SECRETARIAT)   for the secretariat alone
action = give(cast, issue, "member_officer")         due on the day of the cast
"""

from typing import Any

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Action, Issue
from tests.cast import TODAY, Cast


def begin(cast: Cast, title: str = "Buses", **more: Any) -> Issue:
    """An issue of the officer's."""
    given: dict[str, Any] = {
        "aim": "Every bus on one ticket.",
        "lead": cast.officer,
        "audience": Audience.NETWORK,
        **more,
    }
    return actions.begin_issue(cast.actor("officer"), title=title, **given)


def give(
    cast: Cast, issue: Issue | None = None, owner: str = "officer", *, title: str = "Write the letter", **more: Any
) -> Action:
    """An action for somebody of the cast."""
    account = cast.account(owner)
    assert account is not None
    given: dict[str, Any] = {"due": TODAY, **more}
    return actions.open_action(cast.actor("officer"), issue=issue, title=title, owner=account, **given)
