"""Tells the owner of a signal once when its date comes near: by mail, at its lead time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.clock import LONDON
from folkmoot.apps.access.models import Account
from folkmoot.apps.issues.models import LIVE
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.delivery import worker
from folkmoot.apps.signals.models import Signal, Sorting

LONGEST_LEAD = timedelta(days=180)
AT_ONCE = 200


def tell(now: datetime) -> str:
    """Tell of every accepted signal whose date has come near; says in a sentence of how many."""
    coming = Signal.objects.filter(
        sorting=Sorting.ACCEPTED,
        issue__state__in=LIVE,
        told_at__isnull=True,
        closes_at__gt=now,
        closes_at__lte=now + LONGEST_LEAD,
    )
    near = [
        pk
        for pk, at, days in coming.order_by("closes_at").values_list("pk", "closes_at", "lead_days")
        if at is not None and at - timedelta(days=days) <= now
    ]
    actor = worker(now.astimezone(LONDON))
    told = sum(_once(actor, pk) for pk in near[:AT_ONCE])
    return f"Told the owners of {told} dates." if told else "No date has come near."


@transaction.atomic
def _once(actor: Actor, pk: int) -> bool:
    """Two workers that meet at one signal tell of it once."""
    signal = Signal.objects.select_for_update(of=("self",)).get(pk=pk)
    owner = owner_of(signal)
    if signal.told_at or owner is None:
        return False
    signal.told_at = actor.now
    signal.save(update_fields=["told_at"])
    about = About(
        "A date of the radar", Signal._meta.label_lower, signal.pk, Audience.PRIVATE, (f"account:{owner.pk}",)
    )
    queue(
        actor,
        to=(owner.name, owner.email),
        subject=f"{signal.closes_kind.capitalize()} on {day_of(signal)}: {signal.title}"[:200],
        body=f"Dear {owner.name},\n\n{_words(signal)}\n\n"
        f"{settings.ENVIRONMENT.address}{reverse('signal', args=[signal.key])}\n",
        about=about,
    )
    return True


def owner_of(signal: Signal) -> Account | None:
    """Whose a signal is: who was given it, else who leads its issue; nobody whose account is closed."""
    issue = signal.issue
    for account in (signal.assigned_to, issue.lead if issue else None):
        if account is not None and account.is_active:
            return account
    return None


def day_of(signal: Signal) -> str:
    """The day of a signal’s date, in words."""
    if signal.closes_at is None:
        return ""
    at = signal.closes_at.astimezone(LONDON)
    about = "about " if signal.closes_approximate else ""
    return f"{about}{at.day} {at:%B %Y}"


def _words(signal: Signal) -> str:
    when = day_of(signal)
    if signal.closes_at is not None and signal.closes_has_time:
        when += f" at {signal.closes_at.astimezone(LONDON):%H:%M}"
    return f"“{signal.title}” has a date that comes near: {signal.closes_kind}, {when}. It is yours to follow."
