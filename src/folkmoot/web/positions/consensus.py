"""The consensus page: for the secretariat the whole picture, for an office what it may be told."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions.models import Position
from folkmoot.apps.positions.queries.common import newest_circulation, own_invitation
from folkmoot.apps.positions.queries.consensus import Accept, ConsensusView, answers_table, consensus_view
from folkmoot.apps.positions.queries.told import told_view
from folkmoot.apps.positions.stances import AS_IT_STANDS
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.positions.frame import CONSENSUS, frame, position_or_404
from folkmoot.web.sheets import csv_response

RULES = [
    ("", "The network’s rule"),
    ("no-objection", "No objection"),
    ("unanimity", "Unanimity"),
    ("majority", "Majority"),
]

TOLD = {
    "secretariat": "Offices are told totals after closing, and nothing from which one office’s answer follows.",
    "at-closing": "Offices see each other’s answers when the circulation closes, except what is kept to us.",
    "at-once": "Offices see each other’s answers as soon as they are submitted, except what is kept to us.",
}


def _accepts(request: ActorRequest) -> list[Accept]:
    """The "what if" in the address: accept=office:clause:wording, any number; `drop` takes one out again."""
    texts = request.GET.getlist("accept")
    texts.append(f"{request.GET.get('office', '')}:{request.GET.get('clause', '')}")
    dropped = _accept(request.GET.get("drop", ""))
    found = dict.fromkeys(map(_accept, texts))
    return [accept for accept in found if accept != dropped and accept[0] and accept[1]]


def _accept(text: str) -> Accept:
    office, clause, wording = [*text.split(":"), "", ""][:3]
    return office, clause, wording or AS_IT_STANDS


def _map_rows(view: ConsensusView, position: Position) -> list[dict[str, Any]]:
    """The rows as the map's template takes them; each clause leads to its amendments."""
    address = reverse("amendments", args=[position.key])
    return [
        {
            "number": row.number,
            "title": row.title,
            "url": f"{address}?clause={row.key}",
            "state": row.state,
            "margin": row.margin,
            "reason": row.reason,
            "groups": [[(cell.stance, cell.what_if) for cell in group] for group in row.groups],
        }
        for row in view.rows
    ]


@require_GET
def consensus(request: ActorRequest, key: str) -> HttpResponse:
    """Map or table; with "what if" answers that nobody saves."""
    position = position_or_404(request, key)
    circulation = newest_circulation(request.actor, position)
    context = frame(request, position, CONSENSUS)
    if circulation is None:
        return render(request, "positions/consensus_none.html", context)
    context["circulation"] = circulation
    if not may(request.actor, Permission.CONSENSUS_READ):
        if own_invitation(request.actor, circulation) is None:
            raise Http404
        return render(request, "positions/told.html", context | {"told": told_view(request.actor, circulation)})
    accepts = _accepts(request)
    rule = request.GET.get("rule", "")
    view = consensus_view(request.actor, circulation, accepts, rule if rule in dict(RULES) else "")
    context |= {
        "view": view,
        "accepts": [":".join(accept) for accept in accepts],
        "as_table": request.GET.get("as") == "table",
        "table": answers_table(view),
        "map_rows": _map_rows(view, position),
        "told": TOLD[circulation.disclosure],
        "rules": RULES,
        "rule": rule,
    }
    return render(request, "positions/consensus.html", context)


@require_GET
def consensus_export(request: ActorRequest, key: str) -> HttpResponse:
    """The map as a table for a spreadsheet, with its handling mark."""
    position = position_or_404(request, key)
    circulation = newest_circulation(request.actor, position)
    if circulation is None or not may(request.actor, Permission.CONSENSUS_READ):
        raise Http404
    view = consensus_view(request.actor, circulation)
    record_reading(request.actor, position, Channel.EXPORT)
    return csv_response("consensus.csv", answers_table(view), handling=position.handling)
