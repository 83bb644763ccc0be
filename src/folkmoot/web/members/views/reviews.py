"""What to look at after changes in the register: the list, one review, and its items ticked off."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members import actions, queries
from folkmoot.web.addresses import address_of
from folkmoot.web.members.pages import address_of as page_of
from folkmoot.web.members.reading import reading
from folkmoot.web.middleware import ActorRequest

PAGE = 50


@require_safe
def reviews(request: ActorRequest) -> HttpResponse:
    """Every review, the latest first."""
    check(request.actor, Permission.REGISTER_CORRECT)
    page = Paginator(queries.reviews(request.actor), PAGE).get_page(request.GET.get("page"))
    shown = queries.shown_reviews(request.actor, page.object_list)
    return render(request, "members/reviews.html", {"page": page, "shown": shown, "reading": reading(request)})


@require_safe
def review(request: ActorRequest, key: str) -> HttpResponse:
    """One review with what is to be looked at."""
    check(request.actor, Permission.REGISTER_CORRECT)
    found = get_object_or_404(queries.reviews(request.actor), key=key)
    (shown,) = queries.shown_reviews(request.actor, [found])
    context = {"shown": shown, "address_of": address_of, "body": page_of(found.organization)}
    return render(request, "members/review.html", context)


@require_POST
def review_tick(request: ActorRequest, key: str, item: str) -> HttpResponse:
    """Tick one record off, or take the tick back."""
    check(request.actor, Permission.REGISTER_CORRECT)
    found = get_object_or_404(queries.reviews(request.actor), key=key)
    (shown,) = queries.shown_reviews(request.actor, [found])
    chosen = next((each.item for each in shown.items if each.item.key == item), None)
    if chosen is None:
        raise Http404
    actions.tick_review_item(request.actor, item=chosen, state=request.POST.get("state", ""))
    messages.success(request, "It is noted.")
    return redirect("review", key)
