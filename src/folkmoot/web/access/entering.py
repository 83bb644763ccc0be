"""How a person comes in: where they wanted to go, what waits for their second step, and the browser they are in."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from folkmoot.apps.access import actions
from folkmoot.apps.access.factors import must_add_one
from folkmoot.apps.access.models import Account
from folkmoot.web.middleware import MUST_ADD, ActorRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF = "half-signed-in"
# How long a person may look for their telephone.
PATIENCE = timedelta(minutes=10)

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "Mac"), ("Linux", "Linux")),
)


def source(request: HttpRequest) -> str:
    """Where a request comes from: what the installation's own proxy says, or else the caller's address."""
    address: str = request.META.get("REMOTE_ADDR", "")
    passed_on = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    return passed_on[:64] if passed_on and address in {"127.0.0.1", "::1", ""} else address


def next_page(request: HttpRequest, wanted: str | None = None) -> str:
    """Where the person wanted to go, if that is a page of ours."""
    wanted = wanted or request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url("home")


def browser_name(request: HttpRequest) -> str:
    """The browser and the system in two words, so that a person knows it again: “Firefox on Windows”."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", agent)), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def enter(request: ActorRequest, account: Account, *, by: str, wanted: str | None = None) -> HttpResponse:
    """Sign a person in and lead them on; a person whose side must have a second factor adds one first."""
    where = next_page(request, wanted)
    request.session.pop(HALF, None)
    login(request, account, backend=BACKEND)
    now = request.actor.now
    if request.session.session_key is None:
        request.session.save()
    actions.note_session(
        account,
        session_key=str(request.session.session_key),
        browser=browser_name(request),
        by=by,
        now=now,
        ends_at=now + timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
    if by == "a password" and must_add_one(account):
        request.session[MUST_ADD] = True
        return redirect("account")
    return redirect(where)


@dataclass(frozen=True, slots=True)
class Half:
    """Somebody whose password was right and whose second factor is still asked for."""

    account: Account
    wanted: str


def ask_second_step(request: ActorRequest, account: Account) -> HttpResponse:
    """Keep in the session who is half in; it opens nothing but the page of the second step."""
    request.session.cycle_key()
    request.session[HALF] = {
        "account": account.key,
        "password": account.get_session_auth_hash(),
        "until": (request.actor.now + PATIENCE).isoformat(),
        "next": next_page(request),
    }
    return redirect("second_step")


def half_in(request: ActorRequest) -> Half | None:
    """Who is half in; nobody when ten minutes are over, the account was closed or its password changed."""
    kept = request.session.get(HALF)
    if not kept or datetime.fromisoformat(kept["until"]) <= request.actor.now:
        return None
    account = Account.objects.filter(key=kept["account"], is_active=True).first()
    if account is None or not constant_time_compare(account.get_session_auth_hash(), kept["password"]):
        return None
    return Half(account, kept["next"])
