"""The steps of the triage, from the inbox or from a signal's own page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues.queries.listing import live_issues
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.models import Signal
from folkmoot.apps.signals.queries.inbox import signal_for, signals_with, sorters
from folkmoot.web.middleware import ActorRequest

MOST_AT_ONCE = 100
# What of the list's address is kept over a step.
KEPT = ("q", "sorting", "issue", "source", "mine", "closing", "sort", "page")


def _signal(request: ActorRequest, key: str) -> Signal:
    """The signal to sort; for whoever may not see it there is none, and who only reads is refused."""
    found = signal_for(request.actor, key)
    if found is None:
        raise Http404
    check(request.actor, Permission.SIGNAL_SORT)
    return found


def _back(request: ActorRequest, signal: Signal | None, *, onward: bool = True) -> HttpResponse:
    """To the next card of the list that the step was made from; to the signal's own page where it was made there."""
    if signal is not None and request.GET.get("from") != "inbox":
        return HttpResponseRedirect(reverse("signal", args=[signal.key]))
    at = request.POST.get("next", "") if onward else (signal.key if signal else "")
    query = {name: request.GET[name] for name in KEPT if request.GET.get(name)} | ({"at": at} if at else {})
    return HttpResponseRedirect(reverse("radar") + (f"?{urlencode(query)}" if query else ""))


def _step(request: ActorRequest, key: str, act: Callable[[Signal], str], *, onward: bool = True) -> HttpResponse:
    """Carry out a step and say what was done, or what is wrong with it, on the page that it came from. What sorts a
    signal leads on to the next one.
    """
    signal = _signal(request, key)
    try:
        said = act(signal)
    except (Invalid, Conflict) as error:
        messages.error(request, str(error))
        return _back(request, signal, onward=False)
    messages.success(request, said)
    return _back(request, signal, onward=onward)


def _issue(request: ActorRequest) -> Any:
    found = live_issues(request.actor).filter(key=request.POST.get("issue", "")).first()
    if found is None:
        raise Invalid("Choose the issue that it belongs to.")
    return found


@require_POST
def accept(request: ActorRequest, key: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        issue = _issue(request)
        actions.accept(request.actor, signal=signal, issue=issue, why=request.POST.get("why", ""))
        return f"Accepted: {signal.title} stands on {issue.title}."

    return _step(request, key, act)


@require_POST
def dismiss(request: ActorRequest, key: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        actions.dismiss(request.actor, signal=signal, why=request.POST.get("why", ""))
        return f"Dismissed: {signal.title}."

    return _step(request, key, act)


def _days(request: ActorRequest) -> int:
    days = request.POST.get("days", "")
    if not (days.isascii() and days.isdecimal() and 1 <= int(days[:4]) <= 366):
        raise Invalid("Choose for how long it is to rest.")
    return int(days)


@require_POST
def snooze(request: ActorRequest, key: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        until = request.actor.today + timedelta(days=_days(request))
        actions.snooze(request.actor, signal=signal, until=until)
        return f"Snoozed until {until.day} {until:%B}: {signal.title}."

    return _step(request, key, act)


def _somebody(request: ActorRequest) -> Account | None:
    key = request.POST.get("to", "")
    if not key:
        return None
    found = sorters().filter(key=key).first()
    if found is None:
        raise Invalid("Choose somebody of the secretariat.")
    return found


@require_POST
def assign(request: ActorRequest, key: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        somebody = _somebody(request)
        actions.assign(request.actor, signal=signal, to=somebody)
        return f"Given to {somebody.name}: {signal.title}." if somebody else f"Given to nobody: {signal.title}."

    return _step(request, key, act)


@require_POST
def put_back(request: ActorRequest, key: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        actions.put_back(request.actor, signal=signal)
        return f"Back in the inbox: {signal.title}."

    return _step(request, key, act)


@require_POST
def take_out(request: ActorRequest, key: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        actions.take_out(request.actor, signal=signal)
        return f"A card of its own again: {signal.title}."

    return _step(request, key, act)


@require_POST
def note(request: ActorRequest, key: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        actions.note(request.actor, signal=signal, side=request.POST.get("side", ""), text=request.POST.get("text", ""))
        return f"Noted on: {signal.title}."

    return _step(request, key, act, onward=False)


@require_POST
def note_remove(request: ActorRequest, key: str, note: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        found = next((each for each in signal.notes.all() if each.key == note), None)
        if found is None:
            raise Http404
        actions.remove_note(request.actor, note=found)
        return "The note was taken off. The trail keeps it."

    return _step(request, key, act, onward=False)


@require_POST
def star(request: ActorRequest, key: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        on = request.POST.get("on") == "yes"
        actions.star(request.actor, signal=signal, on=on)
        return f"{'Starred' if on else 'No star any more'}: {signal.title}."

    return _step(request, key, act, onward=False)


@require_POST
def lead(request: ActorRequest, key: str) -> HttpResponse:
    def act(signal: Signal) -> str:
        days = request.POST.get("days", "")
        if not (days.isascii() and days.isdecimal()):
            raise Invalid("Choose how long before its date the owner is told.")
        actions.set_lead(request.actor, signal=signal, days=int(days[:4]))
        return f"The owner is told {int(days)} days before: {signal.title}."

    return _step(request, key, act, onward=False)


@require_POST
def undo(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.SIGNAL_SORT)
    try:
        step = actions.undo_last(request.actor)
    except Conflict as error:
        messages.error(request, str(error))
        return _back(request, None, onward=False)
    messages.success(request, f"Taken back: {step.signal.title} stands as before.")
    return _back(request, step.signal, onward=False)


@require_POST
def many(request: ActorRequest) -> HttpResponse:
    """One step for all the cards that are ticked; those that cannot take it are named."""
    actor = request.actor
    check(actor, Permission.SIGNAL_SORT)
    keys = dict.fromkeys([*request.POST.getlist("signal"), *request.POST.get("all", "").split()])
    found = signals_with(actor, list(keys)[:MOST_AT_ONCE])
    try:
        act = _bulk(request, found)
    except Invalid as error:
        messages.error(request, str(error))
        return _back(request, None)
    done, kept = 0, []
    for signal in found:
        try:
            act(signal)
            done += 1
        except (Invalid, Conflict) as error:
            kept.append(f"{signal.title}: {error}")
    if not found:
        messages.error(request, "Tick at least one signal.")
    if done:
        messages.success(request, f"{done} {'signal was' if done == 1 else 'signals were'} sorted.")
    if kept:
        messages.warning(request, " ".join(kept[:5]))
    return _back(request, None)


def _bulk(request: ActorRequest, found: list[Signal]) -> Callable[[Signal], object]:
    """What the pressed button asks for."""
    actor, step = request.actor, request.POST.get("step", "")
    if step == "accept":
        issue = _issue(request)
        return lambda signal: actions.accept(actor, signal=signal, issue=issue)
    if step == "dismiss":
        why = request.POST.get("why", "")
        if not why.strip():
            raise Invalid("Say why in a few words. The radar learns from it.")
        return lambda signal: actions.dismiss(actor, signal=signal, why=why)
    if step == "assign":
        somebody = _somebody(request)
        return lambda signal: actions.assign(actor, signal=signal, to=somebody)
    if step == "snooze":
        until = actor.today + timedelta(days=_days(request))
        return lambda signal: actions.snooze(actor, signal=signal, until=until)
    if step == "fold":
        oldest = min(found, key=lambda signal: signal.pk, default=None)
        if oldest is None or len(found) < 2:
            raise Invalid("Tick the cards that tell the same, two at least.")
        return lambda signal: None if signal.pk == oldest.pk else actions.fold(actor, signal=signal, into=oldest)
    raise Invalid("Choose what is to be done with them.")
