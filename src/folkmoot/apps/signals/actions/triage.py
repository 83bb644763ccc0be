"""Sorting signals: accept to an issue, dismiss, snooze, assign, fold, and take the last step back.

Every step keeps how things stood before it, so that it can be undone; what was dismissed, by whom and why, is what the
radar learns from.
"""

from datetime import date
from typing import Any

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import SECRETARIAT, Role
from folkmoot.apps.issues.models import LIVE, Issue
from folkmoot.apps.signals.models import Decision, Signal, Sorting, Step
from folkmoot.apps.signals.proposing import follow

BY_HAND = "by hand"


def _held(actor: Actor, signal: Signal) -> tuple[Signal, Authority]:
    """The signal as it stands now, kept from everybody else until this action is over."""
    by = check(actor, Permission.SIGNAL_SORT)
    return Signal.objects.select_for_update().get(pk=signal.pk), by


def _standing(signal: Signal) -> dict[str, Any]:
    """How a signal stands, as a step keeps it."""
    until = signal.snoozed_until
    return {
        "sorting": signal.sorting,
        "issue": signal.issue_id,
        "snoozed_until": until.isoformat() if until else None,
        "assigned_to": signal.assigned_to_id,
    }


def _sort(
    actor: Actor,
    by: Authority,
    signal: Signal,
    step: Step,
    *,
    why: str = "",
    sorting: Sorting | None = None,
    issue: Issue | None = None,
    until: date | None = None,
    **more: Any,
) -> Decision:
    """Write a step down and carry it out."""
    decision = Decision.objects.create(
        signal=signal, step=step, by_id=actor.account_id, at=actor.now, why=why[:300], before=_standing(signal)
    )
    if sorting is not None:
        signal.sorting, signal.issue, signal.snoozed_until = sorting, issue, until
    for name, value in more.items():
        setattr(signal, name, value)
    signal.save(update_fields=["sorting", "issue", "snoozed_until", *more])
    record(actor, f"signal.{step.value}", signal, by=by, why=why, issue=issue and issue.pk)
    follow(actor, signal, sorting=decision.before["sorting"], issue=decision.before["issue"])
    return decision


@transaction.atomic
def accept(actor: Actor, *, signal: Signal, issue: Issue, why: str = "") -> Decision:
    """Put a signal on an issue: it stands on the issue’s time line, and other rooms take up its deadline."""
    signal, by = _held(actor, signal)
    if signal.sorting == Sorting.ACCEPTED and signal.issue_id == issue.pk:
        raise Conflict(f"This stands on {issue.title} already.")
    if issue.state not in LIVE:
        raise Invalid(f"{issue.title} is {issue.get_state_display().lower()}. Choose an issue that is still followed.")
    return _sort(actor, by, signal, Step.ACCEPT, sorting=Sorting.ACCEPTED, issue=issue, why=_one_line(why))


@transaction.atomic
def dismiss(actor: Actor, *, signal: Signal, why: str) -> Decision:
    """Set a signal aside and say why; the radar learns from it."""
    signal, by = _held(actor, signal)
    why = _one_line(why)
    if not why:
        raise Invalid("Say why in a few words. The radar learns from it.")
    if signal.sorting == Sorting.DISMISSED:
        raise Conflict("This is dismissed already.")
    return _sort(actor, by, signal, Step.DISMISS, sorting=Sorting.DISMISSED, why=why)


@transaction.atomic
def snooze(actor: Actor, *, signal: Signal, until: date) -> Decision:
    """Let a signal rest until a day, on which it is in the inbox again."""
    signal, by = _held(actor, signal)
    if until <= actor.today:
        raise Invalid("Choose a day after today.")
    return _sort(actor, by, signal, Step.SNOOZE, sorting=Sorting.SNOOZED, until=until)


@transaction.atomic
def assign(actor: Actor, *, signal: Signal, to: Account | None) -> Decision:
    """Give a signal to somebody of the secretariat to look at, or to nobody again."""
    signal, by = _held(actor, signal)
    if to is not None and (not to.is_active or Role(to.role) not in SECRETARIAT):
        raise Invalid(f"{to.name} cannot sort signals. Choose somebody of the secretariat whose account is open.")
    return _sort(actor, by, signal, Step.ASSIGN, assigned_to=to)


@transaction.atomic
def put_back(actor: Actor, *, signal: Signal) -> Decision:
    """Put a signal that was sorted back into the inbox."""
    signal, by = _held(actor, signal)
    if signal.sorting == Sorting.INBOX:
        raise Conflict("This is in the inbox already.")
    return _sort(actor, by, signal, Step.RETURN, sorting=Sorting.INBOX)


@transaction.atomic
def undo_last(actor: Actor) -> Decision:
    """Take back one’s own last step, so that its signal stands as before; again for the step before it."""
    by = check(actor, Permission.SIGNAL_SORT)
    mine = Decision.objects.select_for_update().filter(by_id=actor.account_id, undone_at__isnull=True)
    decision: Decision | None = mine.order_by("-at", "-pk").first()
    if decision is None:
        raise Conflict("There is no step of yours that could be taken back.")
    later = decision.signal.decisions.filter(undone_at__isnull=True, at__gte=decision.at, pk__gt=decision.pk)
    if later.exists():
        raise Conflict("Somebody has sorted this signal since. Open it and put it where it belongs.")
    signal = Signal.objects.select_for_update().get(pk=decision.signal_id)
    before, stood = decision.before, _standing(signal)
    signal.sorting, signal.issue_id = before["sorting"], before["issue"]
    signal.snoozed_until = date.fromisoformat(before["snoozed_until"]) if before["snoozed_until"] else None
    signal.assigned_to_id = before["assigned_to"]
    signal.save(update_fields=["sorting", "issue", "snoozed_until", "assigned_to"])
    decision.undone_at = actor.now
    decision.save(update_fields=["undone_at"])
    record(actor, "signal.undone", signal, by=by, step=decision.step)
    follow(actor, signal, sorting=stood["sorting"], issue=stood["issue"])
    return decision


@transaction.atomic
def fold(actor: Actor, *, signal: Signal, into: Signal) -> None:
    """Say by hand that a signal tells the same as another one, whose card then shows it."""
    signal, by = _held(actor, signal)
    if into.copy_of_id is not None or into.pk == signal.pk:
        raise Invalid("Choose a card that is itself no copy.")
    signal.copy_of, signal.copy_why, signal.kept_apart = into, BY_HAND, False
    signal.save(update_fields=["copy_of", "copy_why", "kept_apart"])
    Signal.objects.filter(copy_of=signal).update(copy_of=into)
    record(actor, "signal.folded", signal, by=by, into=into.pk)


@transaction.atomic
def take_out(actor: Actor, *, signal: Signal) -> None:
    """Say that a signal is no copy; it is a card of its own again, and stays one."""
    signal, by = _held(actor, signal)
    if signal.copy_of_id is None:
        raise Conflict("This is a card of its own already.")
    signal.copy_of, signal.copy_why, signal.kept_apart = None, "", True
    signal.save(update_fields=["copy_of", "copy_why", "kept_apart"])
    record(actor, "signal.taken-out", signal, by=by)


def _one_line(text: str) -> str:
    return " ".join(text.split())
