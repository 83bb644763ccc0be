"""A person signs in, signs out, and sets their password by the link that they were sent."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.apps.access import actions, queries
from folkmoot.apps.access.actor import offices_of
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.models import Account
from folkmoot.web.access.forms import NewPasswordForm, SignInForm, posted
from folkmoot.web.access.register import offices
from folkmoot.web.middleware import ActorRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _source(request: HttpRequest) -> str:
    """Where a request comes from: what the installation's own proxy says, or else the caller's address."""
    address: str = request.META.get("REMOTE_ADDR", "")
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    return passed_on[:64] if passed_on and address in {"127.0.0.1", "::1", ""} else address


def _next_page(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url("home")


def _enter(request: HttpRequest, account: Account) -> HttpResponse:
    login(request, account, backend=BACKEND)
    return redirect(_next_page(request))


def _invented_people(request: ActorRequest) -> list[dict[str, str]]:
    """The list of a demonstration's sign-in page; empty in every other installation."""
    if not settings.ENVIRONMENT.demo:
        return []
    today = request.actor.today
    names = dict(offices(today))
    return [
        {
            "key": account.key,
            "name": account.name,
            "role": account.role_name,
            "office": ", ".join(names.get(key, key) for key in sorted(offices_of(account.person, today))),
        }
        for account in queries.invented_people()
    ]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: ActorRequest) -> HttpResponse:
    if request.actor.account_id is not None:
        return redirect("home")
    form = SignInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.sign_in(**form.cleaned_data, source=_source(request), now=request.actor.now)
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            return _enter(request, account)
    people = _invented_people(request)
    return render(request, "access/sign_in.html", {"form": form, "people": people, "next": _next_page(request)})


@login_not_required
@require_POST
def demonstration(request: ActorRequest) -> HttpResponse:
    """Sign in as one of the invented people; only a demonstration has this address."""
    if not settings.ENVIRONMENT.demo:
        raise Http404
    account = actions.sign_in_invented(key=request.POST.get("person", ""), now=request.actor.now)
    return _enter(request, account)


@require_POST
def sign_out(request: ActorRequest) -> HttpResponse:
    actions.sign_out(request.actor)
    logout(request)
    messages.success(request, "You have signed out.")
    return redirect("sign_in")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: ActorRequest, key: str, token: str) -> HttpResponse:
    invited = actions.invited_account(key=key, token=token)
    form = NewPasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        try:
            actions.set_password_by_link(key=key, token=token, password=password, now=request.actor.now)
        except Invalid as error:
            form.add_error("password", str(error))
        else:
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("sign_in")
    return render(request, "access/set_password.html", {"form": form, "invited": invited})
