"""The network's priorities and workstreams."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.queries.listing import priorities, workstreams
from folkmoot.apps.issues.queries.page import keeps
from folkmoot.web.forms import saved
from folkmoot.web.issues.forms import PriorityForm, WorkstreamForm
from folkmoot.web.issues.frame import form_page
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import url

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def workstreams_page(request: ActorRequest) -> HttpResponse:
    """What comes first, and which strand of work serves it."""
    actor = request.actor
    every = list(priorities(actor))
    context = {
        "now_held": [priority for priority in every if priority.holds_on(actor.today)],
        "other": [priority for priority in every if not priority.holds_on(actor.today)],
        "workstreams": list(workstreams(actor)),
        "keeps": keeps(actor),
    }
    return render(request, "issues/workstreams.html", context)


def _page(request: ActorRequest, form: Any, title: str, button: str) -> HttpResponse:
    return form_page(request, form, title=title, button=button, back=url("workstreams"))


def _one(found: Any, key: str) -> Any:
    record = found.filter(key=key).first()
    if record is None:
        raise Http404
    return record


@require_http_methods(FORM_METHODS)
def workstream_new(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.ISSUE_KEEP)
    form = WorkstreamForm(request.actor, posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.add_workstream(request.actor, **form.cleaned_data))
    ):
        messages.success(request, "The workstream was added.")
        return redirect("workstreams")
    return _page(request, form, "New workstream", "Add it")


@require_http_methods(FORM_METHODS)
def workstream_change(request: ActorRequest, key: str) -> HttpResponse:
    workstream = _one(workstreams(request.actor), key)
    check(request.actor, Permission.ISSUE_KEEP)
    form = WorkstreamForm(request.actor, posted(request), workstream=workstream, initial=WorkstreamForm.of(workstream))
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.change_workstream(request.actor, workstream=workstream, **form.cleaned_data))
    ):
        messages.success(request, "The workstream was changed.")
        return redirect("workstreams")
    return _page(request, form, "Change the workstream", "Save")


@require_http_methods(FORM_METHODS)
def priority_new(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.ISSUE_KEEP)
    form = PriorityForm(posted(request), initial={"begins": request.actor.today})
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.add_priority(request.actor, **form.cleaned_data))
    ):
        messages.success(request, "The priority was added.")
        return redirect("workstreams")
    return _page(request, form, "New priority", "Add it")


@require_http_methods(FORM_METHODS)
def priority_change(request: ActorRequest, key: str) -> HttpResponse:
    priority = _one(priorities(request.actor), key)
    check(request.actor, Permission.ISSUE_KEEP)
    form = PriorityForm(posted(request), initial=PriorityForm.of(priority))
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.change_priority(request.actor, priority=priority, **form.cleaned_data))
    ):
        messages.success(request, "The priority was changed.")
        return redirect("workstreams")
    return _page(request, form, "Change the priority", "Save")
