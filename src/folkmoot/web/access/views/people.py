"""An administrator adds people, changes what they are, and closes their accounts."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access import actions, factors, queries
from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.holdings import holdings
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.web.access.forms import PeopleFilter, PersonForm, RuleForm, posted
from folkmoot.web.access.invitations import add_and_invite, send_invitation
from folkmoot.web.access.notices import tell_of_factor
from folkmoot.web.middleware import ActorRequest

PAGE = 50


def _account(actor: Actor, key: str) -> Account:
    try:
        return queries.account_to_manage(actor, key)
    except Account.DoesNotExist:
        raise Http404 from None


@require_safe
def people(request: ActorRequest) -> HttpResponse:
    wanted = PeopleFilter(request.GET)
    found = queries.people(request.actor, **wanted.query())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "access/people.html", {"filter": wanted, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.PEOPLE_MANAGE)
    form = PersonForm(posted(request), day=request.actor.today)
    if request.method == "POST" and form.is_valid():
        try:
            account, told = add_and_invite(request.actor, **form.given())
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{account.name} was added. {told}")
            return redirect("person_change", account.key)
    return render(request, "access/person_add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def person_change(request: ActorRequest, key: str) -> HttpResponse:
    account = _account(request.actor, key)
    form = PersonForm(posted(request), day=request.actor.today, initial=PersonForm.of(account))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_account(request.actor, account=account, **form.given())
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"The account of {account.name} was changed.")
            return redirect("person_change", key)
    kept = _account(request.actor, key)
    is_mine = kept.pk == request.actor.account_id
    return render(
        request,
        "access/person_change.html",
        {"form": form, "account": kept, "is_mine": is_mine, "factors": factors.factors_of(kept)},
    )


def _do(request: ActorRequest, key: str, deed: Callable[..., object], done: str) -> HttpResponse:
    account = _account(request.actor, key)
    name = account.name
    deed(request.actor, account=account)
    messages.success(request, done.format(name=name))
    return redirect("people")


@require_POST
def person_invite(request: ActorRequest, key: str) -> HttpResponse:
    account = _account(request.actor, key)
    messages.success(request, send_invitation(request.actor, account))
    return redirect("person_change", key)


@require_POST
def person_reset_factors(request: ActorRequest, key: str) -> HttpResponse:
    account = _account(request.actor, key)
    actions.reset_factors(request.actor, account=account)
    tell_of_factor(request.actor, account, "An administrator removed your second factors")
    messages.success(request, f"The second factors of {account.name} are removed. They were told by mail.")
    return redirect("person_change", key)


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_rule(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.PEOPLE_MANAGE)
    form = RuleForm(posted(request), initial={"sides": sorted(factors.sides_that_must())})
    if request.method == "POST" and form.is_valid():
        actions.set_second_factor_rule(request.actor, sides=form.cleaned_data["sides"])
        messages.success(request, "Who must have a second factor was changed.")
        return redirect("second_factor_rule")
    return render(request, "access/second_factor_rule.html", {"form": form})


@require_safe
def invitations(request: ActorRequest) -> HttpResponse:
    """Who was invited and has not come yet."""
    found = queries.people_awaited(request.actor, text=request.GET.get("text", "")[:120])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    oldest = request.actor.now - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return render(
        request, "access/invitations.html", {"page": page, "text": request.GET.get("text", ""), "oldest": oldest}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_close(request: ActorRequest, key: str) -> HttpResponse:
    """What somebody who leaves holds, and the button that closes their account."""
    account = _account(request.actor, key)
    form = Form(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_account(request.actor, account=account)
        except Conflict as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"The account of {account.name} was closed. Nobody can sign in with it.")
            return redirect("people")
    context = {
        "form": form,
        "account": account,
        "held": holdings(request.actor, account, request.actor.today),
    }
    return render(request, "access/person_close.html", context)


@require_POST
def person_reopen(request: ActorRequest, key: str) -> HttpResponse:
    return _do(request, key, actions.reopen_account, "The account of {name} is open again.")


@require_POST
def person_erase(request: ActorRequest, key: str) -> HttpResponse:
    return _do(request, key, actions.erase_account, "Who {name} was has been erased. What they did stays in the trail.")
