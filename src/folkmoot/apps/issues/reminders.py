"""Reminds people of their actions: one mail a person, which names only what the whole secretariat may read."""

from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.models import Action
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.delivery import worker


def remind(now: datetime) -> str:
    """Write to everybody whose open actions come near or are overdue; says in a sentence what was done."""
    actor = worker(timezone.localtime(now))
    owners = Action.objects.open().filter(owner__is_active=True).values_list("owner", flat=True).distinct()
    told = [_remind_one(actor, owner) for owner in sorted(owners)]
    people, count = sum(number > 0 for number in told), sum(told)
    if not people:
        return "Nobody had to be reminded of an action."
    return f"Reminded {_many(people, 'person', 'people')} of {_many(count, 'action', 'actions')}."


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


@transaction.atomic
def _remind_one(actor: Actor, owner_id: int) -> int:
    """One mail on everything of which this person is to be reminded now; how many actions it names."""
    found = Action.objects.open().filter(owner=owner_id).select_for_update(of=("self",)).order_by("due", "pk")
    due = [action for action in found if action.wants_a_reminder(actor.today)]
    if due:
        _write(actor, Account.objects.get(pk=owner_id), due)
        Action.objects.filter(pk__in=[action.pk for action in due]).update(reminded_on=actor.today)
    return len(due)


def _write(actor: Actor, owner: Account, due: list[Action]) -> None:
    lines = defaultdict(list)
    for action in due:
        lines[action.is_overdue(actor.today)].append(f"- {_named(action)}, due {_day(action)}")
    parts = [f"Dear {owner.name},"]
    if lines[True]:
        parts.append("Overdue:\n" + "\n".join(lines[True]))
    if lines[False]:
        parts.append("Due soon:\n" + "\n".join(lines[False]))
    parts.append(
        f"Close each with what shows that it was done:\n\n{settings.ENVIRONMENT.address}{reverse('actions')}\n"
    )
    queue(
        actor,
        to=(owner.name, owner.email),
        subject=_subject(due, actor),
        body="\n\n".join(parts),
        about=About(f"Actions of {owner.name}", Account._meta.label_lower, owner.pk),
    )


def _subject(due: list[Action], actor: Actor) -> str:
    overdue = sum(action.is_overdue(actor.today) for action in due)
    late = f", {overdue} overdue" if overdue else ""
    return f"{_many(len(due), 'action', 'actions')} of yours{late}"


def _named(action: Action) -> str:
    """What a mail may call an action: its title, unless that is sensitive or not for the whole secretariat."""
    kept_close = action.issue is not None and action.issue.audience == Audience.PRIVATE
    if action.is_sensitive or kept_close:
        return "An action that no mail may name; sign in to read it"
    return action.title


def _day(action: Action) -> str:
    return f"{action.due.day} {action.due:%B %Y}"
