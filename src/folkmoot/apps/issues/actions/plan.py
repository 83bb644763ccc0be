"""The network's priorities, in order and for a time, and its workstreams."""

from datetime import date

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues.actions._common import fits, held, may_lead, said
from folkmoot.apps.issues.models import Priority, Workstream

LAST_PLACE = 99


def _check_place(place: int) -> int:
    if not 1 <= place <= LAST_PLACE:
        raise Invalid(f"Give a place between 1 and {LAST_PLACE}; 1 comes first.")
    return place


def _fill_priority(
    priority: Priority, *, name: str, place: int, begins: date, ends: date | None, agreed_on: str
) -> None:
    priority.name = said(name, "Give the priority a name.")
    priority.place = _check_place(place)
    priority.begins, priority.ends = begins, ends
    priority.agreed_on = " ".join(agreed_on.split())
    fits(priority, name=priority.name, agreed_on=priority.agreed_on)
    if ends is not None and ends < begins:
        raise Invalid("The priority ends before it begins. Give an end that is later than the beginning.")
    priority.save()


@transaction.atomic
def add_priority(
    actor: Actor, *, name: str, place: int, begins: date, ends: date | None = None, agreed_on: str = ""
) -> Priority:
    """Write down what the network puts first from a day on."""
    by = check(actor, Permission.ISSUE_KEEP)
    priority = Priority()
    _fill_priority(priority, name=name, place=place, begins=begins, ends=ends, agreed_on=agreed_on)
    record(actor, "priority.added", priority, by=by, name=priority.name, place=place, begins=begins, ends=ends)
    return priority


@transaction.atomic
def change_priority(
    actor: Actor,
    *,
    priority: Priority,
    name: str,
    place: int,
    begins: date,
    ends: date | None = None,
    agreed_on: str = "",
) -> Priority:
    """Change a priority's name, its place or its time; it is never taken away, only ended."""
    by = check(actor, Permission.ISSUE_KEEP)
    held(priority)
    _fill_priority(priority, name=name, place=place, begins=begins, ends=ends, agreed_on=agreed_on)
    record(actor, "priority.changed", priority, by=by, name=priority.name, place=place, begins=begins, ends=ends)
    return priority


def _fill_workstream(
    workstream: Workstream, *, name: str, aim: str, lead: Account | None, priority: Priority | None, place: int
) -> None:
    workstream.name = said(name, "Give the workstream a name.")
    workstream.aim = said(aim, "Say in one sentence what the workstream is for.")
    workstream.place = _check_place(place)
    fits(workstream, name=workstream.name, aim=workstream.aim)
    if lead is not None and lead.pk != workstream.lead_id:
        may_lead(lead)
    workstream.lead, workstream.priority = lead, priority
    if Workstream.objects.filter(name__iexact=workstream.name).exclude(pk=workstream.pk).exists():
        raise Conflict(f"There is a workstream “{workstream.name}” already. Give this one another name.")
    workstream.save()


@transaction.atomic
def add_workstream(
    actor: Actor,
    *,
    name: str,
    aim: str,
    lead: Account | None = None,
    priority: Priority | None = None,
    place: int = 1,
) -> Workstream:
    """Begin a workstream."""
    by = check(actor, Permission.ISSUE_KEEP)
    workstream = Workstream()
    _fill_workstream(workstream, name=name, aim=aim, lead=lead, priority=priority, place=place)
    record(actor, "workstream.added", workstream, by=by, name=workstream.name)
    return workstream


@transaction.atomic
def change_workstream(
    actor: Actor,
    *,
    workstream: Workstream,
    name: str,
    aim: str,
    lead: Account | None = None,
    priority: Priority | None = None,
    place: int = 1,
) -> Workstream:
    """Change what a workstream is called, what it is for, or who leads it."""
    by = check(actor, Permission.ISSUE_KEEP)
    held(workstream)
    _fill_workstream(workstream, name=name, aim=aim, lead=lead, priority=priority, place=place)
    record(actor, "workstream.changed", workstream, by=by, name=workstream.name)
    return workstream
