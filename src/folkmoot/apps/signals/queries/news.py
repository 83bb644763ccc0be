"""What of the radar a person's home page tells."""

from datetime import date, datetime, time

from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.models import Decision, Signal, Sorting, Step
from folkmoot.apps.signals.queries.inbox import Wanted, known_to, signals

MOST = 20


def given_to(actor: Actor) -> int:
    """How many cards to sort were given to this person."""
    return signals(actor, Wanted(mine=True)).count()


def accepted_since(actor: Actor, since: datetime) -> list[tuple[datetime, Signal]]:
    """The signals put on issues since a moment, the latest first, where the reader may see signal and issue."""
    mine = known_to(actor).filter(
        sorting=Sorting.ACCEPTED, issue__in=Issue.objects.visible_to(actor), decisions__step=Step.ACCEPT
    )
    found = Decision.objects.filter(step=Step.ACCEPT, undone_at__isnull=True, at__gt=since, signal__in=mine)
    latest: dict[int, tuple[datetime, Signal]] = {}
    for decision in found.select_related("signal__issue").order_by("at", "pk"):
        latest[decision.signal_id] = (decision.at, decision.signal)
    return sorted(latest.values(), key=lambda pair: pair[0], reverse=True)[:MOST]


def closing_between(actor: Actor, first: date, last: date) -> list[tuple[date, Signal]]:
    """Accepted signals whose date to act by falls on one of these days."""
    begin, end = (
        timezone.make_aware(datetime.combine(day, edge)) for day, edge in ((first, time.min), (last, time.max))
    )
    found = (
        known_to(actor)
        .filter(sorting=Sorting.ACCEPTED, issue__in=Issue.objects.visible_to(actor), closes_at__range=(begin, end))
        .select_related("issue", "assigned_to")
        .order_by("closes_at", "pk")
    )
    return [(timezone.localtime(signal.closes_at).date(), signal) for signal in found]
