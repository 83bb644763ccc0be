"""Putting on the horizon board what comes towards the network, looking at it again, and taking it off."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import SECRETARIAT, Role
from folkmoot.apps.signals.models import Distance, Grade, HorizonEntry, Signal, Theme
from folkmoot.apps.signals.queries.inbox import known_to

LONGEST_WHAT, LATEST_REVIEW = 600, timedelta(days=366)


@transaction.atomic
def write_entry(
    actor: Actor,
    *,
    title: str,
    what: str,
    theme: str,
    distance: str,
    likelihood: int,
    impact: int,
    confidence: int,
    owner: Account,
    review_on: date,
    signals: Iterable[str],
    entry: HorizonEntry | None = None,
) -> HorizonEntry:
    """Put an entry on the board, or say anew what one says. It cites at least one signal, by its key."""
    by = check(actor, Permission.SIGNAL_SORT)
    cited = _cited(actor, signals)
    _checked(actor, theme, distance, (likelihood, impact, confidence), owner, review_on)
    new = entry is None
    if entry is None:
        entry = HorizonEntry(written_at=actor.now)
    elif entry.closed_at:
        raise Conflict("This was taken off the board. Write a new entry.")
    else:
        entry.reviewed_at = actor.now
    entry.title, entry.what = (
        _needed(title, "Give it a title.", 160),
        _needed(what, "Say what may happen.", LONGEST_WHAT),
    )
    entry.theme, entry.distance, entry.owner, entry.review_on = theme, distance, owner, review_on
    entry.likelihood, entry.impact, entry.confidence = likelihood, impact, confidence
    entry.save()
    entry.signals.set(cited)
    record(actor, "horizon.written" if new else "horizon.reviewed", entry, by=by, title=entry.title)
    return entry


@transaction.atomic
def close_entry(actor: Actor, *, entry: HorizonEntry, why: str) -> None:
    """Take an entry off the board and say why: it came, or it will not."""
    by = check(actor, Permission.SIGNAL_SORT)
    why = _needed(why, "Say why it is taken off: it came, or it will not.", 300)
    if not HorizonEntry.objects.filter(pk=entry.pk, closed_at=None).update(closed_at=actor.now, closed_why=why):
        raise Conflict("It is off the board already.")
    record(actor, "horizon.closed", entry, by=by, why=why)


def _cited(actor: Actor, keys: Iterable[str]) -> list[Signal]:
    wanted = set(keys)
    found = list(known_to(actor).filter(key__in=wanted)) if wanted else []
    if not found:
        raise Invalid("Tick at least one signal that it rests on.")
    return found


def _checked(actor: Actor, theme: str, distance: str, grades: Iterable[int], owner: Account, review_on: date) -> None:
    if theme not in Theme.values or distance not in Distance.values or set(grades) - set(Grade.values):
        raise Invalid("Choose each of theme, distance, likelihood, impact and confidence from its list.")
    if not owner.is_active or Role(owner.role) not in SECRETARIAT:
        raise Invalid("Choose an owner of the secretariat whose account is open.")
    if not actor.today < review_on <= actor.today + LATEST_REVIEW:
        raise Invalid("Choose a day after today and within a year on which it is looked at again.")


def _needed(text: str, words: str, longest: int) -> str:
    text = " ".join(text.split())
    if not text:
        raise Invalid(words)
    if len(text) > longest:
        raise Invalid(f"This has {len(text)} characters; {longest} are the most.")
    return text
