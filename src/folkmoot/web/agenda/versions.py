"""The versions of the plan: put to the chair, approved or sent back, each beside the one approved before it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.queries import plan as queries
from folkmoot.web.agenda.forms import WhyForm
from folkmoot.web.middleware import ActorRequest

PAGE = 50


@require_safe
def plan_versions(request: ActorRequest) -> HttpResponse:
    """Every version with what the chair said."""
    found = queries.versions(request.actor)
    return render(
        request,
        "agenda/versions.html",
        {
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "standing": queries.standing(request.actor),
            "may_keep": may(request.actor, Permission.PLAN_KEEP),
        },
    )


@require_POST
def plan_put(request: ActorRequest) -> HttpResponse:
    """Put the shared plan as it stands to the chair."""
    version = actions.put_to_chair(request.actor, note=request.POST.get("note", ""))
    messages.success(request, f"Version {version.number} is with the chair.")
    return redirect("plan_version", version.number)


@require_safe
def plan_version(request: ActorRequest, number: int) -> HttpResponse:
    """One version: its lines, and what differs from the version approved before it."""
    version = get_object_or_404(queries.versions(request.actor), number=number)
    standing = queries.standing(request.actor)
    waits = standing.waiting is not None and standing.waiting.pk == version.pk
    return render(
        request,
        "agenda/version.html",
        {
            "shown": queries.version_page(request.actor, version),
            "standing": standing,
            "may_approve": waits and standing.may_approve,
            "why": WhyForm(),
        },
    )


@require_POST
def plan_approve(request: ActorRequest, number: int) -> HttpResponse:
    """The chair approves."""
    version = get_object_or_404(queries.versions(request.actor), number=number)
    actions.approve_version(request.actor, version=version)
    messages.success(request, f"Version {number} of the plan is approved.")
    return redirect("plan_version", number)


@require_POST
def plan_send_back(request: ActorRequest, number: int) -> HttpResponse:
    """The chair sends the version back, with why."""
    version = get_object_or_404(queries.versions(request.actor), number=number)
    actions.send_back_version(request.actor, version=version, why=request.POST.get("why", ""))
    messages.success(request, f"Version {number} was sent back.")
    return redirect("plan_version", number)
