"""The hand-over pack: what a colleague needs who takes over, and nothing that they may not read themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import highest
from folkmoot.apps.access.holdings import Holding, holdings
from folkmoot.apps.access.models import Account, Delegation
from folkmoot.apps.access.permissions import SENTENCES
from folkmoot.apps.agenda.models import EntryState, Meeting, PlanEntry, Seat
from folkmoot.apps.agenda.queries.due import meetings_between
from folkmoot.apps.agenda.queries.meetings import MeetingPage, meeting_page

AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class GivenTask:
    """One delegation in the pack: to whom, from when to when, for what, and why."""

    delegation: Delegation
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandoverPack:
    """Everything in the pack, as its reader may see it."""

    principal: Account
    until: date
    tasks: tuple[GivenTask, ...]
    meetings: tuple[MeetingPage, ...]
    items: tuple[PlanEntry, ...]
    seats: tuple[Seat, ...]  # who sits in the groups that meet in that time
    holdings: tuple[Holding, ...]

    @property
    def sensitive(self) -> list[Meeting | PlanEntry]:
        """The records in it that are OFFICIAL-SENSITIVE, so that each reading is written down."""
        lines = [line.entry for shown in self.meetings for line in shown.lines if line.entry]
        records: list[Meeting | PlanEntry] = [*(shown.meeting for shown in self.meetings), *lines, *self.items]
        return list({(type(each), each.pk): each for each in records if each.is_sensitive}.values())

    @property
    def handling(self) -> str:
        """The highest mark of anything in it."""
        return highest(each.handling for each in (*self.sensitive, *self.holdings))


def delegations_in_force(actor: Actor) -> Sequence[Delegation]:
    """Those, running or still to come, that the reader gave or holds, soonest first."""
    if actor.account_id is None or actor.confined:
        return []
    mine = Q(principal_id=actor.account_id) | Q(delegate_id=actor.account_id)
    found = Delegation.objects.filter(mine, ends_at__gt=actor.now, ended_early_at__isnull=True)
    return list(found.select_related("principal", "delegate").order_by("starts_at", "pk"))


def _tasks(actor: Actor, principal: Account) -> list[GivenTask]:
    return [
        GivenTask(each, tuple(text for name, text in SENTENCES.items() if name.value in each.permissions))
        for each in delegations_in_force(actor)
        if each.principal_id == principal.pk
    ]


def handover_pack(actor: Actor, key: str) -> HandoverPack | None:
    """The pack of a person, for themselves and for whoever holds or will hold a delegation of theirs; else none."""
    principal = Account.objects.filter(key=key, is_active=True).first()
    if principal is None or actor.confined:
        return None
    tasks = _tasks(actor, principal)
    if not tasks and principal.pk != actor.account_id:
        return None
    until = max([actor.today + AHEAD, *(task.delegation.ends_at.date() for task in tasks)])
    meetings = list(meetings_between(actor, actor.today, until).order_by("starts_at", "pk"))
    return HandoverPack(
        principal=principal,
        until=until,
        tasks=tuple(tasks),
        meetings=tuple(meeting_page(actor, meeting) for meeting in meetings),
        items=tuple(_items(actor, principal)),
        seats=tuple(_seats(actor, meetings)),
        holdings=tuple(holdings(actor, principal, actor.today)),
    )


def _items(actor: Actor, principal: Account) -> list[PlanEntry]:
    """The principal's own items of the plan, as far as the reader may see them."""
    found = PlanEntry.objects.visible_to(actor).filter(owner=principal, state=EntryState.PLANNED)
    return list(found.select_related("meeting__group", "owner"))


def _seats(actor: Actor, meetings: Sequence[Meeting]) -> list[Seat]:
    groups = {meeting.group_id for meeting in meetings}
    found = Seat.objects.on(actor.today).filter(group__in=groups).select_related("group", "account")
    return list(found.order_by("group__place", "-is_chair", "account__name"))
