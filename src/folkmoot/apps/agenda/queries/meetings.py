"""Groups and their meetings: who sits in them, what stands on an agenda, and what was settled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import RestrictedQuerySet
from folkmoot.apps.agenda.models import EntryState, Group, Meeting, MeetingState, Minute, PlanEntry, Seat
from folkmoot.apps.issues.models import Action
from folkmoot.apps.positions.models import Position


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list: who chairs it, how many sit in it, and when it meets next."""

    group: Group
    chair: str
    seats: int
    next_meeting: Meeting | None


def groups(actor: Actor) -> list[GroupLine]:
    """The groups that a person may see; three queries."""
    found = list(Group.objects.visible_to(actor))
    seats: dict[int, list[Seat]] = {group.pk: [] for group in found}
    for held in Seat.objects.on(actor.today).filter(group__in=found).select_related("account"):
        seats[held.group_id].append(held)
    coming: dict[int, Meeting] = {}
    for meeting in upcoming(actor).order_by("-starts_at"):
        coming[meeting.group_id] = meeting
    return [
        GroupLine(
            group,
            next((held.account.name for held in seats[group.pk] if held.is_chair), ""),
            len(seats[group.pk]),
            coming.get(group.pk),
        )
        for group in found
    ]


def upcoming(actor: Actor) -> RestrictedQuerySet[Meeting]:
    """The meetings still to come or to be closed, soonest first."""
    return (
        Meeting.objects.visible_to(actor)
        .filter(state=MeetingState.PLANNED, starts_at__gte=actor.now - timedelta(hours=12))
        .select_related("group")
    )


def meetings(actor: Actor, *, group: str = "", past: bool = False) -> RestrictedQuerySet[Meeting]:
    """The meetings that a person may see: those to come soonest first, or those behind us latest first."""
    found = Meeting.objects.visible_to(actor).select_related("group")
    found = found.annotate(shown_items=Count("entries", filter=Q(entries__in=PlanEntry.objects.visible_to(actor))))
    if group:
        found = found.filter(group__key=group)
    if past:
        return found.filter(Q(starts_at__lt=actor.now) | ~Q(state=MeetingState.PLANNED)).order_by("-starts_at", "-pk")
    return found.filter(starts_at__gte=actor.now, state=MeetingState.PLANNED).order_by("starts_at", "pk")


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One heading of an agenda: when it begins, how long it takes, and what was settled under it."""

    number: int
    heading: str
    begins: datetime
    minutes: int
    purpose: str
    owner: str
    entry: PlanEntry | None
    minute: Minute | None
    asked: tuple[Action, ...]  # what was asked of whom under it, as far as the reader may see
    paper: Position | None  # the position it is about, where the reader may see it


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with its agenda, how much of its time is taken, and who sits in the group that day."""

    meeting: Meeting
    lines: tuple[AgendaLine, ...]
    taken: int
    seats: tuple[Seat, ...]

    @property
    def over(self) -> int:
        """By how many minutes the agenda is longer than the meeting."""
        return max(self.taken - self.meeting.minutes, 0)


def _headings(actor: Actor, meeting: Meeting) -> Iterator[tuple[str, int, PlanEntry | None]]:
    """What stands on the agenda: the standing items, then the plan's; a held meeting shows what it dealt with."""
    for item in meeting.group.standing_items.all():
        yield item.title, item.minutes, None
    seen = PlanEntry.objects.visible_to(actor).select_related("owner")
    here = Q(meeting=meeting) & ~Q(state=EntryState.DROPPED) | Q(records__meeting=meeting)
    for entry in seen.filter(here).distinct().order_by("pk"):
        yield entry.title, entry.minutes, entry


def meeting_page(actor: Actor, meeting: Meeting) -> MeetingPage:
    """The agenda as this person may see it, timed from the start."""
    seen = Action.objects.visible_to(actor).select_related("owner")
    written = list(meeting.records.select_related("by").prefetch_related(Prefetch("actions", queryset=seen)))
    of_items = {minute.entry_id: minute for minute in written if minute.entry_id}
    of_headings = {minute.heading: minute for minute in written if not minute.entry_id}
    headings = list(_headings(actor, meeting))
    papers = Position.objects.visible_to(actor).in_bulk(
        [entry.position_id for _heading, _length, entry in headings if entry and entry.position_id]
    )
    lines: list[AgendaLine] = []
    begins = meeting.starts_at
    for number, (heading, length, entry) in enumerate(headings, start=1):
        minute = of_items.get(entry.pk) if entry else of_headings.get(heading)
        lines.append(
            AgendaLine(
                number=number,
                heading=heading,
                begins=begins,
                minutes=length,
                purpose=entry.get_purpose_display() if entry else "",
                owner=entry.owner.name if entry else "",
                entry=entry,
                minute=minute,
                asked=tuple(minute.actions.all()) if minute else (),
                paper=papers.get(entry.position_id) if entry and entry.position_id else None,
            )
        )
        begins += timedelta(minutes=length)
    day = meeting.starts_at.date()
    seats = tuple(Seat.objects.on(day).filter(group=meeting.group).select_related("account"))
    return MeetingPage(meeting, tuple(lines), sum(line.minutes for line in lines), seats)
