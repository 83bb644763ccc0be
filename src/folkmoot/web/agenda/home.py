"""What of the plan and the meetings stands on a person's home page."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import highest
from folkmoot.apps.agenda.models import Meeting, MeetingState, PlanEntry
from folkmoot.apps.agenda.queries import due
from folkmoot.apps.agenda.queries.plan import chair_of_the_plan, changes_since
from folkmoot.web.clock import LONDON
from folkmoot.web.shell.home import HomeChange, HomeItem, Waiting, WeekEntry
from folkmoot.web.templating import long_day


def items(actor: Actor) -> list[HomeItem]:
    """Everything of the plan that waits for this person."""
    if actor.account_id is None or actor.confined:
        return []
    return [*_approval(actor), *_minutes(actor), *_unplaced(actor)]


def _approval(actor: Actor) -> Iterator[HomeItem]:
    version = due.version_to_approve(actor)
    if version:
        yield HomeItem(
            kind="Forward plan",
            title=f"Version {version.number} of the forward plan",
            url=reverse("plan_version", args=[version.number]),
            why=f"{version.made_by.name} put it to you on {long_day(version.made_at)}.",
            due=None,
            verb="Read and approve",
        )


def _minutes(actor: Actor) -> Iterator[HomeItem]:
    for meeting in due.minutes_to_close(actor):
        yield HomeItem(
            kind="Minutes",
            title=f"{meeting.group.name}, {long_day(meeting.starts_at)}: close the minutes",
            url=reverse("meeting", args=[meeting.key]),
            why="The meeting is over and its minutes are open.",
            due=meeting.starts_at,
            verb="Write",
            handling=meeting.handling,
        )


def _unplaced(actor: Actor) -> Iterator[HomeItem]:
    for entry in due.items_without_meeting(actor):
        yield HomeItem(
            kind="Forward plan",
            title=entry.title,
            url=reverse("plan_item", args=[entry.key]),
            why="No meeting takes it yet.",
            due=None,
            verb="Place",
            handling=entry.handling,
        )


def changes(actor: Actor, since: datetime) -> list[HomeChange]:
    """What changed on the plan since a moment."""
    return [
        HomeChange(
            at=line.at,
            kind="Plan",
            title=line.entry,
            url=reverse("plan_item", args=[line.key]),
            what=f"{line.what}: {line.before} became {line.after}." if line.before else "It is on the plan.",
            handling=line.handling,
        )
        for line in changes_since(actor, since)
    ]


def week(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    """The meetings of these days, each with its chair and its items."""
    items: dict[int | None, list[PlanEntry]] = {}
    for entry in due.items_between(actor, first, last):
        items.setdefault(entry.meeting_id, []).append(entry)
    meetings = list(due.meetings_between(actor, first, last))
    chairs = due.chairs_of(meetings)
    return [_meeting(meeting, items.get(meeting.pk, []), chairs.get(meeting.pk, "")) for meeting in meetings]


def _meeting(meeting: Meeting, items: list[PlanEntry], chair: str) -> WeekEntry:
    agenda = ", ".join(item.title for item in items) or "nothing on its agenda"
    return WeekEntry(
        day=meeting.starts_at.astimezone(LONDON).date(),
        group=meeting.group.name,
        title="Meeting",
        url=reverse("meeting", args=[meeting.key]),
        owner=f"{chair}, in the chair" if chair else "Nobody is in the chair",
        state=f"{meeting.get_state_display()}: {agenda}",
        at=meeting.starts_at,
        needs_a_step=not items and meeting.state == MeetingState.PLANNED,
        handling=highest(record.handling for record in (meeting, *items)),
    )


def waiting(actor: Actor) -> list[Waiting]:
    """The version that one put to the chair."""
    version = due.version_with_chair(actor)
    if version is None:
        return []
    return [
        Waiting(
            what=f"Approval of version {version.number} of the plan",
            url=reverse("plan_version", args=[version.number]),
            for_whom=chair_of_the_plan(actor) or "The chair",
            since=version.made_at,
        )
    ]
