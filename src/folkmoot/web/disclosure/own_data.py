"""Somebody's own data: what every room holds about them is collected into their request."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access.gate import Conflict
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure import actions
from folkmoot.web.disclosure.frame import FORM_METHODS, case_for_permission, case_page
from folkmoot.web.forms import saved
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.records.forms import PersonForm

_MAIL = re.compile(r"[^\s<>,;]{1,64}@[^\s<>,;]{1,253}")


@require_http_methods(FORM_METHODS)
def request_held(request: ActorRequest, key: str) -> HttpResponse:
    """Collect what every room holds about the person who asks."""
    case = case_for_permission(request, key, Permission.RECORDS_MANAGE)
    if not case.is_own_data:
        raise Conflict("This request is not about the person’s own data. Search for its records.")
    mail = _MAIL.search(case.requester.contact)
    form = PersonForm(posted(request), initial={"email": mail[0] if mail else "", "name": case.requester.name})
    taken: list[int] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: taken.append(actions.collect_held(request.actor, case=case, **form.cleaned_data)))
    ):
        more = "record was" if taken == [1] else "records were"
        messages.success(
            request, f"{taken[0]} {more} collected. Names of other people are taken out: look at each record."
        )
        return redirect("request", key=case.key)
    return case_page(
        request,
        case,
        "form",
        form=form,
        title="Collect what is held about the person",
        lead="From every room, with names, addresses and numbers of other people taken out at first. All of it is on "
        "hold until the request ends. Check first that the person is who they say.",
        button_text="Collect it",
        back=reverse("request", args=[case.key]),
    )
