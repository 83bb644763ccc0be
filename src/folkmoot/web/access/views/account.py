"""One's own account, and the table of what each role may do."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access import actions, factors, passkeys, queries
from folkmoot.apps.access.actions.sessions import sessions_of
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.access.permissions import SENTENCES
from folkmoot.apps.access.roles import ROLES, Role
from folkmoot.web.access.forms import ChangePasswordForm, posted
from folkmoot.web.access.register import office_names
from folkmoot.web.middleware import ActorRequest


@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: ActorRequest) -> HttpResponse:
    form = ChangePasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            changed = actions.change_own_password(request.actor, current=given["current"], password=given["password"])
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            before = str(request.session.session_key)
            update_session_auth_hash(request, changed)
            actions.move_session(before=before, after=str(request.session.session_key))
            messages.success(request, "Your password was changed.")
            return redirect("account")
    own = queries.own_account(request.actor)
    return render(
        request,
        "access/account.html",
        {
            "form": form,
            "account": own,
            "role": ROLES[Role(own.role)],
            "offices": office_names(request.actor.offices, request.actor.today),
            "factors": factors.factors_of(own),
            "codes_left": factors.codes_left(own),
            "passkeys": passkeys.available(),
            "sessions": sessions_of(request.actor),
            "here": request.session.session_key,
        },
    )


@require_safe
def permissions(request: ActorRequest) -> HttpResponse:
    rows = [
        (sentence, [permission in description.permissions for description in ROLES.values()])
        for permission, sentence in SENTENCES.items()
    ]
    return render(request, "access/permissions.html", {"roles": list(ROLES.values()), "rows": rows})
