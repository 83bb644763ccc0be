"""Proposes an item of the plan for a signal that was accepted, with its route counted back from the signal's date."""

from collections.abc import Iterator

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import check, may
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.agenda.actions.changes import LONDON, change_of
from folkmoot.apps.agenda.actions.plan import add_entry, drop_entry, restore_entry
from folkmoot.apps.agenda.models import EntryState, Group, Meeting, MeetingState, PlanEntry, Purpose
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.leading import day_of, owner_of
from folkmoot.apps.signals.models import Signal
from folkmoot.apps.signals.proposing import Proposer, register_proposer

TABLE = PlanEntry._meta.label_lower
MINUTES = 10
# By these one answers; for the others one prepares.
ANSWERED = ("closing", "due")


def register() -> None:
    """Tell the signals room; called when the installation starts."""
    register_proposer(Proposer(foresee, propose, withdraw))


def foresee(actor: Actor, signal: Signal) -> str:
    """What accepting a signal would put on the plan."""
    if not _is_for_the_plan(actor, signal):
        return ""
    route = route_of(actor, signal)
    if not route:
        return "It proposes an item of the plan; no group meets before the date."
    return f"It proposes an item of the plan: {route}."


def propose(actor: Actor, signal: Signal, issue: Issue) -> str:
    """Put an item without a meeting on the plan of the secretariat; where there is one already, none."""
    if not _is_for_the_plan(actor, signal) or issue.audience == Audience.PRIVATE:
        return ""
    before = _entry(signal)
    if before is not None and before.issue_id == issue.pk:
        if before.state == EntryState.DROPPED:
            restore_entry(actor, entry=before)
        return f"{TABLE}:{before.key}"
    owner = owner_of(signal) or Account.objects.get(pk=actor.account_id or 0)
    verb = "Answer" if signal.closes_kind in ANSWERED else "Prepare"
    entry = add_entry(
        actor,
        title=f"{verb}: {signal.title}"[:160],
        purpose=Purpose.DECIDE,
        minutes=MINUTES,
        owner=owner,
        issue=issue,
        audience=Audience.SECRETARIAT,
        handling=issue.handling,
    )
    route = route_of(actor, signal)
    why = f"Counted back from {day_of(signal)}: {route or 'no group meets before that'}."
    change_of(actor, check(actor, Permission.PLAN_KEEP), entry, "Route", "", "Proposed by the radar", why)
    return f"{TABLE}:{entry.key}"


def withdraw(actor: Actor, signal: Signal) -> None:
    """Take the item back, unless somebody has put it to a meeting."""
    entry = _entry(signal)
    if entry is None or entry.state != EntryState.PLANNED or entry.meeting_id or not may(actor, Permission.PLAN_KEEP):
        return
    drop_entry(actor, entry=entry, why="The signal that it was proposed for is no longer on its issue.")


def _entry(signal: Signal) -> PlanEntry | None:
    table, _, key = signal.proposed.partition(":")
    return PlanEntry.objects.filter(key=key).first() if table == TABLE else None


def _is_for_the_plan(actor: Actor, signal: Signal) -> bool:
    """A date that is to come, and somebody who may keep the plan."""
    return bool(signal.closes_at and signal.closes_at > actor.now and may(actor, Permission.PLAN_KEEP))


def route_of(actor: Actor, signal: Signal) -> str:
    """The meetings that a matter goes through before its date, the first one first."""
    steps = reversed(list(_counted_back(actor, signal)))
    return ", ".join(f"{step.group.name} {_day(step)}" for step in steps)


def _counted_back(actor: Actor, signal: Signal) -> Iterator[Meeting]:
    """From the group that stands first in lists, which decides last, down to the one that looks at it first."""
    before = signal.closes_at
    meetings = Meeting.objects.visible_to(actor).filter(state=MeetingState.PLANNED, starts_at__gt=actor.now)
    found = list(meetings.filter(starts_at__lt=before).select_related("group").order_by("-starts_at"))
    for group in Group.objects.visible_to(actor).filter(audience=Audience.NETWORK).order_by("place", "pk"):
        last = next((each for each in found if each.group_id == group.pk and each.starts_at < before), None)
        if last is not None:
            before = last.starts_at
            yield last


def _day(meeting: Meeting) -> str:
    day = meeting.starts_at.astimezone(LONDON)
    return f"{day.day} {day:%B}"
