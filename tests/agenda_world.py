"""Groups, meetings and a plan, made by the product's own actions with the people of the cast."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import Group, Meeting, PlanEntry
from tests.cast import MOMENT, TODAY, Cast

SOON = MOMENT.replace(hour=14, minute=0) + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The chief executives, whose chair approves the plan, with one meeting and one item on its agenda."""

    cast: Cast
    group: Group
    meeting: Meeting
    entry: PlanEntry

    def later(self, weeks: int = 4) -> Meeting:
        """Another meeting of the group."""
        return add_meeting(self.cast, self.group, SOON + timedelta(weeks=weeks))

    def change(self, **changes: Any) -> PlanEntry:
        """The item with some things changed, half an hour later, as a person would change them."""
        entry = PlanEntry.objects.select_related("owner", "meeting").get(pk=self.entry.pk)
        names = ("title", "purpose", "minutes", "owner", "meeting")
        given = {name: getattr(entry, name) for name in names} | changes
        by = self.cast.actor(given.pop("by", "officer"), now=MOMENT + timedelta(minutes=30))
        return actions.change_entry(by, entry=entry, **given)


def add_meeting(cast: Cast, group: Group, starts_at: datetime, **changes: Any) -> Meeting:
    return actions.add_meeting(
        cast.actor("coordinator"), group=group, starts_at=starts_at, **{"minutes": 60, "where": "Town hall", **changes}
    )


def add_entry(cast: Cast, meeting: Meeting | None, **changes: Any) -> PlanEntry:
    given = {"title": "Bus franchising", "purpose": "decide", "minutes": 20, "owner": cast.officer, **changes}
    return actions.add_entry(cast.actor(given.pop("by", "officer")), meeting=meeting, **given)


def make_agenda(cast: Cast, audience: str = Audience.NETWORK) -> Agenda:
    """The chief executives in the chair of Aldermere's, who approves the plan."""
    coordinator = cast.actor("coordinator")
    group = actions.add_group(coordinator, name="Chief executives", approves_plan=True, audience=audience)
    actions.seat(coordinator, group=group, account=cast.chief_executive, begins=TODAY, is_chair=True)
    actions.set_standing_items(coordinator, group=group, items=[("Matters arising", 10)])
    meeting = add_meeting(cast, group, SOON, audience=audience)
    return Agenda(cast, group, meeting, add_entry(cast, meeting, audience=audience))
