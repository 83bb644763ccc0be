"""Of what one is told by mail, with how much that would have been over the last thirty days."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.apps.access.gate import Conflict, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.queries.alerts import alert_of, volume
from folkmoot.web.forms import saved
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.signals.forms import AlertForm
from folkmoot.web.signals.frame import form_page, posted


@require_http_methods(["GET", "HEAD", "POST"])
def alert_page(request: ActorRequest) -> HttpResponse:
    """Choose, see how much it would be, and save."""
    actor = request.actor
    check(actor, Permission.SIGNAL_SORT)
    alert = alert_of(actor)
    form = AlertForm(posted(request), actor=actor, initial=AlertForm.of(alert))
    would_be = None
    if form.is_bound and form.is_valid():
        given = form.given()
        if request.POST.get("step") == "save" and saved(form, lambda: actions.set_alert(actor, **given)):
            messages.success(request, "Saved. You are told of what comes from now on.")
            return redirect("radar")
        would_be = volume(actor, least_points=given["least_points"], issues=given["issues"])
    return form_page(
        request,
        form,
        title="What you are told by mail",
        button="Show how much it would be",
        back=reverse("radar"),
        trail=[],
        lead="One mail each working day, and at once only what presses: moved dates, and changes in what is starred.",
        volume=would_be,
        has_alert=alert is not None,
    )


@require_POST
def alert_stop(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.SIGNAL_SORT)
    try:
        actions.stop_alert(request.actor)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "You are told of nothing any more.")
    return redirect("radar_alert")
