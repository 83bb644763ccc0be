"""Asking the memory, and the list of past papers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.access.audience import Audience, Handling, highest
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.archive.memory import Answer, Asked, Passage, ask
from folkmoot.apps.archive.models import ArchiveDocument, PaperKind
from folkmoot.apps.archive.queries.listing import (
    DEFAULT_SORT,
    PAPER,
    SORTS,
    Wanted,
    issues_with_papers,
    keeps,
    papers,
    years,
)
from folkmoot.apps.issues.models import Issue
from folkmoot.web.archive.forms import AUDIENCES
from folkmoot.web.archive.published import PUBLICATION
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.sheets import csv_response
from folkmoot.web.templating import url

PAGE = 50
LONGEST_QUESTION = 300
KINDS = [("", "All kinds"), *PaperKind.choices]


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and 1900 <= int(text[:5]) <= 2200 else None


def _issue(request: ActorRequest) -> Issue | None:
    key = request.GET.get("issue", "")
    return issues_with_papers(request.actor).filter(key=key).first() if key else None


def _kind(request: ActorRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in PaperKind.values else ""


def _choices(request: ActorRequest) -> dict[str, Any]:
    """What the filters of both pages offer."""
    issues = [("", "All issues"), *((issue.key, issue.title) for issue in issues_with_papers(request.actor))]
    return {"kinds": KINDS, "issues": issues, "keeps": keeps(request.actor), "kind_names": dict(PaperKind.choices)}


def place_of(passage: Passage) -> str:
    """Where the passage stands in its paper."""
    if passage.table == PUBLICATION:
        return url("published", passage.record)
    return f"{url('paper', passage.record)}#passage-{passage.place}"


@require_safe
def memory(request: ActorRequest) -> HttpResponse:
    """One question, and the passages that answer it."""
    get = request.GET
    asked = Asked(
        question=get.get("q", "").strip()[:LONGEST_QUESTION],
        kind=_kind(request),
        issue=_issue(request),
        since=_year(get.get("since", "")),
        until=_year(get.get("until", "")),
    )
    answer = ask(request.actor, asked) if asked.question else Answer()
    _record(request, answer.shown)
    context = {
        "asked": asked,
        "answer": answer,
        "place_of": place_of,
        "handling": highest(passage.handling for passage in answer.shown),
        "who_may_see": "Each passage is shown only to those who may see its paper.",
        "latest": [] if asked.question else list(papers(request.actor, Wanted())[:5]),
    }
    return render(request, "archive/memory.html", context | _choices(request))


def _record(request: ActorRequest, found: list[Passage]) -> None:
    """That sensitive papers were read in an answer is recorded, each once."""
    keys = {each.record for each in found if each.table == PAPER and each.handling == Handling.OFFICIAL_SENSITIVE}
    for paper in ArchiveDocument.objects.visible_to(request.actor).filter(key__in=keys) if keys else ():
        record_reading(request.actor, paper, Channel.PAGE)


def _wanted(request: ActorRequest) -> Wanted:
    """What the address asks for; anything it may not ask for counts as not asked."""
    get = request.GET
    sort, audience = get.get("sort", ""), get.get("audience", "")
    return Wanted(
        text=get.get("q", "").strip()[:100],
        kind=_kind(request),
        year=_year(get.get("year", "")),
        issue=_issue(request),
        audience=audience if audience in Audience.values else "",
        sort=sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT,
    )


@require_safe
def papers_page(request: ActorRequest) -> HttpResponse:
    wanted = _wanted(request)
    context = {
        "page": Paginator(papers(request.actor, wanted), PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "years": [("", "All years"), *((year, str(year)) for year in years(request.actor))],
        "audiences": [("", "All readers"), *AUDIENCES],
    }
    return render(request, "archive/papers.html", context | _choices(request))


@require_safe
def papers_export(request: ActorRequest) -> HttpResponse:
    """The same list as CSV; each sensitive paper in it counts as exported."""
    found: list[Any] = list(papers(request.actor, _wanted(request)).select_related("file"))
    for paper in found:
        record_reading(request.actor, paper, Channel.EXPORT)
    lines: list[list[object]] = [["Title", "Kind", "Date", "From", "To", "Who may see it", "Handling", "File"]]
    for paper in found:
        lines.append([paper.title, paper.get_kind_display(), paper.day_words, paper.sent_from, paper.sent_to])
        lines[-1] += [paper.get_audience_display(), paper.handling, paper.file.name]
    return csv_response("past-papers.csv", lines, handling=highest(paper.handling for paper in found))
