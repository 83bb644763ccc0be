"""What the network holds on a body, a post or a person of the register, over every change of name and holder."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.issues.queries.held import held_page
from folkmoot.web.addresses import address_of
from folkmoot.web.middleware import ActorRequest

PAGE = 50


@require_safe
def held(request: ActorRequest, kind: str, key: str) -> HttpResponse:
    found = held_page(request.actor, kind, key)
    if found is None:
        raise Http404
    page = Paginator(found.lines, PAGE).get_page(request.GET.get("page"))
    return render(request, "issues/held.html", {"held": found, "page": page, "address_of": address_of})
