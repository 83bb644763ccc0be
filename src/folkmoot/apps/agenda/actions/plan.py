"""The forward plan: its items, its versions, and the chair's approval."""

from typing import cast

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, Refused, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.agenda.actions.changes import change_of, moment_of
from folkmoot.apps.agenda.models import (
    EntryState,
    Meeting,
    MeetingState,
    PlanEntry,
    PlanRow,
    PlanVersion,
    Purpose,
)
from folkmoot.apps.agenda.queries.plan import chairs_the_plan
from folkmoot.apps.agenda.words import needed, not_wider, within
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.positions.models import Position

LONGEST_ITEM = 480
# What the shared plan holds. What is narrower stands in the secretariat's own view and is never put to the chair.
SHARED = (Audience.PUBLIC, Audience.NETWORK)


def _check_meeting(meeting: Meeting | None, audience: str) -> None:
    if meeting is None:
        return
    if meeting.state != MeetingState.PLANNED:
        raise Invalid(f"That meeting is {meeting.get_state_display().lower()}. Choose one that is still to come.")
    # Whoever sees an item sees when and where it is taken, and so would learn of the meeting.
    not_wider(audience, meeting.audience, "The meeting is seen by fewer people than this item. Choose another meeting.")


def _check_entry(purpose: str, minutes: int, owner: Account) -> None:
    if purpose not in Purpose.values:
        raise Invalid("Say what the group is asked to do: decide, discuss or note.")
    within(minutes, 1, LONGEST_ITEM, f"An item takes from 1 to {LONGEST_ITEM} minutes.")
    if not owner.is_active:
        raise Invalid(f"The account of {owner.name} is closed. Choose somebody else as the owner.")


@transaction.atomic
def add_entry(
    actor: Actor,
    *,
    title: str,
    purpose: str,
    minutes: int,
    owner: Account,
    meeting: Meeting | None = None,
    issue: Issue | None = None,
    position: Position | None = None,
    audience: str = Audience.NETWORK,
    handling: str = Handling.OFFICIAL,
) -> PlanEntry:
    """Put an item on the plan, at a meeting or still without one."""
    by = check(actor, Permission.PLAN_KEEP)
    _check_meeting(meeting, audience)
    _check_entry(purpose, minutes, owner)
    entry = PlanEntry.objects.create(
        title=needed(title, "Give the item a title.", 160),
        purpose=purpose,
        minutes=minutes,
        owner=owner,
        meeting=meeting,
        issue=issue,
        position=position,
        audience=audience,
        handling=handling,
        created_at=actor.now,
    )
    change_of(actor, by, entry, "Item", "", moment_of(meeting), "Added to the plan.")
    record(actor, "plan-item.added", entry, by=by)
    return entry


def _words(entry: PlanEntry) -> dict[str, str]:
    """What a reader sees of an item, by what it is called; its history compares these."""
    return {
        "Title": entry.title,
        "Purpose": entry.get_purpose_display(),
        "Minutes": str(entry.minutes),
        "Owner": entry.owner.name,
        "Meeting": moment_of(entry.meeting),
    }


@transaction.atomic
def change_entry(
    actor: Actor,
    *,
    entry: PlanEntry,
    title: str,
    purpose: str,
    minutes: int,
    owner: Account,
    meeting: Meeting | None,
    why: str = "",
) -> PlanEntry:
    """Change an item; each thing that differs is written down with what it was."""
    by = check(actor, Permission.PLAN_KEEP)
    entry = PlanEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.state != EntryState.PLANNED:
        raise Conflict(
            f"This item is {entry.get_state_display().lower()}. Put it back on the plan before you change it."
        )
    if meeting is not None and meeting.pk != entry.meeting_id:
        _check_meeting(meeting, entry.audience)
    _check_entry(purpose, minutes, owner)
    before = _words(entry)
    entry.title, entry.purpose = needed(title, "Give the item a title.", 160), purpose
    entry.minutes, entry.owner, entry.meeting = minutes, owner, meeting
    entry.save()
    after = _words(entry)
    for what in (name for name in after if before[name] != after[name]):
        change_of(actor, by, entry, what, before[what], after[what], why.strip())
    record(actor, "plan-item.changed", entry, by=by)
    return entry


@transaction.atomic
def drop_entry(actor: Actor, *, entry: PlanEntry, why: str) -> PlanEntry:
    """Take an item off the plan; it stays in the history and can be put back."""
    by = check(actor, Permission.PLAN_KEEP)
    entry = PlanEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.state != EntryState.PLANNED:
        raise Conflict(f"This item is {entry.get_state_display().lower()} already.")
    return _set_state(actor, entry, EntryState.DROPPED, needed(why, "Say why the item is dropped.", 300), by)


@transaction.atomic
def restore_entry(actor: Actor, *, entry: PlanEntry) -> PlanEntry:
    """Put an item back on the plan."""
    by = check(actor, Permission.PLAN_KEEP)
    entry = PlanEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.state == EntryState.PLANNED:
        raise Conflict("This item is on the plan already.")
    return _set_state(actor, entry, EntryState.PLANNED, "Put back on the plan.", by)


def _set_state(actor: Actor, entry: PlanEntry, state: EntryState, why: str, by: Authority) -> PlanEntry:
    before = entry.get_state_display()
    entry.state = state
    entry.save(update_fields=["state"])
    change_of(actor, by, entry, "State", before, entry.get_state_display(), why)
    record(actor, f"plan-item.{state.value}", entry, by=by)
    return entry


@transaction.atomic
def put_to_chair(actor: Actor, *, note: str = "") -> PlanVersion:
    """Freeze the shared plan as a version and put it to the chair."""
    by = check(actor, Permission.PLAN_KEEP)
    entries = list(
        PlanEntry.objects.filter(state=EntryState.PLANNED, audience__in=SHARED).select_related(
            "meeting__group", "owner"
        )
    )
    if not entries:
        raise Conflict("There is nothing on the shared plan yet. Add an item before you put it to the chair.")
    newest = PlanVersion.objects.select_for_update().order_by("-number").first()
    version = PlanVersion.objects.create(
        number=newest.number + 1 if newest else 1,
        made_by_id=cast(int, actor.account_id),
        made_at=actor.now,
        note=note.strip()[:300],
    )
    PlanRow.objects.bulk_create([_row(version, entry) for entry in entries])
    record(actor, "plan.put-to-chair", version, by=by, rows=len(entries))
    return version


def _row(version: PlanVersion, entry: PlanEntry) -> PlanRow:
    words = _words(entry)
    return PlanRow(
        version=version,
        entry=entry,
        title=words["Title"],
        purpose=words["Purpose"],
        meeting=words["Meeting"],
        owner=words["Owner"],
    )


def _waiting(actor: Actor, version: PlanVersion) -> PlanVersion:
    """The version, held for the chair: the newest, and with nothing said about it yet."""
    if not chairs_the_plan(actor):
        raise Refused("Only the chair of the group that approves the plan may do this.")
    version = PlanVersion.objects.select_for_update().get(pk=version.pk)
    if version.approved_at or version.sent_back_at:
        raise Conflict(f"Version {version.number} is {version.state.lower()} already.")
    if PlanVersion.objects.filter(number__gt=version.number).exists():
        raise Conflict(f"Version {version.number} was replaced by a newer one. Look at that one.")
    return version


@transaction.atomic
def approve_version(actor: Actor, *, version: PlanVersion) -> PlanVersion:
    """The chair approves a version of the plan."""
    version = _waiting(actor, version)
    version.approved_by_id, version.approved_at = actor.account_id, actor.now
    version.save(update_fields=["approved_by", "approved_at"])
    record(actor, "plan.approved", version)
    return version


@transaction.atomic
def send_back_version(actor: Actor, *, version: PlanVersion, why: str) -> PlanVersion:
    """The chair sends a version back, with why."""
    version = _waiting(actor, version)
    version.sent_back_by_id, version.sent_back_at = actor.account_id, actor.now
    version.sent_back_why = needed(why, "Say what should be changed before you approve.", 300)
    version.save(update_fields=["sent_back_by", "sent_back_at", "sent_back_why"])
    record(actor, "plan.sent-back", version)
    return version
