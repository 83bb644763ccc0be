"""Meetings: planned, moved, cancelled, held; what was settled under each heading, and what is carried over."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.agenda.actions.changes import change_of, label_of, moment_of
from folkmoot.apps.agenda.models import EntryState, Group, Meeting, MeetingState, Minute, Outcome, PlanEntry
from folkmoot.apps.agenda.words import needed, not_wider, within
from folkmoot.apps.issues.actions import open_action
from folkmoot.apps.issues.models import Action, Issue

LONGEST_MEETING = 600
SETTLED = frozenset({Outcome.AGREED, Outcome.NOTED, Outcome.NOT_AGREED})


def _check_times(starts_at: datetime, minutes: int) -> None:
    within(minutes, 5, LONGEST_MEETING, f"A meeting takes from 5 to {LONGEST_MEETING} minutes.")
    within(starts_at.year, 2000, 2100, "This is not a day on which anybody meets. Check the year.")


def _must_be_planned(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise Conflict(f"This meeting is {meeting.get_state_display().lower()}, so nothing about it was changed.")


@transaction.atomic
def add_meeting(
    actor: Actor,
    *,
    group: Group,
    starts_at: datetime,
    minutes: int,
    where: str = "",
    audience: str = Audience.NETWORK,
    handling: str = Handling.OFFICIAL,
) -> Meeting:
    """Plan a meeting of a group. One may be entered after the day, to write down what was settled."""
    by = check(actor, Permission.PLAN_KEEP)
    _check_times(starts_at, minutes)
    if group.meetings.filter(starts_at=starts_at).exclude(state=MeetingState.CANCELLED).exists():
        raise Conflict(f"{group.name} meets at that very time already. Choose another time, or open that meeting.")
    not_wider(audience, group.audience, f"{group.name} is seen by fewer people than this meeting would be.")
    meeting = Meeting.objects.create(
        group=group,
        starts_at=starts_at,
        minutes=minutes,
        where=where.strip()[:200],
        audience=audience,
        handling=handling,
    )
    record(actor, "meeting.planned", meeting, by=by, starts_at=starts_at)
    return meeting


@transaction.atomic
def change_meeting(actor: Actor, *, meeting: Meeting, starts_at: datetime, minutes: int, where: str) -> Meeting:
    """Move a meeting or change its length or place; each item that moves with it says so."""
    by = check(actor, Permission.PLAN_KEEP)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _must_be_planned(meeting)
    _check_times(starts_at, minutes)
    before = moment_of(meeting)
    meeting.starts_at, meeting.minutes, meeting.where = starts_at, minutes, where.strip()[:200]
    meeting.save()
    if before != moment_of(meeting):
        for entry in meeting.entries.filter(state=EntryState.PLANNED):
            change_of(actor, by, entry, "Meeting", before, moment_of(meeting), "The meeting moved.")
    record(actor, "meeting.changed", meeting, by=by, starts_at=starts_at)
    return meeting


@transaction.atomic
def cancel_meeting(actor: Actor, *, meeting: Meeting, why: str) -> Meeting:
    """Cancel a meeting; its items wait for another, and say why."""
    by = check(actor, Permission.PLAN_KEEP)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _must_be_planned(meeting)
    meeting.state, meeting.why = MeetingState.CANCELLED, needed(why, "Say why the meeting is cancelled.", 300)
    meeting.save()
    for entry in meeting.entries.filter(state=EntryState.PLANNED):
        _move(actor, by, entry, None, f"The meeting was cancelled: {meeting.why}"[:300])
    record(actor, "meeting.cancelled", meeting, by=by)
    return meeting


def _move(actor: Actor, by: Authority, entry: PlanEntry, meeting: Meeting | None, why: str) -> None:
    before = moment_of(entry.meeting)
    entry.meeting = meeting
    entry.save(update_fields=["meeting"])
    change_of(actor, by, entry, "Meeting", before, moment_of(meeting), why)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is asked in a meeting to do by a day."""

    title: str
    owner: Account
    due: date


@transaction.atomic
def write_minute(
    actor: Actor,
    *,
    meeting: Meeting,
    heading: str,
    outcome: str,
    text: str,
    entry: PlanEntry | None = None,
    asked: Asked | None = None,
) -> Minute:
    """What was settled under one heading; written again, it replaces what stood there. What was asked is added."""
    by = check(actor, Permission.PLAN_KEEP)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _must_be_planned(meeting)
    if outcome not in Outcome.values:
        raise Invalid("Choose what became of it: agreed, noted, not agreed or carried over.")
    if entry is not None and entry.meeting_id != meeting.pk:
        raise Conflict("This item is no longer on the agenda of this meeting. Open the agenda again.")
    heading = needed(heading, "Say under which heading this stands.", 160)
    under = {"entry": entry} if entry else {"entry": None, "heading": heading}
    minute, _ = Minute.objects.update_or_create(
        meeting=meeting,
        **under,
        defaults={
            "heading": heading,
            "outcome": outcome,
            "text": text.strip(),
            "by_id": cast(int, actor.account_id),
            "at": actor.now,
        },
    )
    if asked:
        minute.actions.add(_ask(actor, minute, asked))
    record(actor, "minute.written", minute, by=by, outcome=outcome)
    return minute


def _ask(actor: Actor, minute: Minute, asked: Asked) -> Action:
    """An action like any other, seen by those who see what it was asked under."""
    under: PlanEntry | Meeting = minute.entry or minute.meeting
    entry = minute.entry
    issue = entry.issue if entry and entry.issue and Issue.objects.visible_to(actor).contains(entry.issue) else None
    return open_action(
        actor,
        title=asked.title,
        owner=asked.owner,
        due=asked.due,
        issue=issue,
        audience=under.audience,
        handling=under.handling,
    )


@transaction.atomic
def hold_meeting(actor: Actor, *, meeting: Meeting) -> tuple[Meeting, Meeting | None]:
    """Close the minutes: settled items are done, the rest go to the group's next meeting, where there is one."""
    by = check(actor, Permission.PLAN_KEEP)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    _must_be_planned(meeting)
    if meeting.starts_at > actor.now:
        raise Conflict("This meeting has not begun yet, so it cannot be closed.")
    following = (
        meeting.group.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=meeting.starts_at)
        .order_by("starts_at", "pk")
        .first()
    )
    settled = set(meeting.records.filter(outcome__in=SETTLED).exclude(entry=None).values_list("entry_id", flat=True))
    for entry in meeting.entries.filter(state=EntryState.PLANNED):
        if entry.pk in settled:
            _done(actor, by, entry)
        else:
            _move(actor, by, entry, following, f"Carried over from {label_of(meeting)}.")
    meeting.state = MeetingState.HELD
    meeting.save(update_fields=["state"])
    record(actor, "meeting.held", meeting, by=by)
    return meeting, following


def _done(actor: Actor, by: Authority, entry: PlanEntry) -> None:
    before = entry.get_state_display()
    entry.state = EntryState.DONE
    entry.save(update_fields=["state"])
    change_of(actor, by, entry, "State", before, entry.get_state_display(), "Settled in the meeting.")


@transaction.atomic
def reopen_meeting(actor: Actor, *, meeting: Meeting) -> Meeting:
    """Open the minutes of a held meeting again, to correct them; items that moved on stay where they are now."""
    by = check(actor, Permission.PLAN_KEEP)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state != MeetingState.HELD:
        raise Conflict("Only the minutes of a meeting that was held can be opened again.")
    meeting.state = MeetingState.PLANNED
    meeting.save(update_fields=["state"])
    record(actor, "meeting.reopened", meeting, by=by)
    return meeting
