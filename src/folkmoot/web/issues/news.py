"""What of the issues a person's home page tells: changes, the week, and what was asked of others."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.roles import SECRETARIAT
from folkmoot.apps.issues.models import Action, Issue
from folkmoot.apps.issues.queries import news
from folkmoot.web.shell.home import HomeChange, Waiting, WeekEntry
from folkmoot.web.templating import plural

LATE_SHOWN = 3


def _knows(actor: Actor) -> bool:
    return actor.account_id is not None and not actor.confined


def changes(actor: Actor, since: datetime) -> list[HomeChange]:
    """Notes, new states and ended actions since a moment."""
    if not _knows(actor):
        return []
    notes = [
        _of_issue(each.written_at, each.issue, f"{each.written_by} wrote a note.")
        for each in news.notes_since(actor, since)
    ]
    states = [
        _of_issue(each.at, each.issue, f"Now {each.get_state_display().lower()}.")
        for each in news.states_since(actor, since)
    ]
    ended = [
        HomeChange(
            at=each.ended_at,
            kind="Action",
            title=each.title,
            url=_action(each.key),
            what=f"{each.get_state_display()}: {each.owner}.",
            handling=each.handling,
        )
        for each in news.ended_since(actor, since)
        if each.ended_at
    ]
    return [*notes, *states, *ended]


def _of_issue(at: datetime, issue: Issue, what: str) -> HomeChange:
    return HomeChange(at, "Issue", issue.title, _issue(issue.key), what, issue.handling)


def _issue(key: str) -> str:
    return reverse("issue", args=[key])


def _action(key: str) -> str:
    return reverse("action", args=[key])


def _group_of(action: Action) -> str:
    return "Secretariat" if action.owner.role in SECRETARIAT else "Offices"


def week(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    """The actions due on these days, those that are late on the first of them, and the next dates of issues."""
    if not _knows(actor):
        return []
    due = [_due(each, each.due, each.get_state_display()) for each in news.due_between(actor, first, last)]
    nexts = [
        WeekEntry(
            day=each.next_on,
            group="Secretariat",
            title=each.next_what,
            url=_issue(each.key),
            owner=each.lead.name if each.lead else "Nobody leads it",
            state=f"{each.title}: {each.get_state_display().lower()}",
            handling=each.handling,
        )
        for each in news.next_between(actor, first, last)
        if each.next_on
    ]
    return [*_late(actor, first), *due, *nexts]


def _due(action: Action, day: date, state: str, *, late: bool = False) -> WeekEntry:
    return WeekEntry(
        day=day,
        group=_group_of(action),
        title=f"Action: {action.title}",
        url=_action(action.key),
        owner=action.owner.name,
        state=state,
        needs_a_step=late,
        handling=action.handling,
    )


def _late(actor: Actor, today: date) -> Iterator[WeekEntry]:
    """The latest few of each group, and how many more there are."""
    found: dict[str, list[Action]] = defaultdict(list)
    for action in news.late_before(actor, today):
        found[_group_of(action)].append(action)
    for group, late in found.items():
        for each in late[:LATE_SHOWN]:
            yield _due(each, today, f"{plural((today - each.due).days, 'day')} late", late=True)
        more = len(late) - LATE_SHOWN
        if more > 0:
            all_late = f"{reverse('actions')}?whose=all&state=overdue"
            yield WeekEntry(today, group, f"{plural(more, 'more action')} late", all_late, needs_a_step=True)


def waiting(actor: Actor) -> list[Waiting]:
    """The actions that a person asked of others."""
    if not _knows(actor):
        return []
    return [
        Waiting(each.title, _action(each.key), each.owner.name, each.created_at, each.due, each.handling)
        for each in news.asked_of_others(actor)
    ]
