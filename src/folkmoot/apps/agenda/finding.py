"""What of the plan and the meetings can be found: groups, items, meetings and minutes."""

from django.db.models import Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.agenda.actions.changes import label_of
from folkmoot.apps.agenda.hub import MEETING
from folkmoot.apps.agenda.models import Group, Meeting, Minute, PlanEntry
from folkmoot.apps.search.registry import Document, Follow, SearchSource, register_search_source


def register() -> None:
    """Tell the search room; called when the installation starts."""
    register_search_source(
        SearchSource(
            "plan",
            "Items of the plan",
            PlanEntry,
            _entry,
            lambda actor: PlanEntry.objects.visible_to(actor),
            ("owner",),
            (Follow("owner", ("name",)),),
        )
    )
    register_search_source(
        SearchSource(
            "meeting",
            "Meetings",
            Meeting,
            _meeting,
            lambda actor: Meeting.objects.visible_to(actor),
            ("group",),
            (Follow("group", ("name",)),),
        )
    )
    register_search_source(
        SearchSource(
            "minute",
            "Minutes",
            Minute,
            _minute,
            minutes,
            ("meeting__group", "entry"),
            (
                Follow("meeting__group", ("name",)),
                Follow("meeting", ("starts_at", "handling")),
                Follow("entry", ("handling",)),
            ),
        )
    )
    register_search_source(
        SearchSource("group", "Groups", Group, _group, lambda actor: Group.objects.visible_to(actor))
    )


def _group(group: Group) -> Document:
    return Document(group.name, group.purpose, group.key)


def _entry(entry: PlanEntry) -> Document:
    return Document(entry.title, f"{entry.get_purpose_display()} {entry.owner.name}", entry.key)


def _meeting(meeting: Meeting) -> Document:
    return Document(label_of(meeting), meeting.where, meeting.key, meeting.starts_at.date())


def _minute(minute: Minute) -> Document:
    meeting = minute.meeting
    return Document(
        f"{minute.heading} ({label_of(meeting)})",
        minute.text,
        meeting.key,
        meeting.starts_at.date(),
        MEETING,
        _handling(minute),
    )


def _handling(minute: Minute) -> str:
    """The mark of the item that it stands under, where that is the higher one."""
    return minute.entry.handling if minute.entry and minute.entry.is_sensitive else minute.meeting.handling


def minutes(actor: Actor) -> QuerySet[Minute]:
    """Those of meetings that the reader may see, under headings that they may see."""
    seen = Minute.objects.filter(meeting__in=Meeting.objects.visible_to(actor))
    return seen.filter(Q(entry__isnull=True) | Q(entry__in=PlanEntry.objects.visible_to(actor)))
