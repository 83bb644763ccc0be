"""What of the issues a person's home page tells: changes, the week, and what was asked of others."""

from datetime import date, datetime

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.roles import SECRETARIAT
from folkmoot.apps.issues.models import Action, Issue
from folkmoot.apps.issues.queries import news
from folkmoot.web.shell.home import HomeChange, Waiting, WeekEntry


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
        HomeChange(each.ended_at, "Action", each.title, _action(each.key), f"{each.get_state_display()}: {each.owner}.")
        for each in news.ended_since(actor, since)
        if each.ended_at
    ]
    return [*notes, *states, *ended]


def _of_issue(at: datetime, issue: Issue, what: str) -> HomeChange:
    return HomeChange(at, "Issue", issue.title, _issue(issue.key), what)


def _issue(key: str) -> str:
    return reverse("issue", args=[key])


def _action(key: str) -> str:
    return reverse("action", args=[key])


def _group_of(action: Action) -> str:
    return "Secretariat" if action.owner.role in SECRETARIAT else "Offices"


def week(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    """The actions due on these days, and the next dates of issues."""
    if not _knows(actor):
        return []
    actions = [
        WeekEntry(each.due, _group_of(each), f"Action: {each.title}", _action(each.key), each.owner.name)
        for each in news.due_between(actor, first, last)
    ]
    nexts = [
        WeekEntry(
            day=each.next_on,
            group="Secretariat",
            title=each.next_what,
            url=_issue(each.key),
            owner=each.lead.name if each.lead else "",
            state=each.title,
        )
        for each in news.next_between(actor, first, last)
        if each.next_on
    ]
    return [*actions, *nexts]


def waiting(actor: Actor) -> list[Waiting]:
    """The actions that a person asked of others."""
    if not _knows(actor):
        return []
    return [
        Waiting(each.title, _action(each.key), each.owner.name, each.created_at, each.due)
        for each in news.asked_of_others(actor)
    ]
