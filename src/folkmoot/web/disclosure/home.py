"""What of the requests stands on a person's home page."""

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure.models import LIVE, CaseState
from folkmoot.apps.disclosure.queries import CaseLine, cases, lines
from folkmoot.web.shell.home import HomeItem


def items(actor: Actor) -> list[HomeItem]:
    """Requests after 10, 15 and 18 working days or overdue, and answers that wait for this person's release."""
    if not may(actor, Permission.REQUEST_HANDLE):
        return []
    live = lines(cases(actor).filter(state__in=LIVE), actor.today)
    return [_item(actor, line) for line in live if line.clock.reminder or line.clock.is_overdue or _waits(actor, line)]


def _waits(actor: Actor, line: CaseLine) -> bool:
    """Whether the answer waits for this person to release it."""
    return (
        line.case.state == CaseState.PREPARED
        and line.case.prepared_by_id != actor.account_id
        and may(actor, Permission.REQUEST_RELEASE)
    )


def _item(actor: Actor, line: CaseLine) -> HomeItem:
    days = f"{line.clock.gone} of {line.clock.allowed} working days are gone."
    return HomeItem(
        kind="Information request",
        title=line.case.title,
        url=reverse("request", args=[line.case.key]),
        why="The answer waits for your release." if _waits(actor, line) else days,
        due=line.clock.due,
        verb="Release" if _waits(actor, line) else "Answer",
        overdue=line.clock.is_overdue,
    )
