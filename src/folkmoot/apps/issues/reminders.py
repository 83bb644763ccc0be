"""Reminds people of their actions: one mail a person, which names only what the whole secretariat may read."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.actions.tasks import LONGEST_NOTICE
from folkmoot.apps.issues.models import REMINDED_AGAIN_AFTER, Action
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.mail.models import MailChoice

EARLIEST_HOUR = 7  # no mail is sent while people sleep


def remind(now: datetime) -> str:
    """Write to everybody whose open actions come near or are overdue; says in a sentence what was done."""
    actor = worker(timezone.localtime(now))
    if actor.now.hour < EARLIEST_HOUR:
        return f"Nobody is reminded before {EARLIEST_HOUR}:00."
    named, unreached = [], 0
    for owner in _owners(actor):
        try:
            named.append(_remind_one(actor, owner))
        except Invalid:  # no mail can be written to this address; the others are not to wait for it
            unreached += 1
    return _said(sum(count > 0 for count in named), sum(named), unreached)


def _said(people: int, count: int, unreached: int) -> str:
    if not people and not unreached:
        return "Nobody had to be reminded of an action."
    said = f"Reminded {_many(people, 'person', 'people')} of {_many(count, 'action', 'actions')}."
    return f"{said} {_many(unreached, 'person has', 'people have')} no usable mail address." if unreached else said


def _owners(actor: Actor) -> list[int]:
    """Whom there could be something to remind of; few, as this is asked often."""
    never = Q(reminded_on__isnull=True, due__lte=actor.today + timedelta(days=LONGEST_NOTICE))
    since_due = Q(reminded_on__lte=F("due"), due__lt=actor.today)
    long_ago = Q(reminded_on__lte=actor.today - REMINDED_AGAIN_AFTER)
    unwilling = MailChoice.objects.filter(reminders=False).values("account")
    found = Action.objects.open().filter(never | since_due | long_ago, owner__is_active=True)
    found = found.exclude(owner__in=unwilling)
    return sorted(set(found.order_by().values_list("owner", flat=True)))


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
