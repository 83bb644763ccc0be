"""What happened to the issues since a moment, what falls on some days, and what was asked of others."""

from datetime import date, datetime

from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.models import LIVE, Action, Issue, IssueNote, StateChange


def notes_since(actor: Actor, since: datetime) -> QuerySet[IssueNote]:
    """The notes that others wrote after a moment."""
    found = IssueNote.objects.visible_to(actor).filter(written_at__gt=since).exclude(written_by=actor.account_id)
    return found.select_related("issue", "written_by")


def states_since(actor: Actor, since: datetime) -> QuerySet[StateChange]:
    """The issues that went to another state after a moment."""
    found = StateChange.objects.filter(issue__in=Issue.objects.visible_to(actor), at__gt=since)
    return found.select_related("issue")


def ended_since(actor: Actor, since: datetime) -> QuerySet[Action]:
    """The actions that others ended after a moment."""
    found = Action.objects.visible_to(actor).filter(ended_at__gt=since).exclude(ended_by=actor.account_id)
    return found.select_related("owner")


def due_between(actor: Actor, first: date, last: date) -> QuerySet[Action]:
    """The open actions due on these days, both included."""
    return Action.objects.visible_to(actor).open().filter(due__range=(first, last)).select_related("owner")


def late_before(actor: Actor, day: date) -> QuerySet[Action]:
    """The open actions whose day is over, the longest first: all of them for the secretariat, for others their own."""
    found = Action.objects.visible_to(actor).open().filter(due__lt=day)
    mine = found if actor.in_secretariat else found.filter(owner=actor.account_id)
    return mine.select_related("owner").order_by("due", "pk")


def next_between(actor: Actor, first: date, last: date) -> QuerySet[Issue]:
    """The issues whose next date is one of these days, both included."""
    found = Issue.objects.visible_to(actor).filter(next_on__range=(first, last), state__in=LIVE)
    return found.select_related("lead")


def asked_of_others(actor: Actor) -> QuerySet[Action]:
    """The open actions that a person asked of somebody else."""
    found = Action.objects.visible_to(actor).open().filter(created_by=actor.account_id)
    return found.exclude(owner=actor.account_id).select_related("owner")
