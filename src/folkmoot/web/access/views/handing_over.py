"""The secretariat hands over what its people, and those of the offices, hold."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access import actions, queries
from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Conflict, Invalid, Refused
from folkmoot.apps.access.holdings import can_be_handed_over, holdings
from folkmoot.apps.access.models import Account
from folkmoot.web.access.forms import HandOverForm, posted
from folkmoot.web.addresses import address_of
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import plural

PAGE = 50
STATES = [("", "Open or closed"), ("open", "Open"), ("closed", "Closed")]


@require_safe
def hand_overs(request: ActorRequest) -> HttpResponse:
    """Everybody in whose hands something is."""
    state = request.GET.get("state", "")
    page = Paginator(queries.people_who_hold(request.actor, state), PAGE).get_page(request.GET.get("page"))
    return render(request, "access/hand_overs.html", {"page": page, "state": state, "states": STATES})


def _person(actor: Actor, key: str) -> Account:
    try:
        return queries.person_who_holds(actor, key)
    except Account.DoesNotExist:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_from(request: ActorRequest, key: str) -> HttpResponse:
    """What one person holds, and to whom each thing goes."""
    account = _person(request.actor, key)
    held = holdings(request.actor, account, request.actor.today)
    form = HandOverForm(posted(request), held=held, successors=queries.successors(request.actor, account))
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.hand_over_held(request.actor, account=account, to=form.given())
        except (Invalid, Conflict, Refused) as error:
            form.add_error(None, str(error))
        else:
            what = f"{plural(count, 'thing')} went to somebody else." if count else "You chose nobody. Nothing changed."
            messages.success(request, what)
            return redirect("hand_over_from", key)
    stays = [(each, address_of(each.table, each.key)) for each in held if not can_be_handed_over(each)]
    return render(request, "access/hand_over.html", {"form": form, "account": account, "held": held, "stays": stays})
