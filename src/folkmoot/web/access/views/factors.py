"""A person adds and removes their second factors, and sees where they are signed in."""

import base64

import qrcode
from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from qrcode.image.svg import SvgPathImage

from folkmoot.apps.access import actions, factors, passkeys, queries, secrets
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.models import Account
from folkmoot.web.access.entering import source
from folkmoot.web.access.forms import AppForm, NewPasskeyForm, PasswordForm, posted
from folkmoot.web.access.notices import tell_of_factor
from folkmoot.web.middleware import MUST_ADD, ActorRequest

# What waits in the session between two halves of adding a factor.
NEW_SECRET = "new-app-secret"
NEW_CHALLENGE = "new-passkey-challenge"
NEW_CODES = "new-recovery-codes"


def _added(request: ActorRequest, account: Account, what: str) -> HttpResponse:
    """The first factor brings recovery codes with it, shown once; a later one leads back to the account."""
    request.session.pop(MUST_ADD, None)
    tell_of_factor(request.actor, account, f"{what} was added")
    messages.success(request, f"{what} was added.")
    if factors.codes_left(account) is None:
        request.session[NEW_CODES] = secrets.encrypt(" ".join(actions.make_recovery_codes(request.actor)), NEW_CODES)
        return redirect("recovery_codes")
    return redirect("account")


def _picture(secret: str, account: Account) -> str:
    """The QR code that the app reads, as an image that the page holds itself."""
    drawn = qrcode.make(_address(secret, account), image_factory=SvgPathImage).to_string()
    return "data:image/svg+xml;base64," + base64.b64encode(drawn).decode()


def _address(secret: str, account: Account) -> str:
    return str(get_adapter().build_totp_url(account, secret))


def _new_secret(request: ActorRequest) -> str:
    """The secret of the app that is being set up: the same until a right code has come back."""
    kept = request.session.get(NEW_SECRET)
    if kept:
        return secrets.decrypt(kept, NEW_SECRET)
    secret: str = factors.generate_totp_secret()
    request.session[NEW_SECRET] = secrets.encrypt(secret, NEW_SECRET)
    return secret


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def app_add(request: ActorRequest) -> HttpResponse:
    own = queries.own_account(request.actor)
    form = AppForm(posted(request))
    secret = _new_secret(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.confirm_password(request.actor, password=given["password"], source=source(request))
            account = actions.add_app(request.actor, secret=secret, code=given["code"])
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            del request.session[NEW_SECRET]
            return _added(request, account, "An authenticator app")
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render(request, "access/app_add.html", {"form": form, "secret": spaced, "picture": _picture(secret, own)})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_add(request: ActorRequest) -> HttpResponse:
    own = queries.own_account(request.actor)
    form = NewPasskeyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.confirm_password(request.actor, password=given["password"], source=source(request))
            account = actions.add_passkey(
                request.actor,
                name=given["name"],
                answer=given["answer"],
                state=request.session.pop(NEW_CHALLENGE, None),
            )
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            return _added(request, account, f"The passkey “{given['name']}”")
    asked, request.session[NEW_CHALLENGE] = passkeys.begin_adding(own)
    return render(request, "access/passkey_add.html", {"form": form, "asked": asked})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: ActorRequest) -> HttpResponse:
    """New codes are shown once; after that only how many are left."""
    own = queries.own_account(request.actor)
    form = PasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_password(request.actor, password=form.cleaned_data["password"], source=source(request))
            made = actions.make_recovery_codes(request.actor)
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            tell_of_factor(request.actor, own, "New recovery codes were made")
            request.session[NEW_CODES] = secrets.encrypt(" ".join(made), NEW_CODES)
            return redirect("recovery_codes")
    kept = request.session.pop(NEW_CODES, "")
    return render(
        request,
        "access/recovery_codes.html",
        {"form": form, "codes": secrets.decrypt(kept, NEW_CODES).split(), "left": factors.codes_left(own)},
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def factor_remove(request: ActorRequest, key: str) -> HttpResponse:
    own = queries.own_account(request.actor)
    factor = next((each for each in factors.factors_of(own) if each.key == key), None)
    if factor is None:
        raise Http404
    form = PasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_password(request.actor, password=form.cleaned_data["password"], source=source(request))
            removed = actions.remove_factor(request.actor, key=key)
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            tell_of_factor(request.actor, own, f"{removed} was removed")
            messages.success(request, f"{removed} was removed.")
            return redirect("account")
    return render(request, "access/factor_remove.html", {"form": form, "factor": factor})


@require_POST
def session_end(request: ActorRequest, key: str) -> HttpResponse:
    ended = actions.end_session(request.actor, key=key)
    messages.success(request, f"You are signed out of {ended.browser}.")
    return redirect("account")


@require_POST
def sessions_end(request: ActorRequest) -> HttpResponse:
    count = actions.end_other_sessions(request.actor, but=str(request.session.session_key))
    messages.success(
        request, "You were signed in nowhere else." if not count else "You are signed out everywhere but here."
    )
    return redirect("account")
