"""The inbox of the radar: on the left the list, on the right one signal with why it matters."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.access.audience import Audience, highest
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.issues.queries.listing import live_issues
from folkmoot.apps.signals.models import Signal, Sorting
from folkmoot.apps.signals.queries import inbox as queries
from folkmoot.apps.signals.queries import sources as source_queries
from folkmoot.apps.signals.queries.inbox import DEFAULT_SORT, SORTS, Wanted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.sheets import csv_response
from folkmoot.web.signals.card import card
from folkmoot.web.signals.sorting import KEPT

PAGE = 30
SORTINGS = [*Sorting.choices, ("all", "Everything")]
WHO = {
    Audience.PUBLIC: "Everyone.",
    Audience.NETWORK: "What was published is seen by the network; how it was sorted, by the secretariat.",
    Audience.SECRETARIAT: "The secretariat.",
}


def wanted(request: ActorRequest) -> Wanted:
    """What the address asks for; anything it may not ask for counts as not asked."""
    get, actor = request.GET, request.actor
    sorting, sort = get.get("sorting", ""), get.get("sort", "")
    return Wanted(
        text=get.get("q", "").strip()[:100],
        sorting=sorting if sorting in dict(SORTINGS) else Sorting.INBOX,
        issue=live_issues(actor).filter(key=get["issue"]).first() if get.get("issue") else None,
        source=source_queries.source_for(actor, get["source"]) if get.get("source") else None,
        mine=get.get("mine") == "yes",
        closing=get.get("closing") == "yes",
        sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
    )


def step_query(request: ActorRequest) -> str:
    """What a step made from the list takes along, so that it leads back to the same list."""
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    return f"?{urlencode({'from': 'inbox'} | kept)}"


@require_safe
def inbox_page(request: ActorRequest) -> HttpResponse:
    """The list, and the card that is picked; the first where none is."""
    actor, asked = request.actor, wanted(request)
    if asked.closing and not request.GET.get("sort"):
        asked = replace(asked, sort="closes")
    page = Paginator(queries.signals(actor, asked), PAGE).get_page(request.GET.get("page"))
    listed: list[Signal] = list(page.object_list)
    keys = [signal.key for signal in listed]
    picked = queries.signal_for(actor, request.GET.get("at", "") or (keys[0] if keys else ""))
    place = keys.index(picked.key) if picked and picked.key in keys else -1
    if picked is None and keys:
        picked, place = queries.signal_for(actor, keys[0]), 0
    sorts = queries.sorts(actor)
    context: dict[str, Any] = {
        "page": page,
        "listed": listed,
        "wanted": asked,
        "sortings": SORTINGS,
        "sorts": sorts,
        "issues_shown": queries.issues_of(actor, listed),
        "keeps_sources": source_queries.keeps_sources(actor),
        "freshness": source_queries.freshness(actor),
        "following": keys[place + 1] if 0 <= place < len(keys) - 1 else "",
        "before": keys[place - 1] if place > 0 else "",
        "query": step_query(request),
        "last_step": queries.last_step(actor) if sorts else None,
        "handling": picked.handling if picked else "OFFICIAL",
        "who_may_see": WHO[Audience.NETWORK],
    }
    issues = list(live_issues(actor))
    context["issue_choices"] = [("", "All issues"), *((issue.key, issue.title) for issue in issues)]
    if picked:
        record_reading(actor, picked, Channel.PAGE)
        context["card"] = card(actor, picked, issues) | {name: context[name] for name in ("query", "following")}
    return render(request, "signals/inbox.html", context)


@require_safe
def signal_page(request: ActorRequest, key: str) -> HttpResponse:
    """One signal on a page of its own, for links and for a telephone."""
    actor = request.actor
    found = queries.signal_for(actor, key)
    if found is None:
        raise Http404
    record_reading(actor, found, Channel.PAGE)
    context = {
        "handling": found.handling,
        "who_may_see": WHO.get(Audience(found.audience), "Those who are named on it."),
        "card": card(actor, found, list(live_issues(actor))) | {"query": "", "following": ""},
    }
    return render(request, "signals/signal.html", context)


@require_safe
def signals_export(request: ActorRequest) -> HttpResponse:
    """The same list as CSV, with the line that each licence wants."""
    actor = request.actor
    found = list(queries.signals(actor, wanted(request)).prefetch_related("sources"))
    own, issues = queries.sorts(actor), queries.issues_of(actor, found)
    head = ["Title", "Kind", "State", "Published", "Date to act by", "Issue", "Address", "Sources", "Licence"]
    lines: list[list[object]] = [[*head, *(["Score", "Sorted"] if own else [])]]
    for signal in found:
        record_reading(actor, signal, Channel.EXPORT)
        told = list(signal.sources.all())
        issue = issues.get(signal.issue_id or signal.suggested_id)
        line: list[object] = [
            signal.title,
            signal.type,
            signal.state,
            signal.published,
            signal.closes_at,
        ]
        line += [issue, signal.url, ", ".join(source.name for source in told)]
        line += [" ".join(dict.fromkeys(source.attribution for source in told if source.attribution))]
        lines.append([*line, *([signal.points, signal.get_sorting_display()] if own else [])])
    for issue in issues.values():
        record_reading(actor, issue, Channel.EXPORT)
    return csv_response("radar.csv", lines, handling=highest(issue.handling for issue in issues.values()))
