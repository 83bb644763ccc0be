"""The search page: everything that a person may see, by words; kept searches, and what was found as a sheet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.search import actions, queries
from folkmoot.apps.search.backends import START, STOP
from folkmoot.apps.search.registry import search_sources
from folkmoot.web.addresses import address_of
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.sheets import csv_response

MOST_EXPORTED = 1000
LONGEST_PLACE = 330


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, and whether it is a hit."""

    text: str
    is_hit: bool


def pieces(marked: str) -> list[Piece]:
    """The runs of a text whose hits stand between two marks; the template escapes each."""
    found = []
    for number, part in enumerate(marked.split(START)):
        hit, _, rest = part.partition(STOP) if number else ("", "", part)
        found += [Piece(hit, True), Piece(rest, False)]
    return [piece for piece in found if piece.text]


def plain(marked: str) -> str:
    """A text without its marks."""
    return marked.replace(START, "").replace(STOP, "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _asked(request: ActorRequest) -> dict[str, Any]:
    """What the address asks for; what makes no sense is left out."""
    known = {source.kind for source in search_sources()}
    order = request.GET.get("order", "rank")
    return {
        "kinds": [kind for kind in request.GET.getlist("kind")[:20] if kind in known],
        "since": _day(request.GET.get("since", "")),
        "until": _day(request.GET.get("until", "")),
        "order": order if order in queries.ORDERS else "rank",
        "place": _place(request.GET.get("at", "")),
    }


def _place(text: str) -> queries.Place | None:
    """The page whose results alone are asked for, as `written_place` writes it; none where it makes no sense."""
    table, _, key = text.partition(":")
    return queries.Place(table, key) if key and len(text) < LONGEST_PLACE else None


def written_place(result: queries.Result) -> str:
    """The page that a result leads to, as an address holds it."""
    return f"{result.table}:{result.key}"


def _words(request: ActorRequest) -> str:
    return request.GET.get("words", "").strip()[: queries.LONGEST_WORDS]


@require_safe
def search(request: ActorRequest) -> HttpResponse:
    words, asked = _words(request), _asked(request)
    page = _number(request.GET.get("page", ""))
    folded, most = asked["place"] is None, queries.MOST_ON_PAGES
    found = queries.search(request.actor, words, page=page, folded=folded, most=most, **asked)
    saved = list(queries.saved_searches(request.actor))
    mine = next((each for each in saved if each.words == words and each.kinds == sorted(asked["kinds"])), None)
    if mine:
        actions.look_again(request.actor, saved=mine)
    return render(
        request,
        "search/search.html",
        {
            "words": words,
            "asked": asked,
            "found": found,
            "pieces": pieces,
            "address_of": address_of,
            "written_place": written_place,
            "plain": plain,
            "most_weighed": queries.MOST_ON_PAGES,
            "saved": saved,
            "mine": mine,
            "orders": [("rank", "Best match first"), ("newest", "Newest first")],
        },
    )


@require_safe
def search_sheet(request: ActorRequest) -> HttpResponse:
    """What was found as a sheet: titles and where they stand, without the words of the records."""
    found = queries.search(request.actor, _words(request), size=MOST_EXPORTED, **_asked(request))
    rows = [(each.label, plain(each.title), each.day or "", address_of(each.table, each.key)) for each in found.results]
    # A title may be of a marked record, so the sheet bears the higher mark whatever was found.
    return csv_response("search.csv", [("Kind", "Title", "Day", "Address"), *rows], handling="OFFICIAL-SENSITIVE")


@require_POST
def search_save(request: ActorRequest) -> HttpResponse:
    saved = actions.save_search(
        request.actor, words=request.POST.get("words", ""), kinds=request.POST.getlist("kind")[:20]
    )
    messages.success(request, "The search is kept. Your home page says when there is something new.")
    return redirect(address_of_saved(saved.words, saved.kinds))


def address_of_saved(words: str, kinds: list[str]) -> str:
    """The page of a kept search."""
    return f"{reverse('search')}?{urlencode({'words': words, 'kind': kinds}, doseq=True)}"


@require_POST
def search_drop(request: ActorRequest, key: str) -> HttpResponse:
    saved = queries.saved_searches(request.actor).filter(key=key).first()
    if saved is None:
        raise Http404
    actions.drop_search(request.actor, saved=saved)
    messages.success(request, "The search is kept no more.")
    return redirect("search")


def new_results(actor: Actor) -> list[tuple[str, str, int]]:
    """For the home page: words, address and count of kept searches that find something new."""
    found = [(each, queries.new_since(actor, each)) for each in queries.saved_searches(actor)]
    return [(each.words, address_of_saved(each.words, each.kinds), count) for each, count in found if count]
