"""Groups, who sits in them, who chairs, and what stands on every agenda."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import Role
from folkmoot.apps.agenda.models import Group, Seat, StandingItem
from folkmoot.apps.agenda.words import needed, within

LONGEST_ITEM = 480


def _must_be_new(name: str, but: Group | None = None) -> None:
    others = Group.objects.filter(name__iexact=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise Invalid(f"There is a group called “{name}” already. Give this one another name.")


def _only_one_approves(group: Group) -> None:
    if group.approves_plan:
        Group.objects.select_for_update().filter(approves_plan=True).exclude(pk=group.pk).update(approves_plan=False)


@transaction.atomic
def add_group(
    actor: Actor, *, name: str, purpose: str = "", approves_plan: bool = False, audience: str = Audience.NETWORK
) -> Group:
    """A body that meets. At most one approves the forward plan: the latest that was said to."""
    by = check(actor, Permission.PLAN_KEEP)
    name = needed(name, "Give the group a name.", 80)
    _must_be_new(name)
    group = Group(name=name, purpose=purpose.strip()[:300], approves_plan=approves_plan, audience=audience)
    group.place = Group.objects.count() + 1
    _only_one_approves(group)
    group.save()
    record(actor, "group.added", group, by=by)
    return group


@transaction.atomic
def change_group(actor: Actor, *, group: Group, name: str, purpose: str, approves_plan: bool) -> Group:
    """Change what a group is called, what it is for, and whether its chair approves the plan."""
    by = check(actor, Permission.PLAN_KEEP)
    name = needed(name, "Give the group a name.", 80)
    _must_be_new(name, but=group)
    group.name, group.purpose, group.approves_plan = name, purpose.strip()[:300], approves_plan
    _only_one_approves(group)
    group.save()
    record(actor, "group.changed", group, by=by, approves_plan=approves_plan)
    return group


@transaction.atomic
def seat(
    actor: Actor, *, group: Group, account: Account, begins: date, ends: date | None = None, is_chair: bool = False
) -> Seat:
    """Give a person a seat from a day on. A new chair ends the seat of the one before, on the day before."""
    by = check(actor, Permission.PLAN_KEEP)
    Group.objects.select_for_update().get(pk=group.pk)
    if not account.is_active or account.role in {Role.ADMINISTRATOR, Role.GUEST}:
        raise Invalid(f"{account.name} cannot sit in a group. Choose somebody of the secretariat or of an office.")
    if ends and ends < begins:
        raise Invalid("The seat ends before it begins. Give a later last day.")
    if group.seats.on(begins).filter(account=account, is_chair=is_chair).exists():
        raise Conflict(f"{account.name} has this seat already.")
    _make_room(group, account, begins, is_chair)
    given = Seat.objects.create(group=group, account=account, is_chair=is_chair, begins=begins, ends=ends)
    record(actor, "seat.given", given, by=by, account=account.pk, is_chair=is_chair)
    return given


def _make_room(group: Group, account: Account, begins: date, is_chair: bool) -> None:
    """End what the new seat takes the place of: the person's other seat, and the former chair's."""
    in_the_way = [
        held for held in group.seats.on(begins) if held.account_id == account.pk or (is_chair and held.is_chair)
    ]
    for held in in_the_way:
        if held.begins == begins:
            held.delete()
            continue
        held.ends = date.fromordinal(begins.toordinal() - 1)
        held.save(update_fields=["ends"])


@transaction.atomic
def end_seat(actor: Actor, *, seat: Seat, last_day: date) -> Seat:
    """End a seat on a day; it stays in the group's history."""
    by = check(actor, Permission.PLAN_KEEP)
    if seat.ends and seat.ends <= last_day:
        raise Conflict(f"The seat of {seat.account.name} is over already.")
    if last_day < seat.begins:
        raise Invalid("The last day is before the first. Choose a later one.")
    seat.ends = last_day
    seat.save(update_fields=["ends"])
    record(actor, "seat.ended", seat, by=by)
    return seat


@transaction.atomic
def set_standing_items(actor: Actor, *, group: Group, items: Sequence[tuple[str, int]]) -> None:
    """What stands on every agenda of the group, in this order: each a title and its minutes."""
    by = check(actor, Permission.PLAN_KEEP)
    rows = []
    for place, (title, minutes) in enumerate(items, start=1):
        title = needed(title, "An item needs a title.", 120)
        within(minutes, 1, LONGEST_ITEM, f"“{title}” takes from 1 to {LONGEST_ITEM} minutes.")
        rows.append(StandingItem(group=group, place=place, title=title, minutes=minutes))
    titles = [row.title.casefold() for row in rows]
    if len(set(titles)) < len(titles):
        raise Invalid("Two items have the same title. Tell them apart, so that each has its own minutes.")
    group.standing_items.all().delete()
    StandingItem.objects.bulk_create(rows)
    record(actor, "standing-items.set", group, by=by, count=len(rows))
