"""A person sets their password by a link: the one they were invited with, or one that they asked for themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access import actions
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.web.access.entering import source
from folkmoot.web.access.forms import ForgottenForm, NewPasswordForm, posted
from folkmoot.web.access.notices import send_new_link
from folkmoot.web.middleware import ActorRequest

# The same for an address that nobody has.
ON_ITS_WAY = (
    "If there is an account with this address, a link to set a new password is on its way to it. It opens once, within "
    "an hour. If nothing comes, ask an administrator of your network."
)


@sensitive_post_parameters("password", "again")
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


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_password(request: ActorRequest) -> HttpResponse:
    form = ForgottenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            found = actions.forget_password(email=email, source=source(request), now=request.actor.now)
        except Conflict as error:
            form.add_error(None, str(error))
        else:
            if found:
                send_new_link(request.actor, *found)
            messages.success(request, ON_ITS_WAY)
            return redirect("sign_in")
    return render(request, "access/forgotten_password.html", {"form": form})


@sensitive_post_parameters("password", "again")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset_password(request: ActorRequest, key: str, token: str) -> HttpResponse:
    account = actions.forgetful_account(key=key, token=token, now=request.actor.now)
    form = NewPasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        try:
            actions.reset_password(key=key, token=token, password=password, now=request.actor.now)
        except Invalid as error:
            form.add_error("password", str(error))
        else:
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("sign_in")
    return render(request, "access/set_password.html", {"form": form, "invited": account})
