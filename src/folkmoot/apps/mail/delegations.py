"""Tells both people by mail when a delegation begins and when it ends; both happen by themselves, told or not."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.clock import LONDON
from folkmoot.apps.access.models import Account, Delegation
from folkmoot.apps.access.permissions import SENTENCES
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.delivery import worker

# What began or ended longer ago is no news: a worker that stood still for a week writes to nobody about last week.
NEWS = timedelta(days=2)
AT_ONCE = 200


def tell(now: datetime) -> str:
    """Tell of every delegation that began or ended since the last time; says in a sentence of how many."""
    actor = worker(now.astimezone(LONDON))
    begun = sum(_once(actor, pk, _tell_of_start) for pk in _begun(now))
    ended = sum(_once(actor, pk, _tell_of_end) for pk in _ended(now))
    return f"Told of {begun} that began and {ended} that ended." if begun or ended else "None began or ended."


def _begun(now: datetime) -> list[int]:
    found = Delegation.objects.running(now).filter(start_told_at__isnull=True, starts_at__gt=now - NEWS)
    return list(found.order_by("starts_at").values_list("pk", flat=True)[:AT_ONCE])


def _ended(now: datetime) -> list[int]:
    by_itself = Q(ended_early_at__isnull=True, ends_at__lte=now, ends_at__gt=now - NEWS)
    early = Q(ended_early_at__lte=now, ended_early_at__gt=now - NEWS)
    found = Delegation.objects.filter(by_itself | early, end_told_at__isnull=True)
    return list(found.order_by("ends_at").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _once(actor: Actor, pk: int, tell_of: Callable[[Actor, Delegation], bool]) -> bool:
    """Two workers that meet at one delegation tell of it once."""
    locked = Delegation.objects.select_for_update(of=("self",)).select_related("principal", "delegate")
    return tell_of(actor, locked.get(pk=pk))


def _tell_of_start(actor: Actor, delegation: Delegation) -> bool:
    if delegation.start_told_at:
        return False
    delegation.start_told_at = actor.now
    delegation.save(update_fields=["start_told_at"])
    record(actor, "delegation.began", delegation)
    what = [f"- {text}" for name, text in SENTENCES.items() if name.value in delegation.permissions]
    text = (
        f"From now until {_moment(delegation.ends_at)}, {delegation.delegate.name} may do for "
        f"{delegation.principal.name}:\n\n" + "\n".join(what) + "\n\nIt ends by itself. The trail shows both names."
    )
    _write(actor, delegation, "begins", text)
    return True


def _tell_of_end(actor: Actor, delegation: Delegation) -> bool:
    if delegation.end_told_at:
        return False
    delegation.end_told_at = actor.now
    delegation.save(update_fields=["end_told_at"])
    early = delegation.ended_early_at
    if early is None:
        record(actor, "delegation.ran-out", delegation)
    when = _moment(early or delegation.ends_at)
    how = "was ended before its time" if early else "has ended by itself"
    _write(
        actor,
        delegation,
        "has ended",
        f"The delegation by which {delegation.delegate.name} acted for {delegation.principal.name} {how}, on {when}.",
    )
    return True


def _moment(at: datetime) -> str:
    at = at.astimezone(LONDON)
    return f"{at.day} {at:%B %Y}, {at:%H:%M}"


def _write(actor: Actor, delegation: Delegation, what: str, text: str) -> None:
    """One mail to each of the two, if their account is open; nobody else reads it."""
    for person in (delegation.principal, delegation.delegate):
        if person.is_active:
            _write_to(actor, delegation, person, what, text)


def _write_to(actor: Actor, delegation: Delegation, person: Account, what: str, text: str) -> None:
    about = About(
        "A delegation", delegation._meta.label_lower, delegation.pk, Audience.PRIVATE, (f"account:{person.pk}",)
    )
    queue(
        actor,
        to=(person.name, person.email),
        subject=f"{delegation.delegate.name} for {delegation.principal.name}: the delegation {what}",
        body=f"Dear {person.name},\n\n{text}\n\n{settings.ENVIRONMENT.address}{reverse('delegations')}\n",
        about=about,
    )
