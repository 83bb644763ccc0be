"""The first page of a new installation, and the list of what is still missing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access import actions as access
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members.actions import found_network
from folkmoot.apps.members.models import Kind
from folkmoot.apps.members.queries import bodies_on, network_members
from folkmoot.apps.positions.actions import set_first_terms
from folkmoot.apps.positions.answers import terms_on
from folkmoot.apps.positions.models import TermsOfReference
from folkmoot.apps.records.actions import set_first_periods
from folkmoot.apps.records.models import Period
from folkmoot.web.access.forms import posted
from folkmoot.web.beginning import ticket
from folkmoot.web.beginning.forms import FirstMembersForm, FirstPeriodsForm, FirstPersonForm, FirstTermsForm
from folkmoot.web.beginning.missing import Step, steps
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.positions.terms import initial_of
from folkmoot.web.templating import plural


@transaction.atomic
def _first_administrator(request: ActorRequest, form: FirstPersonForm) -> Account:
    """The account and its password; both or neither."""
    given, now = form.cleaned_data, request.actor.now
    account = access.create_first_administrator(email=given["email"], name=given["name"], now=now)
    token = access.invitation_token(account)
    return access.set_password_by_link(key=account.key, token=token, password=given["password"], now=now)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: ActorRequest, secret: str) -> HttpResponse:
    """Whoever holds the link that the server printed becomes the first administrator."""
    with ticket.alone():
        ticket.check(secret, request.actor.now)
        form = FirstPersonForm(posted(request))
        if request.method == "POST" and form.is_valid():
            try:
                _first_administrator(request, form)
            except Invalid as error:
                form.add_error(None, str(error))
            else:
                ticket.spend()
                messages.success(request, "You are the administrator. Sign in, and go on with setting up.")
                return redirect(f"{reverse('sign_in')}?next={reverse('setting_up')}")
    return render(request, "beginning/begin.html", {"form": form})


def _address(step: Step) -> str:
    """Where a step is taken."""
    addresses = {
        "terms": reverse("terms" if step.done else "setting_up_terms"),
        "periods": reverse("setting_up_periods"),
        "members": reverse("members" if step.done else "setting_up_members"),
        "mail-out": reverse("mail_settings") + "#leaving",
        "mail-in": reverse("mail_settings") + "#coming",
        "head": reverse("people" if step.done else "person_add"),
        "offices": reverse("person_add"),
        "factor": reverse("account"),
        "backup": reverse("jobs"),
    }
    return addresses.get(step.name, reverse("people"))


@require_safe
def setting_up(request: ActorRequest) -> HttpResponse:
    """Each step with what is so now; in any order, left and come back to."""
    check(request.actor, Permission.SETTINGS_CHANGE)
    found = steps(request.actor.today)
    needed = [step for step in found if step.needed]
    context = {
        "steps": [(step, _address(step)) for step in found],
        "missing": sum(not step.done for step in needed),
        "needed": len(needed),
    }
    return render(request, "beginning/setting_up.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def setting_up_terms(request: ActorRequest) -> HttpResponse:
    """The network's name and its first rules."""
    actor = request.actor
    check(actor, Permission.SETTINGS_CHANGE)
    if TermsOfReference.objects.exists():
        return redirect("terms")
    form = FirstTermsForm(posted(request), initial=initial_of(terms_on(actor.today), actor.today))
    if request.method == "POST" and form.is_valid():
        try:
            terms = set_first_terms(actor, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{terms.name} has its rules: {terms.in_words()}")
            return redirect("setting_up")
    return render(request, "beginning/terms.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def setting_up_periods(request: ActorRequest) -> HttpResponse:
    """How long each class of records is kept; once it was said, the page only tells where it is changed."""
    actor = request.actor
    check(actor, Permission.SETTINGS_CHANGE)
    are_set = Period.objects.exists()
    form = FirstPeriodsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            count = set_first_periods(actor, months=form.cleaned_data)
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"The periods of {plural(count, 'class', 'classes')} of records are set.")
            return redirect("setting_up")
    return render(request, "beginning/periods.html", {"form": form, "are_set": are_set})


@require_http_methods(["GET", "HEAD", "POST"])
def setting_up_members(request: ActorRequest) -> HttpResponse:
    """The first members, chosen from the register."""
    actor = request.actor
    check(actor, Permission.SETTINGS_CHANGE)
    if network_members(actor.today):
        return redirect("members")
    bodies = bodies_on(actor.today, Kind.AUTHORITY)[Kind.AUTHORITY]
    form = FirstMembersForm(posted(request), bodies=bodies, initial={"on": actor.today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            joined = found_network(actor, authorities=given["authorities"], on=given["on"])
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{plural(len(joined), 'authority', 'authorities')} joined the network.")
            return redirect("setting_up")
    return render(request, "beginning/members.html", {"form": form, "bodies": bodies})
