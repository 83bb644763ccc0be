"""What of the plan and the meetings waits for a person, and what the week holds for each group."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import RestrictedQuerySet
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.agenda.models import EntryState, Meeting, MeetingState, PlanEntry, PlanVersion, Seat
from folkmoot.apps.agenda.queries.plan import chairs_the_plan


def _between(first: date, last: date, actor: Actor) -> tuple[datetime, datetime]:
    zone = actor.now.tzinfo
    return datetime.combine(first, time(), tzinfo=zone), datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)


def meetings_between(actor: Actor, first: date, last: date) -> RestrictedQuerySet[Meeting]:
    """The meetings of these days, both included, that were not cancelled."""
    begin, end = _between(first, last, actor)
    found = Meeting.objects.visible_to(actor).filter(starts_at__gte=begin, starts_at__lt=end)
    return found.exclude(state=MeetingState.CANCELLED).select_related("group")


def items_between(actor: Actor, first: date, last: date) -> RestrictedQuerySet[PlanEntry]:
    """The items that these days' meetings take."""
    begin, end = _between(first, last, actor)
    found = PlanEntry.objects.visible_to(actor).exclude(state=EntryState.DROPPED)
    return found.filter(meeting__starts_at__gte=begin, meeting__starts_at__lt=end).select_related(
        "meeting__group", "owner"
    )


def chairs_of(meetings: Collection[Meeting]) -> dict[int, str]:
    """Who is in the chair of each of these meetings on its day, by the meeting's id; one query."""
    groups = {meeting.group_id for meeting in meetings}
    held = list(Seat.objects.filter(group__in=groups, is_chair=True).select_related("account")) if groups else []
    return {
        meeting.pk: seat.account.name
        for meeting in meetings
        for seat in held
        if seat.group_id == meeting.group_id and seat.is_held_on(meeting.starts_at.date())
    }


def minutes_to_close(actor: Actor) -> RestrictedQuerySet[Meeting]:
    """For whoever keeps the plan: meetings that are behind us and whose minutes are still open."""
    if not may(actor, Permission.PLAN_KEEP):
        return Meeting.objects.none()
    found = Meeting.objects.visible_to(actor).filter(state=MeetingState.PLANNED, starts_at__lt=actor.now)
    return found.select_related("group")


def version_to_approve(actor: Actor) -> PlanVersion | None:
    """For the chair: the newest version, where nothing has been said about it."""
    if not chairs_the_plan(actor):
        return None
    newest = PlanVersion.objects.select_related("made_by").order_by("-number").first()
    return newest if newest and newest.state == "With the chair" else None


def version_with_chair(actor: Actor) -> PlanVersion | None:
    """For whoever put it there: the newest version, while the chair has said nothing about it."""
    newest = PlanVersion.objects.order_by("-number").first()
    mine = newest is not None and newest.made_by_id == actor.account_id and newest.state == "With the chair"
    return newest if mine else None


def items_without_meeting(actor: Actor) -> RestrictedQuerySet[PlanEntry]:
    """For whoever keeps the plan: one's own items that no meeting takes yet."""
    if not may(actor, Permission.PLAN_KEEP):
        return PlanEntry.objects.none()
    found = PlanEntry.objects.visible_to(actor).filter(state=EntryState.PLANNED, meeting__isnull=True)
    return found.filter(owner_id=actor.account_id)
