"""Puts the actor on each request, and turns the house's refusals into pages."""

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

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


NOT_PLAIN = "What you sent holds a character that no text has (NUL). Take it out, or type the text anew."


class PlainTextMiddleware:
    """Turns away the one character that one database keeps and the other refuses, in an address or a form."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = (request.path, *_texts(request.GET), *_texts(request.POST))
        if any("\0" in text for text in sent):
            return render(request, "shell/refusal.html", {"message": NOT_PLAIN, "status": 400}, status=400)
        return self.get_response(request)


def _texts(given: QueryDict) -> Iterator[str]:
    for name, values in given.lists():
        yield from (name, *values)


class PrivateMiddleware:
    """Keeps what somebody signed in was shown out of every cache: "Back" shows nothing to the next person at a desk."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response


MUST_ADD = "must-add-second-factor"
# What a person may open whose side must have a second factor before they have one.
WITHOUT_FACTOR = frozenset({"account", "app_add", "passkey_add", "recovery_codes", "sign_out"})
ADD_FIRST = "Your network asks you for a second factor. Add an authenticator app or a passkey; then everything opens."


class SecondFactorMiddleware:
    """Leads whoever must add a second factor to the page where they do, whatever they ask for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.user.is_authenticated or MUST_ADD not in request.session:
            return None
        if request.resolver_match and request.resolver_match.url_name in WITHOUT_FACTOR:
            return None
        messages.warning(request, ADD_FIRST)
        return redirect("account")


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
