"""Writes down each change of an item: what it was, what it is, and both names where one acts for another."""

from typing import cast
from zoneinfo import ZoneInfo

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Authority
from folkmoot.apps.agenda.models import Meeting, PlanChange, PlanEntry

LONDON = ZoneInfo("Europe/London")
NOWHERE = "No meeting yet"


def label_of(meeting: Meeting) -> str:
    """A meeting in a sentence: its group and its day."""
    day = meeting.starts_at.astimezone(LONDON)
    return f"{meeting.group.name}, {day.day} {day:%B %Y}"


def moment_of(meeting: Meeting | None) -> str:
    """A meeting as a change names it, with its time."""
    return f"{label_of(meeting)}, {meeting.starts_at.astimezone(LONDON):%H:%M}" if meeting else NOWHERE


def change_of(
    actor: Actor, by: Authority, entry: PlanEntry, what: str, before: str, after: str, why: str = ""
) -> PlanChange:
    """One line in the item's history."""
    return PlanChange.objects.create(
        entry=entry,
        what=what,
        before=before[:300],
        after=after[:300],
        why=why[:300],
        by_id=cast(int, actor.account_id),
        for_whom_id=by.principal_id,
        at=actor.now,
    )
