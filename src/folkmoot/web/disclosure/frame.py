"""What the pages of one request share: getting it, its mark, and asking for one thing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure.models import Case
from folkmoot.apps.disclosure.queries import case_for
from folkmoot.web.forms import saved
from folkmoot.web.middleware import ActorRequest

FORM_METHODS = ["GET", "HEAD", "POST"]
WHO = "Whoever in the secretariat works on requests for information. Nobody else learns that there is one."


def found_case(request: ActorRequest, key: str) -> Case:
    """The request with this key, of which nothing has been read yet."""
    case = case_for(request.actor, key)
    if case is None:
        raise Http404
    return case


def case_or_404(request: ActorRequest, key: str, channel: Channel = Channel.PAGE) -> Case:
    """The request with this key, its reading written down; for whoever may not see it there is none."""
    case = found_case(request, key)
    record_reading(request.actor, case, channel)
    return case


def case_for_permission(request: ActorRequest, key: str, permission: Permission) -> Case:
    """The same, for whoever has one permission more; who only works on it is refused, and has read nothing."""
    case = found_case(request, key)
    check(request.actor, permission)
    record_reading(request.actor, case, Channel.PAGE)
    return case


def case_page(request: ActorRequest, case: Case, template: str, **context: Any) -> HttpResponse:
    """A page of a request under its mark."""
    return render(
        request, f"disclosure/{template}.html", {"case": case, "handling": case.handling, "who_may_see": WHO, **context}
    )


def ask(
    request: ActorRequest,
    case: Case,
    form: forms.Form,
    act: Callable[[], object],
    *,
    title: str,
    button: str,
    done: str,
    lead: str = "",
) -> HttpResponse:
    """A page that asks for one thing and goes back to the request when it is done."""
    if request.method == "POST" and form.is_valid() and saved(form, act):
        messages.success(request, done)
        return redirect("request", key=case.key)
    back = reverse("request", args=[case.key])
    return case_page(request, case, "form", form=form, title=title, button_text=button, lead=lead, back=back)
