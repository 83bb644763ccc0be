"""What the radar looks out for, by issue."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues.queries.listing import issue_for
from folkmoot.apps.signals.actions import set_watch
from folkmoot.apps.signals.queries.watches import watch_of, watched
from folkmoot.web.forms import saved
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.signals.forms import WatchForm
from folkmoot.web.signals.frame import form_page, posted


@require_safe
def watches_page(request: ActorRequest) -> HttpResponse:
    """Every live issue, with what is looked out for on it."""
    check(request.actor, Permission.SIGNAL_SORT)
    return render(request, "signals/watches.html", {"issues": watched(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
def watch_page(request: ActorRequest, key: str) -> HttpResponse:
    """Say what is looked out for on one issue."""
    actor = request.actor
    issue = issue_for(actor, key)
    if issue is None:
        raise Http404
    check(actor, Permission.SIGNAL_SORT)
    watch = watch_of(actor, issue)
    form = WatchForm(posted(request), initial=WatchForm.of(watch) if watch else {})
    if form.is_bound and form.is_valid() and saved(form, lambda: set_watch(actor, issue=issue, **form.lists())):
        messages.success(request, "Saved. What came in over the last 90 days is being scored again.")
        return redirect("watches")
    return form_page(
        request,
        form,
        title=f"What to look out for on {issue.title}",
        button="Save",
        back=reverse("watches"),
        trail=[("What we look out for", reverse("watches"))],
        handling=issue.handling,
    )
