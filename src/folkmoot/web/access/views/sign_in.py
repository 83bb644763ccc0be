"""A person signs in and out: by password, by password and a second factor, or by a passkey alone."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.apps.access import actions, factors, passkeys, queries
from folkmoot.apps.access.actor import offices_of
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.models import Account
from folkmoot.web.access.entering import Half, ask_second_step, enter, half_in, next_page, source
from folkmoot.web.access.forms import CodeForm, PasskeyForm, SignInForm, posted
from folkmoot.web.access.register import offices
from folkmoot.web.middleware import ActorRequest


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
            account = actions.sign_in(**form.cleaned_data, source=source(request), now=request.actor.now)
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            if factors.has_factor(account):
                return ask_second_step(request, account)
            return enter(request, account, by="a password")
    people = _invented_people(request)
    return render(
        request,
        "access/sign_in.html",
        {"form": form, "people": people, "next": next_page(request), "passkeys": passkeys.available()},
    )


@login_not_required
@require_POST
def demonstration(request: ActorRequest) -> HttpResponse:
    """Sign in as one of the invented people; only a demonstration has this address."""
    if not settings.ENVIRONMENT.demo:
        raise Http404
    account = actions.sign_in_invented(key=request.POST.get("person", ""), now=request.actor.now)
    return enter(request, account, by="the demonstration’s list")


@require_POST
def sign_out(request: ActorRequest) -> HttpResponse:
    actions.sign_out(request.actor)
    actions.forget_session(str(request.session.session_key))
    logout(request)
    messages.success(request, "You have signed out.")
    return redirect("sign_in")


CHALLENGE = "passkey-challenge"


def _offer_passkey(request: ActorRequest, account: Account | None = None) -> str:
    """What the browser is asked for, as JSON; the challenge waits in the session for the answer."""
    asked, request.session[CHALLENGE] = passkeys.begin_showing(account)
    return asked


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: ActorRequest) -> HttpResponse:
    """Ask somebody whose password was right for a code, or for their passkey."""
    half = half_in(request)
    if half is None or request.actor.account_id is not None:
        return redirect("sign_in")
    by_passkey = request.method == "POST" and "answer" in request.POST
    code = CodeForm(None if by_passkey else posted(request))
    passkey = PasskeyForm(posted(request) if by_passkey else None)
    try:
        if by_passkey and passkey.is_valid():
            return _by_passkey(request, passkey, half)
        if request.method == "POST" and code.is_valid():
            return _by_code(request, code, half)
    except (Invalid, Conflict) as error:
        (passkey if by_passkey else code).add_error(None, str(error))
    kinds = {factor.kind for factor in factors.factors_of(half.account)}
    with_passkey = "webauthn" in kinds and passkeys.available()
    asked = _offer_passkey(request, half.account) if with_passkey else ""
    return render(
        request, "access/second_step.html", {"form": code, "passkey": passkey, "asked": asked, "app": "totp" in kinds}
    )


def _by_passkey(request: ActorRequest, form: PasskeyForm, half: Half | None) -> HttpResponse:
    """A passkey as the second step, or alone."""
    account = actions.prove_passkey(
        half.account if half else None,
        answer=form.cleaned_data["answer"],
        state=request.session.pop(CHALLENGE, None),
        source=source(request),
        now=request.actor.now,
    )
    return enter(
        request,
        account,
        by="a password and a passkey" if half else "a passkey",
        wanted=half.wanted if half else None,
    )


def _by_code(request: ActorRequest, form: CodeForm, half: Half) -> HttpResponse:
    kind = actions.prove_code(
        half.account, code=form.cleaned_data["code"], source=source(request), now=request.actor.now
    )
    if kind == "recovery_codes":
        left = factors.codes_left(half.account)
        messages.warning(request, f"You used a recovery code; it is spent. You have {left} left.")
    return enter(request, half.account, by="a password and a code", wanted=half.wanted)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_sign_in(request: ActorRequest) -> HttpResponse:
    """Sign in by a passkey alone: it has asked its holder for a finger, face or PIN."""
    if request.actor.account_id is not None:
        return redirect("home")
    form = PasskeyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _by_passkey(request, form, None)
        except Invalid as error:
            form.add_error(None, str(error))
    return render(
        request,
        "access/passkey_sign_in.html",
        {"form": form, "asked": _offer_passkey(request), "next": next_page(request)},
    )
