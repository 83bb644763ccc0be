"""What the pages of one issue share: getting it, its mark, and a page with a form."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.queries.listing import issue_for
from folkmoot.apps.issues.queries.page import who_may_see
from folkmoot.web.middleware import ActorRequest

Trail = list[tuple[str, str | None]]


def issue_or_404(request: ActorRequest, key: str) -> Issue:
    """The issue with this key; for whoever may not see it there is none."""
    issue = issue_for(request.actor, key)
    if issue is None:
        raise Http404
    return issue


def issue_to_keep(request: ActorRequest, key: str) -> Issue:
    """The same, for whoever keeps issues; who only reads it is refused."""
    issue = issue_or_404(request, key)
    check(request.actor, Permission.ISSUE_KEEP)
    return issue


def frame(request: ActorRequest, issue: Issue) -> dict[str, Any]:
    """The mark of a page that shows an issue. That a sensitive issue was read is recorded in the same request."""
    record_reading(request.actor, issue, Channel.PAGE)
    return {"issue": issue, "handling": issue.handling, "who_may_see": who_may_see(request.actor, issue)}


def form_page(
    request: ActorRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: str,
    lead: str = "",
    issue: Issue | None = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page that asks for one thing; of an issue, under its mark."""
    trail: Trail = [("Issues", reverse("issues"))]
    if issue:
        trail.append((issue.title, reverse("issue", args=[issue.key])))
    context = {"form": form, "title": title, "lead": lead, "button_text": button, "back": back}
    context |= {"trail": [*trail, (title, None)], **(frame(request, issue) if issue else {}), **(extra or {})}
    return render(request, "issues/form.html", context)
