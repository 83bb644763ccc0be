"""What the radar's pages share: a page that asks for one thing."""

from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from folkmoot.web.middleware import ActorRequest

Trail = list[tuple[str, str | None]]


def posted(request: ActorRequest) -> QueryDict | None:
    """What a form is bound to: an empty one that was sent is wrong input, too, and says so."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: ActorRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: str,
    trail: Trail,
    lead: str = "",
    **more: Any,
) -> HttpResponse:
    """A page that asks for one thing."""
    path: Trail = [("Radar", reverse("radar")), *trail, (title, None)]
    context = {"form": form, "title": title, "lead": lead, "button_text": button, "back": back, "trail": path}
    return render(request, "signals/form.html", context | more)
