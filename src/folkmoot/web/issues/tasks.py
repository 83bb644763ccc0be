"""Actions: the lists, one action, and everything that can be done with it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.audience import highest
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.upload import take
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.models import Action, Issue
from folkmoot.apps.issues.queries.links import Found
from folkmoot.apps.issues.queries.page import keeps
from folkmoot.apps.issues.queries.tasks import (
    SORTS,
    STATES,
    Wanted,
    action_for,
    evidence_title,
    issues_seen,
    possible_evidence,
)
from folkmoot.apps.issues.queries.tasks import actions as actions_wanted
from folkmoot.web.addresses import address_of
from folkmoot.web.files import download_response
from folkmoot.web.forms import saved
from folkmoot.web.issues.forms import ChangeActionForm, CloseForm, DropForm, NewActionForm
from folkmoot.web.issues.frame import form_page, issue_to_keep
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.sheets import csv_response
from folkmoot.web.templating import url

PAGE = 50
FORM_METHODS = ["GET", "HEAD", "POST"]


def wanted(request: ActorRequest) -> Wanted:
    """What the address asks for; one's own open ones where it asks for nothing."""
    get = request.GET
    state, sort = get.get("state", ""), get.get("sort", "")
    return Wanted(
        text=get.get("q", "").strip()[:100],
        state=state if state in dict(STATES) else "open",
        mine=get.get("whose") != "all",
        sort=sort if sort.removeprefix("-") in SORTS else "due",
    )


@require_safe
def actions_page(request: ActorRequest) -> HttpResponse:
    actor, asked = request.actor, wanted(request)
    page = Paginator(actions_wanted(actor, asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": asked,
        "states": STATES,
        "seen": issues_seen(actor, list(page.object_list)),
        "keeps": keeps(actor),
    }
    return render(request, "issues/actions.html", context)


@require_safe
def actions_export(request: ActorRequest) -> HttpResponse:
    """The same list as CSV; each sensitive action in it counts as exported."""
    actor = request.actor
    found = list(actions_wanted(actor, wanted(request)))
    seen = issues_seen(actor, found)
    for action in found:
        record_reading(actor, action, Channel.EXPORT)
    mark = highest(action.handling for action in found)
    lines: list[list[object]] = [["Action", "Issue", "Owner", "Due", "State", "Evidence", "Why dropped", "Handling"]]
    for action in found:
        issue = action.issue if action.issue_id in seen else None
        state = "Overdue" if action.is_overdue(actor.today) else action.get_state_display()
        row = [action.title, issue, action.owner, action.due, state, action.evidence, action.why_dropped]
        lines.append([*row, action.handling])
    return csv_response("actions.csv", lines, handling=mark)


def action_or_404(request: ActorRequest, key: str) -> Action:
    """The action with this key; for whoever may not see it there is none."""
    action = action_for(request.actor, key)
    if action is None:
        raise Http404
    return action


def frame(request: ActorRequest, action: Action) -> dict[str, Any]:
    """What each page of an action shows: the action, its mark, and its issue where the reader may see that."""
    actor = request.actor
    record_reading(actor, action, Channel.PAGE)
    seen = issues_seen(actor, [action])
    whose = f"{action.owner.name}, who is to do it, and the secretariat"
    more = "; every office that may see its issue" if action.audience == "network" else ""
    return {
        "action": action,
        "issue_of": action.issue if action.issue_id in seen else None,
        "handling": action.handling,
        "who_may_see": f"{whose}{more}.",
    }


@require_safe
def action_page(request: ActorRequest, key: str) -> HttpResponse:
    actor, action = request.actor, action_or_404(request, key)
    title = evidence_title(actor, action)
    context = {
        "keeps": keeps(actor),
        "may_end": keeps(actor) or actor.account_id == action.owner_id,
        "late": action.is_overdue(actor.today),
        "evidence_title": title,
        "evidence_url": address_of(action.evidence_table, action.evidence_key) if title else "",
    }
    return render(request, "issues/action.html", {**frame(request, action), **context})


@require_safe
def action_file(request: ActorRequest, key: str) -> HttpResponse:
    action = action_or_404(request, key)
    if action.evidence_file is None:
        raise Http404
    record_reading(request.actor, action, Channel.FILE)
    return download_response(action.evidence_file)


def _page(request: ActorRequest, action: Action, form: Any, title: str, button: str, lead: str = "") -> HttpResponse:
    back = url("action", action.key)
    return form_page(
        request, form, title=title, button=button, back=back, lead=lead or action.title, extra=frame(request, action)
    )


@require_http_methods(FORM_METHODS)
def action_new(request: ActorRequest) -> HttpResponse:
    """An action that belongs to no issue."""
    check(request.actor, Permission.ISSUE_KEEP)
    return _new(request, None)


@require_http_methods(FORM_METHODS)
def issue_action_new(request: ActorRequest, key: str) -> HttpResponse:
    return _new(request, issue_to_keep(request, key))


def _new(request: ActorRequest, issue: Issue | None) -> HttpResponse:
    form = NewActionForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.open_action(request.actor, issue=issue, **form.cleaned_data))
    ):
        owner = form.cleaned_data["owner"]
        messages.success(request, f"{owner.name} has the action; it stands on their home page when its day comes near.")
        return redirect("issue", issue.key) if issue else redirect("actions")
    back = url("issue", issue.key) if issue else url("actions")
    return form_page(request, form, title="New action", button="Give the action", back=back, issue=issue)


@require_http_methods(FORM_METHODS)
def action_change(request: ActorRequest, key: str) -> HttpResponse:
    action = action_or_404(request, key)
    check(request.actor, Permission.ISSUE_KEEP)
    form = ChangeActionForm(posted(request), action=action, initial=ChangeActionForm.of(action))
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.change_action(request.actor, action=action, **form.cleaned_data))
    ):
        messages.success(request, "The action was changed.")
        return redirect("action", key)
    return _page(request, action_or_404(request, key), form, "Change the action", "Save")


@require_http_methods(FORM_METHODS)
def action_close(request: ActorRequest, key: str) -> HttpResponse:
    action = action_or_404(request, key)
    actions.check_may_end(request.actor, action)
    records = [Found(table, record, title) for table, record, title in possible_evidence(request.actor, action)]
    form = CloseForm([(each.value, each.title) for each in records], posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and saved(form, lambda: _close(request, action, form)):
        messages.success(request, f"“{action.title}” is done. It can be opened again on its page.")
        return redirect("action", key)
    return _page(request, action, form, "Close the action", "It is done")


def _close(request: ActorRequest, action: Action, form: CloseForm) -> None:
    table, key = Found.parted(form.cleaned_data.get("record", ""))
    upload = form.cleaned_data["file"]
    actions.close_action(
        request.actor,
        action=action,
        evidence=form.cleaned_data["evidence"],
        table=table,
        key=key,
        file=take(upload) if upload else None,
    )


@require_http_methods(FORM_METHODS)
def action_drop(request: ActorRequest, key: str) -> HttpResponse:
    action = action_or_404(request, key)
    check(request.actor, Permission.ISSUE_KEEP)
    form = DropForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.drop_action(request.actor, action=action, **form.cleaned_data))
    ):
        messages.success(request, f"“{action.title}” was dropped. It can be opened again on its page.")
        return redirect("action", key)
    return _page(request, action, form, "Drop the action", "Drop it")


@require_POST
def action_reopen(request: ActorRequest, key: str) -> HttpResponse:
    action = action_or_404(request, key)
    actions.reopen_action(request.actor, action=action)
    messages.success(request, f"“{action.title}” is open again.")
    return redirect("action", key)
