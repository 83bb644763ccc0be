"""A request that came by mail: what the tray offers, and the form filled in from the mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure import actions
from folkmoot.apps.disclosure.exemptions import FOI
from folkmoot.apps.disclosure.models import Case
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.tray import note_reading
from folkmoot.web.clock import LONDON
from folkmoot.web.disclosure import forms
from folkmoot.web.disclosure.frame import FORM_METHODS, WHO
from folkmoot.web.forms import saved
from folkmoot.web.mail.tray import Step, found_message
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest


def steps(actor: Actor, message: InboxMessage) -> list[Step]:
    """What the tray offers for a mail that a person wrote."""
    if message.nature != "person" or not may(actor, Permission.REQUEST_HANDLE):
        return []
    return [Step("Take it in as a request for information", reverse("request_from_mail", args=[message.key]))]


@require_http_methods(FORM_METHODS)
def request_from_mail(request: ActorRequest, key: str) -> HttpResponse:
    """Take a request in from the mail that made it."""
    message = found_message(request, key)
    check(request.actor, Permission.REQUEST_HANDLE)
    note_reading(request.actor, message=message)
    form = forms.CaseForm(posted(request), initial=_from(message))
    opened: list[Case] = []

    def act() -> None:
        opened.append(actions.open_from_mail(request.actor, message=message, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and saved(form, act):
        messages.success(request, "The request was taken in, and the mail is filed with it.")
        return redirect("request", key=opened[0].key)
    context = {"form": form, "who_may_see": WHO, "handling": message.handling, "mail": message}
    return render(request, "disclosure/new.html", context)


def _from(message: InboxMessage) -> dict[str, object]:
    return {
        "title": "",
        "regime": FOI,
        "asked": message.text[: forms.LONGEST],
        "received_on": message.received_at.astimezone(LONDON).date(),
        "requester": message.from_name or message.from_address,
        "contact": message.from_address,
    }
