"""Saying of what one wants to be told by mail, and stopping it."""

from collections.abc import Iterable

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.models import MOST_POINTS, Alert


@transaction.atomic
def set_alert(actor: Actor, *, least_points: int, issues: Iterable[Issue] = (), at_once: bool = True) -> Alert:
    """Be told of what is new from now on."""
    check(actor, Permission.SIGNAL_SORT)
    if not 1 <= least_points <= MOST_POINTS:
        raise Invalid(f"Choose a score from 1 to {MOST_POINTS}.")
    alert, _ = Alert.objects.update_or_create(
        account=own_account(actor),
        defaults={"least_points": least_points, "at_once": at_once},
        create_defaults={
            "least_points": least_points,
            "at_once": at_once,
            "told_to": actor.now,
            "pressing_to": actor.now,
        },
    )
    alert.issues.set(issues)
    record(actor, "alert.set", alert, least_points=least_points, at_once=at_once)
    return alert


@transaction.atomic
def stop_alert(actor: Actor) -> None:
    """Be told of nothing any more."""
    check(actor, Permission.SIGNAL_SORT)
    alert = Alert.objects.filter(account=own_account(actor)).first()
    if alert is None:
        raise Conflict("You are told of nothing already.")
    record(actor, "alert.stopped", alert)
    alert.delete()
