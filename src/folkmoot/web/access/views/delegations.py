"""Who acts for whom: give a delegation, and end it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.apps.access import actions, queries
from folkmoot.apps.access.gate import Invalid, may
from folkmoot.apps.access.models import Delegation
from folkmoot.apps.access.permissions import SENTENCES, Permission
from folkmoot.web.access.forms import DelegationForm, posted
from folkmoot.web.middleware import ActorRequest

PAGE = 50


def _form(request: ActorRequest) -> DelegationForm | None:
    """The form to give a delegation, for whoever may give one."""
    actor = request.actor
    if Permission.DELEGATE not in actor.own_permissions:
        return None
    return DelegationForm(
        posted(request),
        delegates=queries.possible_delegates(actor),
        permissions=queries.passable_permissions(actor),
        now=actor.now,
    )


def _rows(request: ActorRequest, delegations: list[Delegation]) -> list[dict[str, object]]:
    now = request.actor.now
    manages = may(request.actor, Permission.PEOPLE_MANAGE)
    return [
        {
            "delegation": delegation,
            "state": delegation.state(now),
            "sentences": [sentence for name, sentence in SENTENCES.items() if name.value in delegation.permissions],
            "may_end": delegation.state(now) in {"Running", "To come"}
            and (manages or request.actor.account_id in {delegation.principal_id, delegation.delegate_id}),
        }
        for delegation in delegations
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: ActorRequest) -> HttpResponse:
    form = _form(request)
    if request.method == "POST" and form and form.is_valid():
        try:
            given = actions.delegate(request.actor, **form.given())
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{given.delegate.name} may act for you until the delegation ends.")
            return redirect("delegations")
    found = queries.delegations_visible_to(request.actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "access/delegations.html", {"form": form, "page": page, "rows": _rows(request, list(page.object_list))}
    )


@require_POST
def delegation_end(request: ActorRequest, key: str) -> HttpResponse:
    delegation = queries.delegations_visible_to(request.actor).filter(key=key).first()
    if delegation is None:
        raise Http404
    actions.end_delegation(request.actor, delegation=delegation)
    messages.success(request, f"{delegation.delegate.name} no longer acts for {delegation.principal.name}.")
    return redirect("delegations")
