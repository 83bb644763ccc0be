"""What the plan and the meetings add to an issue: time line, what it can be linked to, and how they hang together."""

from collections.abc import Collection, Iterator

from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import highest
from folkmoot.apps.agenda.actions.changes import label_of
from folkmoot.apps.agenda.models import EntryState, Meeting, MeetingState, Minute, PlanEntry, Seat
from folkmoot.apps.issues.edges import register_edges
from folkmoot.apps.issues.linkables import Linkable, register_linkable
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.own import ISSUE
from folkmoot.apps.issues.timeline import TimelineEntry, register_timeline
from folkmoot.apps.members.affected import AffectedSource, Change, Found, register_affected
from folkmoot.apps.positions.hub import POSITION
from folkmoot.apps.positions.models import Position
from folkmoot.engines.related import Edge, Thing

ENTRY, MEETING = PlanEntry._meta.label_lower, Meeting._meta.label_lower
FOUND = 20


def register() -> None:
    """Tell the issues room; called when the installation starts."""
    register_linkable(Linkable(ENTRY, "Item of the plan", find, titles))
    register_timeline(entries)
    register_edges(edges)
    register_affected(AffectedSource(MEETING, "Meeting", touched_meetings, meeting_titles))
    register_affected(AffectedSource(ENTRY, "Item of the plan", touched_entries, titles))


def find(actor: Actor, words: str) -> list[tuple[str, str]]:
    """Items whose title holds the words."""
    found = PlanEntry.objects.visible_to(actor).filter(title__icontains=words).order_by("title", "pk")
    return list(found.values_list("key", "title")[:FOUND])


def titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    return dict(PlanEntry.objects.visible_to(actor).filter(key__in=keys).values_list("key", "title"))


def entries(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """The issue's items and those of its positions: what each meeting made of them, and which takes them next."""
    papers = issue.links.filter(table=POSITION).values("record_key")
    on_it = PlanEntry.objects.visible_to(actor).filter(Q(issue=issue) | Q(position__key__in=papers))
    found = {entry.pk: entry for entry in on_it}
    seen = Meeting.objects.visible_to(actor)
    settled = set()
    for minute in Minute.objects.filter(entry__in=found, meeting__in=seen).select_related("entry", "meeting__group"):
        entry = found[minute.entry_id or 0]
        settled.add((entry.pk, minute.meeting_id))
        yield _entry(entry, minute.meeting, f"{minute.get_outcome_display().lower()}. {minute.text}".strip())
    coming = seen.filter(pk__in={entry.meeting_id for entry in found.values()}).exclude(state=MeetingState.CANCELLED)
    meetings = {meeting.pk: meeting for meeting in coming.select_related("group")}
    for entry in found.values():
        meeting = meetings.get(entry.meeting_id or 0)
        if meeting and entry.state != EntryState.DROPPED and (entry.pk, meeting.pk) not in settled:
            yield _entry(entry, meeting, f"{entry.get_purpose_display().lower()}.")


def _entry(entry: PlanEntry, meeting: Meeting, words: str) -> TimelineEntry:
    mark = highest([entry.handling, meeting.handling])
    detail = f"{meeting.group.name}: {words}"
    return TimelineEntry(meeting.starts_at, "Meeting", entry.title, detail, ENTRY, entry.key, mark)


def edges(actor: Actor) -> Iterator[Edge]:
    """Each item with its issue and its paper, of which the reader may see both ends."""
    issues = dict(Issue.objects.visible_to(actor).values_list("pk", "key"))
    papers = dict(Position.objects.visible_to(actor).values_list("pk", "key"))
    rows = PlanEntry.objects.visible_to(actor).exclude(state=EntryState.DROPPED)
    for key, issue, paper in rows.values_list("key", "issue", "position"):
        if issue in issues:
            yield Edge(Thing(ENTRY, key), Thing(ISSUE, issues[issue]), "Stands on the plan for this issue.")
        if paper in papers:
            yield Edge(Thing(ENTRY, key), Thing(POSITION, papers[paper]), "The position is its paper.")


def touched_meetings(change: Change) -> Iterator[Found]:
    """The meetings to come of the groups in which the former holder sits."""
    seats = Seat.objects.on(change.day).filter(account__person=change.former) if change.former else Seat.objects.none()
    for group, name in seats.values_list("group", "group__name").distinct():
        coming = Meeting.objects.filter(group=group, state=MeetingState.PLANNED, starts_at__date__gte=change.day)
        for key in coming.values_list("key", flat=True):
            yield key, f"They sit in {name}: say who sits there now."


def meeting_titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    found = Meeting.objects.visible_to(actor).filter(key__in=keys).select_related("group")
    return {each.key: label_of(each) for each in found}


def touched_entries(change: Change) -> Iterator[Found]:
    """The items that the former holder owns."""
    owned = PlanEntry.objects.filter(state=EntryState.PLANNED, owner__person=change.former)
    for key in owned.values_list("key", flat=True) if change.former else []:
        yield key, "They own it: give it to somebody else."
