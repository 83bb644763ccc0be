"""Learning from what was sorted: asking for a proposal, and taking one into use or setting it aside."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals.actions.watches import LOOKS_BACK
from folkmoot.apps.signals.learnt import missing
from folkmoot.apps.signals.models import Learnt, Signal, Standing
from folkmoot.apps.signals.tasks import learn_now, weigh_now


@transaction.atomic
def learn(actor: Actor) -> None:
    """Have the worker learn from what was sorted; what it makes of it changes no score by itself."""
    by = check(actor, Permission.SIGNAL_SORT)
    if wanting := missing():
        raise Invalid(f"There is too little to learn from yet. Accept or dismiss {wanting} more.")
    asking = Account.objects.get(pk=actor.account_id or 0)
    learn_now.enqueue(by=asking.pk)
    record(actor, "learnt.asked", asking, by=by)


@transaction.atomic
def use(actor: Actor, *, learnt: Learnt) -> Learnt:
    """Let a version count, in the place of the one before; the last 90 days are scored again by the worker."""
    by = check(actor, Permission.SIGNAL_SORT)
    learnt = Learnt.objects.select_for_update().get(pk=learnt.pk)
    if learnt.state == Standing.IN_USE:
        raise Conflict("This is in use already.")
    _retire()
    learnt.state, learnt.taken_by_id, learnt.taken_at = Standing.IN_USE, actor.account_id, actor.now
    learnt.save(update_fields=["state", "taken_by", "taken_at"])
    _changed(actor, "learnt.used", learnt, by)
    return learnt


@transaction.atomic
def set_aside(actor: Actor, *, learnt: Learnt) -> Learnt:
    """Let a proposal rest; it can still be used later."""
    by = check(actor, Permission.SIGNAL_SORT)
    learnt = Learnt.objects.select_for_update().get(pk=learnt.pk)
    if learnt.state != Standing.PROPOSED:
        raise Conflict("This is no proposal any more. Open the page again.")
    learnt.state = Standing.SET_ASIDE
    learnt.save(update_fields=["state"])
    record(actor, "learnt.set-aside", learnt, by=by)
    return learnt


@transaction.atomic
def use_none(actor: Actor) -> None:
    """Score by what is looked out for alone, without anything that was learnt."""
    by = check(actor, Permission.SIGNAL_SORT)
    learnt = Learnt.objects.select_for_update().filter(state=Standing.IN_USE).first()
    if learnt is None:
        raise Conflict("Nothing that was learnt is in use.")
    _retire()
    _changed(actor, "learnt.not-used", learnt, by)


def _retire() -> None:
    Learnt.objects.filter(state=Standing.IN_USE).update(state=Standing.SET_ASIDE)


def _changed(actor: Actor, what: str, learnt: Learnt, by: Authority) -> None:
    Signal.objects.filter(seen_at__gte=actor.now - LOOKS_BACK).update(is_weighed=False)
    weigh_now.enqueue()
    record(actor, what, learnt, by=by, fingerprint=learnt.fingerprint)
