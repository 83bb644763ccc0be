"""Puts the actor on each request, and turns the house's refusals into pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from folkmoot.apps.access.actor import Actor, stranger
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.queries import actor_for
from folkmoot.web.clock import moment

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActorRequest(HttpRequest):
    """A request as our views see it."""

    actor: Actor


class ActorMiddleware:
    """Gives each request its actor, made afresh, so that a delegation that ended a second ago is gone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = moment()
        user = request.user
        if isinstance(user, Account):
            request.actor = actor_for(user, now=now, today=now.date())  # type: ignore[attr-defined]
        else:
            request.actor = stranger(now, now.date())  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal, a conflict or bad input that a view lets pass becomes a page that says what to do."""

    statuses = {Refused: 403, Conflict: 409, Invalid: 400}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        for kind, status in self.statuses.items():
            if isinstance(exception, kind):
                return render(
                    request,
                    "shell/refusal.html",
                    {"message": str(exception), "status": status},
                    status=status,
                )
        return None
