"""The list of issues, as a page and as a table to take along."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.access.audience import highest
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.issues.models import IssueState
from folkmoot.apps.issues.queries.listing import (
    DEFAULT_SORT,
    SORTS,
    Wanted,
    issues,
    priorities,
    sees_plan,
    workstreams,
)
from folkmoot.apps.issues.queries.page import keeps
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.sheets import csv_response

PAGE = 50
STATES = [("", "Active and watching"), ("all", "All states"), *IssueState.choices]


def wanted(request: ActorRequest) -> Wanted:
    """What the address asks for; anything it may not ask for counts as not asked."""
    get, actor = request.GET, request.actor
    state, sort = get.get("state", ""), get.get("sort", "")
    return Wanted(
        text=get.get("q", "").strip()[:100],
        state=state if state in {key for key, _ in STATES} else "",
        workstream=workstreams(actor).filter(key=get["workstream"]).first() if get.get("workstream") else None,
        priority=priorities(actor).filter(key=get["priority"]).first() if get.get("priority") else None,
        mine=get.get("mine") == "yes",
        lacking=get.get("lacking") == "yes",
        sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
    )


@require_safe
def issues_page(request: ActorRequest) -> HttpResponse:
    actor, asked = request.actor, wanted(request)
    page = Paginator(issues(actor, asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": asked,
        "states": STATES,
        "workstreams": [("", "All workstreams"), *((w.key, w.name) for w in workstreams(actor))],
        "priorities": [("", "All priorities"), *((p.key, p.name) for p in priorities(actor))],
        "sees_plan": sees_plan(actor),
        "keeps": keeps(actor),
    }
    return render(request, "issues/issues.html", context)


@require_safe
def issues_export(request: ActorRequest) -> HttpResponse:
    """The same list as CSV; each sensitive issue in it counts as exported."""
    actor = request.actor
    found: list[Any] = list(issues(actor, wanted(request)))
    for issue in found:
        record_reading(actor, issue, Channel.EXPORT)
    mark = highest(issue.handling for issue in found)
    plan = ["Workstream", "Priority"] if sees_plan(actor) else []
    head = ["Title", "Aim", *plan, "State", "Next date", "What happens then", "Lead", "Open actions", "Overdue"]
    lines: list[list[object]] = [[*head, "Handling"]]
    for issue in found:
        own = [issue.workstream, issue.priority] if plan else []
        state = issue.get_state_display()
        lines.append([issue.title, issue.aim, *own, state, issue.next_on, issue.next_what, issue.lead])
        lines[-1] += [issue.open_actions, issue.overdue_actions, issue.handling]
    return csv_response("issues.csv", lines, handling=mark)
