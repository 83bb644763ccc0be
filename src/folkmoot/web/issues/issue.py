"""The page of one issue: where it stands, its time line, what it is linked to and why, and its actions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues import actions
from folkmoot.apps.issues.linkables import Group
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.queries.listing import issue_for, sees_plan
from folkmoot.apps.issues.queries.page import (
    Line,
    actions_of,
    keeps,
    line_for,
    links_for,
    readers_for,
    sensitive_notes,
)
from folkmoot.apps.issues.queries.related import suggested
from folkmoot.web.addresses import address_of
from folkmoot.web.forms import saved
from folkmoot.web.issues.forms import ChangeIssueForm, NewIssueForm, NextForm, ReadersForm, StateForm
from folkmoot.web.issues.frame import form_page, frame, issue_or_404, issue_to_keep
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import day, plural, url

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def issue_page(request: ActorRequest, key: str) -> HttpResponse:
    actor, issue = request.actor, issue_or_404(request, key)
    whole = request.GET.get("all") == "yes"
    line = line_for(actor, issue, kinds=request.GET.getlist("kind")[:50], whole=whole)
    for note in sensitive_notes(actor, issue, line):
        record_reading(actor, note, Channel.PAGE)
    links = links_for(actor, issue)
    context = {
        **frame(request, issue),
        "line": line,
        "groups": [(group.value, found) for group in Group if (found := [x for x in links if x.group is group])],
        "actions": list(actions_of(actor, issue)),
        "facts": _facts(request, issue),
        "keeps": keeps(actor),
        "sees_plan": sees_plan(actor),
        "suggested": suggested(actor, issue),
        "address_of": address_of,
    }
    if line.is_sensitive:
        context["handling"] = Handling.OFFICIAL_SENSITIVE.value
    return render(request, "issues/issue.html", context | _mark(issue, line))


def _mark(issue: Issue, line: Line) -> dict[str, Any]:
    """The highest mark of what the page shows; who reads less is not told that there is more."""
    if issue.is_sensitive or not line.is_sensitive:
        return {}
    marked = sum(entry.handling == Handling.OFFICIAL_SENSITIVE for entry in (*line.ahead, *line.past))
    entries = plural(marked, "entry below is", "entries below are")
    return {"who_may_see": f"{entries} marked. Other readers do not see that there is more than they see."}


def _facts(request: ActorRequest, issue: Issue) -> list[tuple[str, str, str]]:
    """The strip under the aim: label, value and a note."""
    rows = [("State", issue.get_state_display(), "")]
    if issue.next_on:
        late = "(over)" if issue.next_on < request.actor.today else ""
        rows.append(("Next", f"{day(issue.next_on)}: {issue.next_what}", late))
    else:
        rows.append(("Next", "Nothing fixed", ""))
    rows.append(("Lead", issue.lead.name if issue.lead else "Nobody yet", ""))
    if issue.priority and sees_plan(request.actor):
        rows.append(("Priority", issue.priority.name, ""))
    rows.append(("Since", day(issue.started_on), ""))
    return rows


@require_http_methods(FORM_METHODS)
def issue_new(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.ISSUE_KEEP)
    form = NewIssueForm(request.actor, posted(request))
    if request.method == "POST" and form.is_valid():
        issue = actions.begin_issue(request.actor, **form.cleaned_data)
        messages.success(request, f"“{issue.title}” was begun. Say what comes next, and link what belongs to it.")
        return redirect("issue", issue.key)
    lead = "Something that the network follows: all that happens on it will stand on one time line."
    return form_page(request, form, title="New issue", lead=lead, button="Begin the issue", back=url("issues"))


@require_http_methods(FORM_METHODS)
def issue_change(request: ActorRequest, key: str) -> HttpResponse:
    issue = issue_to_keep(request, key)
    form = ChangeIssueForm(request.actor, posted(request), issue=issue, initial=ChangeIssueForm.of(issue))
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.change_issue(request.actor, issue=issue, **form.cleaned_data))
    ):
        messages.success(request, "The issue was changed.")
        return redirect("issue", key)
    return _form(request, issue_or_404(request, key), form, "Change title, aim, lead or mark")


@require_http_methods(FORM_METHODS)
def issue_state(request: ActorRequest, key: str) -> HttpResponse:
    issue = issue_to_keep(request, key)
    form = StateForm(posted(request), initial={"state": issue.state})
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.set_state(request.actor, issue=issue, **form.cleaned_data))
    ):
        messages.success(request, f"The issue is now: {issue.get_state_display().lower()}.")
        return redirect("issue", key)
    return _form(request, issue, form, "Change the state")


@require_http_methods(FORM_METHODS)
def issue_next(request: ActorRequest, key: str) -> HttpResponse:
    issue = issue_to_keep(request, key)
    form = NextForm(posted(request), initial={"on": issue.next_on, "what": issue.next_what})
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.set_next(request.actor, issue=issue, **form.cleaned_data))
    ):
        messages.success(request, "The next date was saved.")
        return redirect("issue", key)
    return _form(request, issue, form, "Say what comes next")


@require_http_methods(FORM_METHODS)
def issue_readers(request: ActorRequest, key: str) -> HttpResponse:
    """Who may see it. Whoever shuts themselves out of it is sent to the list."""
    issue = issue_to_keep(request, key)
    readers = readers_for(issue, request.actor.today)
    shown = {"audience": issue.audience, "offices": readers.listed_offices, "people": readers.listed_people}
    form = ReadersForm(readers, posted(request), initial=shown)
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.set_readers(request.actor, issue=issue, **form.cleaned_data))
    ):
        messages.success(request, "Who may see the issue was changed.")
        return redirect("issue", key) if issue_for(request.actor, key) else redirect("issues")
    return _form(request, issue, form, "Who may see it")


def _form(request: ActorRequest, issue: Issue, form: Any, title: str) -> HttpResponse:
    return form_page(request, form, title=title, button="Save", back=url("issue", issue.key), issue=issue)
