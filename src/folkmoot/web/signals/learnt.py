"""What was learnt from the sorting: what it would change, and taking it into use or not."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.learnt import BAR_POINTS
from folkmoot.apps.signals.models import Learnt
from folkmoot.apps.signals.queries.learnt import board, learnt_for
from folkmoot.web.middleware import ActorRequest

AGAIN = "What came in over the last 90 days is being scored again."


@require_safe
def learnt_page(request: ActorRequest) -> HttpResponse:
    """The proposal with its effect, what is in use, and what was before."""
    check(request.actor, Permission.SIGNAL_SORT)
    return render(request, "signals/learnt.html", {"board": board(request.actor), "bar": BAR_POINTS})


@require_POST
def learn(request: ActorRequest) -> HttpResponse:
    said = "The radar is learning. Open this page again in a minute; no score changes until you use what it proposes."
    return _done(request, lambda: actions.learn(request.actor), said)


@require_POST
def use(request: ActorRequest, key: str) -> HttpResponse:
    learnt = _learnt(request, key)
    return _done(request, lambda: actions.use(request.actor, learnt=learnt), f"It is in use. {AGAIN}")


@require_POST
def set_aside(request: ActorRequest, key: str) -> HttpResponse:
    learnt = _learnt(request, key)
    return _done(request, lambda: actions.set_aside(request.actor, learnt=learnt), "It is set aside; no score changed.")


@require_POST
def use_none(request: ActorRequest) -> HttpResponse:
    said = f"Nothing that was learnt is in use any more. {AGAIN}"
    return _done(request, lambda: actions.use_none(request.actor), said)


def _learnt(request: ActorRequest, key: str) -> Learnt:
    learnt = learnt_for(request.actor, key)
    if learnt is None:
        raise Http404
    return learnt


def _done(request: ActorRequest, do: Callable[[], object], said: str) -> HttpResponse:
    try:
        do()
    except (Conflict, Invalid) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("learnt")
