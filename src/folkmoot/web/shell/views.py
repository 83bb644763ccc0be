"""The home page, the pages about the product itself, and the pages for what went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from folkmoot.apps.access.roles import ROLES
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.shell.home import home_groups
from folkmoot.web.shell.keys import KEYS
from folkmoot.web.shell.navigation import settings_links
from folkmoot.web.templating import plain_shell


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    groups = home_groups(request.actor)
    return render(request, "shell/home.html", {"groups": groups, "count": sum(len(group.items) for group in groups)})


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
