"""What of the plan and the meetings stands on a person's home page."""

from collections.abc import Iterator

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.agenda.queries import due
from folkmoot.web.shell.home import HomeItem
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
        )
