"""The home page, the pages about the product itself, and the pages for what went wrong."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from folkmoot.apps.access.actions import note_visit
from folkmoot.apps.access.roles import ROLES
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.shell.home import by_record, changes, home_groups, waiting, week
from folkmoot.web.shell.keys import KEYS
from folkmoot.web.shell.navigation import settings_links
from folkmoot.web.templating import plain_shell

CHANGE_SPANS = {"1": "The last day", "7": "The last 7 days", "30": "The last 30 days", "90": "The last 90 days"}
CHANGES_SHOWN, WAITING_SHOWN, CHANGES_A_PAGE = 6, 5, 50


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """What needs the person, what changed since they were here, what they wait for, and the week by group."""
    actor = request.actor
    groups = home_groups(actor)
    since = note_visit(actor)
    changed, waited = by_record(changes(actor, since)), waiting(actor)
    return render(
        request,
        "shell/home.html",
        {
            "groups": groups,
            "count": sum(len(group.items) for group in groups),
            "since": since,
            "changes": changed[:CHANGES_SHOWN],
            "more_changes": len(changed) > CHANGES_SHOWN,
            "waiting": waited[:WAITING_SHOWN],
            "waiting_in_all": len(waited),
            "week": week(actor),
        },
    )


@require_safe
def changed(request: ActorRequest) -> HttpResponse:
    """Everything that changed in the last days: as many as are asked for, and seven unless said otherwise."""
    days = request.GET.get("days", "")
    count = int(days) if days in CHANGE_SPANS else 7
    found = changes(request.actor, request.actor.now - timedelta(days=count))
    page = Paginator(found, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "shell/changed.html", {"page": page, "days": str(count), "spans": CHANGE_SPANS.items()})


@require_safe
def waited_for(request: ActorRequest) -> HttpResponse:
    """Everything that the person waits for, the longest first."""
    page = Paginator(waiting(request.actor), CHANGES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "shell/waited_for.html", {"page": page})


@require_safe
def settings_hub(request: ActorRequest) -> HttpResponse:
    """Everything that a person may set or look after, one line each."""
    return render(request, "shell/settings.html", {"links": settings_links(request.actor)})


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/help.html")


@login_not_required
@require_safe
def keyboard(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/keyboard.html", {"keys": KEYS})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/accessibility.html")


@require_safe
def who_sees(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    return render(
        request,
        "shell/who_sees.html",
        {"role": ROLES[actor.role] if actor.role else None, "principals": actor.principals},
    )


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "shell/not_found.html", status=404)


def unusable(request: HttpRequest, exception: Exception) -> HttpResponse:
    message = "What your browser sent could not be read. Load the page again, and send less of it at once."
    return render(request, "shell/refusal.html", {"message": message, "status": 400}, status=400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "shell/refusal.html", {"message": "You may not open this page.", "status": 403}, status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = "This form was opened before you signed in, or in another window. Load its page and send it again."
    return render(request, "shell/refusal.html", {"message": message, "status": 403}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what broke."""
    page = get_template("shell/broken.html").render(plain_shell())
    return HttpResponse(page, status=500)
