"""What of the requests stands on a person's home page: to answer, to release, in the week, and what is waited for."""

from datetime import date

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure.models import LIVE, CaseState
from folkmoot.apps.disclosure.queries import CaseLine, cases, lines
from folkmoot.web.shell.home import HomeItem, Waiting, WeekEntry

GROUP = "Secretariat"


def _live(actor: Actor) -> list[CaseLine]:
    """The live requests with their clocks, for whoever works on requests."""
    if not may(actor, Permission.REQUEST_HANDLE):
        return []
    return lines(cases(actor).filter(state__in=LIVE), actor.today)


def items(actor: Actor) -> list[HomeItem]:
    """Requests to be answered, and answers that wait for this person's release."""
    return [_item(actor, line) for line in _live(actor) if _to_release(actor, line) or _to_answer(line)]


def _to_answer(line: CaseLine) -> bool:
    return line.case.state == CaseState.OPEN and not line.clock.is_stopped


def _to_release(actor: Actor, line: CaseLine) -> bool:
    """Whether the answer waits for this person to release it."""
    return (
        line.case.state == CaseState.PREPARED
        and line.case.prepared_by_id != actor.account_id
        and may(actor, Permission.REQUEST_RELEASE)
    )


def _item(actor: Actor, line: CaseLine) -> HomeItem:
    release = _to_release(actor, line)
    clock = line.clock
    days = f"{clock.gone} of {clock.allowed} {clock.unit}s are gone."
    return HomeItem(
        kind="Information request",
        title=line.case.title,
        url=reverse("request", args=[line.case.key]),
        why="The answer waits for your release." if release else days,
        due=clock.due,
        verb="Release" if release else "Answer",
        overdue=clock.is_overdue,
        handling=line.case.handling,
    )


def week(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    """Requests whose last day falls on these days."""
    return [
        WeekEntry(
            day=line.clock.due,
            group=GROUP,
            title=f"Answer due: {line.case.title}",
            url=reverse("request", args=[line.case.key]),
            state=line.case.get_state_display(),
            needs_a_step=line.case.state == CaseState.OPEN,
            handling=line.case.handling,
        )
        for line in _live(actor)
        if line.clock.due and first <= line.clock.due <= last
    ]


def waiting(actor: Actor) -> list[Waiting]:
    """Requests that wait for the person who asked, and answers that this person prepared and somebody else releases."""
    found = []
    for line in _live(actor):
        url = reverse("request", args=[line.case.key])
        asked = next((each for each in line.case.clarifications.all() if each.answered_on is None), None)
        if asked:
            found.append(Waiting(line.case.title, url, "Whoever asked", asked.asked_on, handling=line.case.handling))
        elif line.case.prepared_at and line.case.prepared_by_id == actor.account_id:
            since, mark = line.case.prepared_at, line.case.handling
            found.append(Waiting(line.case.title, url, "A second person", since, line.clock.due, mark))
    return found
