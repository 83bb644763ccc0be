"""The list of positions, as a page and as a table to take along."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions.queries.listing import SORTS, Row, positions, rows
from folkmoot.apps.positions.states import PositionState
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.sheets import csv_response
from folkmoot.web.templating import moment_text

PAGE = 50


def wanted(request: HttpRequest) -> dict[str, Any]:
    """What the address asks for; anything it may not ask for counts as not asked."""
    get = request.GET
    state, sort = get.get("state", ""), get.get("sort", "")
    return {
        "state": state if state in PositionState.values else "",
        "mine": get.get("mine") == "yes",
        "text": get.get("q", "").strip()[:100],
        "sort": sort if sort.removeprefix("-") in SORTS else "",
    }


@require_safe
def positions_page(request: ActorRequest) -> HttpResponse:
    asked = wanted(request)
    page = Paginator(positions(request.actor, **asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows(request.actor, list(page.object_list)),
        "wanted": asked,
        "narrowed": bool(asked["state"] or asked["mine"] or asked["text"]),
        "states": [("", "All states"), *PositionState.choices],
        "may_draft": may(request.actor, Permission.POSITION_DRAFT),
    }
    return render(request, "positions/positions.html", context)


@require_safe
def positions_export(request: ActorRequest) -> HttpResponse:
    """The same list as CSV; each sensitive position in it counts as exported."""
    actor = request.actor
    found = list(positions(actor, **wanted(request)))
    for position in found:
        record_reading(actor, position, Channel.EXPORT)
    mark = Handling.OFFICIAL_SENSITIVE if any(p.is_sensitive for p in found) else Handling.OFFICIAL
    lines: list[list[object]] = [[*_titles(actor)], *(_cells(actor, row) for row in rows(actor, found))]
    return csv_response("positions.csv", lines, handling=mark)


def _titles(actor: Actor) -> list[str]:
    own = ["Our answer"] if actor.in_office else ["Answered", "Asked"] if actor.in_secretariat else []
    return ["Title", "Issue", "Handling", "State", "Version", *own, "Closes", "Lead"]


def _cells(actor: Actor, row: Row) -> list[object]:
    own: list[object] = []
    if actor.in_office:
        own = [row.own.words if row.own else "Not asked"]
    elif actor.in_secretariat:
        own = [row.answered, row.asked]
    position = row.position
    closes = moment_text(row.closes_at) if row.closes_at else ""
    return [position.title, position.issue, position.handling, row.state, row.version, *own, closes, position.lead.name]
