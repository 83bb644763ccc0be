"""What people put on a signal beside sorting it: a risk or an opportunity, a star, and when its date is told."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals.models import Side, Signal, SignalNote

LONGEST_NOTE, MOST_LEAD = 600, 180


@transaction.atomic
def note(actor: Actor, *, signal: Signal, side: str, text: str) -> SignalNote:
    """Say what risk or opportunity one sees in a signal."""
    by = check(actor, Permission.SIGNAL_SORT)
    text = " ".join(text.split())
    if side not in Side.values:
        raise Invalid("Say whether it is a risk or an opportunity.")
    if not text:
        raise Invalid("Say in a sentence what you see in it.")
    if len(text) > LONGEST_NOTE:
        raise Invalid(f"A note has {LONGEST_NOTE} characters at most. Put the rest on the issue.")
    written = SignalNote.objects.create(signal=signal, side=side, text=text, by_id=actor.account_id, at=actor.now)
    record(actor, "signal.noted", signal, by=by, side=side, text=text)
    return written


@transaction.atomic
def remove_note(actor: Actor, *, note: SignalNote) -> None:
    """Take a note off its signal; the trail keeps it."""
    by = check(actor, Permission.SIGNAL_SORT)
    record(actor, "signal.note-removed", note.signal, by=by, side=note.side, text=note.text)
    note.delete()


@transaction.atomic
def star(actor: Actor, *, signal: Signal, on: bool) -> None:
    """Star a signal, such as a bill that is followed closely, or take the star off."""
    by = check(actor, Permission.SIGNAL_SORT)
    if not Signal.objects.filter(pk=signal.pk, is_starred=not on).update(is_starred=on):
        raise Conflict("It is starred already." if on else "It has no star.")
    record(actor, "signal.starred" if on else "signal.unstarred", signal, by=by)


@transaction.atomic
def set_lead(actor: Actor, *, signal: Signal, days: int) -> None:
    """Say how many days before its date the owner is told; once told, a longer time tells nobody again."""
    by = check(actor, Permission.SIGNAL_SORT)
    if not 0 <= days <= MOST_LEAD:
        raise Invalid(f"Choose from 0 to {MOST_LEAD} days.")
    if signal.closes_at is None:
        raise Conflict("This has no date, so there is nothing to be told of.")
    Signal.objects.filter(pk=signal.pk).update(lead_days=days)
    record(actor, "signal.lead-set", signal, by=by, days=days)
