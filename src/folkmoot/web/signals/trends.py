"""What is spoken of more than it was: a page of the radar, and the same list as CSV."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals.queries import trends as queries
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.sheets import csv_response
from folkmoot.web.signals.horizon import SEEN_BY

PAGE = 50
HEAD = [
    "Week from",
    "What",
    "Kind",
    "Items",
    "Usual",
    "Sources",
    "New about it",
    "Item",
    "Address",
    "Told by",
    "Licence",
]


def _asked(request: ActorRequest) -> tuple[date, str]:
    """The week and the kind of the address; anything that they may not be counts as not asked."""
    weeks = queries.weeks(request.actor.today)
    week = next((each for each in weeks if each.isoformat() == request.GET.get("week")), weeks[0])
    kind = request.GET.get("kind", "")
    return week, kind if kind in queries.KINDS else ""


@require_safe
def trends_page(request: ActorRequest) -> HttpResponse:
    """The rises of a week, the strongest first, each with the signals that it rests on."""
    check(request.actor, Permission.SIGNAL_SORT)
    week, kind = _asked(request)
    context = {
        "page": Paginator(queries.rises(request.actor, week, kind), PAGE).get_page(request.GET.get("page")),
        "weeks": [(each.isoformat(), each) for each in queries.weeks(request.actor.today)],
        "week": week,
        "kinds": [("", "All kinds"), *queries.KINDS.items()],
        "kind": kind,
        "who_may_see": SEEN_BY,
    }
    return render(request, "signals/trends.html", context)


@require_safe
def trends_export(request: ActorRequest) -> HttpResponse:
    """One line for each item of each rise, with the line that each licence wants."""
    check(request.actor, Permission.SIGNAL_SORT)
    week, kind = _asked(request)
    lines: list[list[object]] = [list(HEAD)]
    for rise in queries.rises(request.actor, week, kind):
        trend = rise.trend
        start: list[object] = [week, rise.name, rise.kind_name, len(trend.items), f"{trend.usual:.1f}"]
        start += [len(trend.sources), ", ".join(trend.new_phrases)]
        for card in rise.cards:
            record_reading(request.actor, card, Channel.EXPORT)
            told = list(card.sources.all())
            licence = " ".join(dict.fromkeys(source.attribution for source in told if source.attribution))
            lines.append([*start, card.title, card.url, ", ".join(source.name for source in told), licence])
    return csv_response("trends.csv", lines)
