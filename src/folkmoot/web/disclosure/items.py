"""The records of a request: found by searching, taken into scope, decided, and passages taken out."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.apps.access.gate import Conflict
from folkmoot.apps.disclosure import actions, queries
from folkmoot.apps.disclosure.exemptions import exemptions_of
from folkmoot.apps.disclosure.models import Case, Item
from folkmoot.apps.disclosure.redaction import paragraphs, passages, pieces
from folkmoot.apps.search.backends import START, STOP
from folkmoot.apps.search.queries import Found, search
from folkmoot.web.addresses import address_of
from folkmoot.web.disclosure import forms
from folkmoot.web.disclosure.frame import FORM_METHODS, case_or_404, case_page
from folkmoot.web.forms import saved
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest

SEPARATOR = "\x1f"
FOUND = 50
LONGEST_NUMBER = 9
MOST_SHOWN = 500
ACTS: dict[str, Callable[..., object]] = {
    "decide": actions.decide,
    "redact": actions.redact,
    "paragraphs": actions.redact_paragraphs,
    "name": actions.name_item,
}


def _page_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _plain(text: str) -> str:
    return text.replace(START, "").replace(STOP, "")


def _places(request: ActorRequest) -> list[tuple[str, str, str]]:
    """The records that were ticked, or every record of the page where that was asked for."""
    chosen = request.POST.getlist("shown" if "everything" in request.POST else "record")
    split = [each.split(SEPARATOR) for each in dict.fromkeys(chosen)]
    return [(place[0], place[1], place[2]) for place in split if len(place) == 3]


def _rows(found: Found, case: Case) -> list[dict[str, object]]:
    """What was found, a record once and without this request itself."""
    taken = set(case.items.values_list("kind", "table", "record_key"))
    rows: dict[tuple[str, str, str], dict[str, object]] = {}
    for each in found.results:
        place = (each.kind, each.table, each.key)
        if place in rows or place[1:] == (case._meta.label_lower, case.key):
            continue
        rows[place] = {
            "value": SEPARATOR.join(place),
            "title": _plain(each.title),
            "snippet": _plain(each.snippet),
            "handling": each.handling if each.is_sensitive else "",
            "label": each.label,
            "day": each.day,
            "url": address_of(each.table, each.key),
            "taken": place in taken,
        }
    return list(rows.values())


@require_http_methods(FORM_METHODS)
def request_search(request: ActorRequest, key: str) -> HttpResponse:
    """Search everything that the person may read, and take what fits into scope."""
    case = case_or_404(request, key)
    if request.method == "POST":
        taken = actions.collect(request.actor, case=case, places=_places(request))
        what = "record was" if taken == 1 else "records were"
        messages.success(request, f"{taken} {what} taken into scope and put on hold.")
        return redirect("request", key=case.key)
    form = forms.SearchForm(request.GET if "words" in request.GET else None)
    nothing: dict[str, Any] = {"words": "", "kind": "", "since": None, "until": None}
    asked = form.cleaned_data if form.is_valid() else nothing
    found = search(
        request.actor,
        asked["words"],
        kinds=[asked["kind"]] if asked["kind"] else (),
        since=asked["since"],
        until=asked["until"],
        page=_page_number(request.GET.get("page", "")),
        size=FOUND,
    )
    return case_page(request, case, "search", form=form, asked=asked, found=found, rows=_rows(found, case))


def numbers(request: ActorRequest, name: str) -> list[int]:
    """The numbers ticked under a name; what is none is left out."""
    return [int(each) for each in request.POST.getlist(name) if each.isdecimal() and len(each) < LONGEST_NUMBER]


def _item_or_404(request: ActorRequest, key: str, item: str) -> tuple[Case, queries.ItemLine]:
    case = case_or_404(request, key)
    line = queries.item_for(request.actor, case, item)
    if line is None:
        raise Http404
    return case, line


def _show(
    request: ActorRequest, case: Case, line: queries.ItemLine, changed: dict[str, django_forms.Form] | None = None
) -> HttpResponse:
    item = line.item
    initial = {name: getattr(item, name) for name in ("decision", "reason", "public_interest")}
    shown = {
        "decide": forms.DecideForm(case.regime, initial={**initial, "exemption_key": item.exemption}),
        "redact": forms.RedactForm(case.regime, prefix="redact"),
        "paragraphs": forms.GroundForm(case.regime, prefix="paragraphs"),
        "name": forms.NameForm(initial={"shown_title": item.shown_title}, prefix="name"),
        **(changed or {}),
    }
    names = {each.key: each.name for each in exemptions_of(case.regime)}
    every = paragraphs(item.text)
    order = list(case.items.values_list("key", flat=True))
    at = order.index(item.key)
    context = {
        "line": line,
        "paragraphs": [pieces(item.text, item.redactions, within=place) for place in every[:MOST_SHOWN]],
        "left_out": max(len(every) - MOST_SHOWN, 0),
        "passages": [(each, item.text[each.start : each.end]) for each in passages(item.redactions)][:MOST_SHOWN],
        "names": names,
        "forms": shown,
        "files": list(item.files.all()),
        "place": (at + 1, len(order)),
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
    }
    return case_page(request, case, "item", **context, url_of=address_of(item.table, item.record_key))


def _change(
    request: ActorRequest, key: str, item: str, name: str, form_of: Callable[[Case], django_forms.Form], done: str
) -> HttpResponse:
    """Let one of the forms of an item act; where it cannot, the item is shown with what it says."""
    case, line = _item_or_404(request, key, item)
    act = ACTS[name]
    more = {"numbers": numbers(request, "paragraph")} if name == "paragraphs" else {}
    form = form_of(case)
    if form.is_valid() and saved(form, lambda: act(request.actor, item=line.item, **form.cleaned_data, **more)):
        if name == "decide":
            return _to_the_next(request, case)
        messages.success(request, done)
        return redirect("request_item", key=case.key, item=line.item.key)
    return _show(request, case, line, {name: form})


def _to_the_next(request: ActorRequest, case: Case) -> HttpResponse:
    """From a record that was decided to the next that is not, or back to the request."""
    following = queries.next_undecided(request.actor, case)
    if following is None:
        messages.success(request, "Decided. No record that you may read is undecided.")
        return redirect("request", key=case.key)
    messages.success(request, "Decided. This is the next one.")
    return redirect("request_item", key=case.key, item=following.key)


@require_http_methods(FORM_METHODS)
def request_item(request: ActorRequest, key: str, item: str) -> HttpResponse:
    """One record: its words with what is taken out, and what is decided."""
    if request.method == "POST":
        return _change(
            request, key, item, "decide", lambda case: forms.DecideForm(case.regime, posted(request)), "Decided."
        )
    case, line = _item_or_404(request, key, item)
    return _show(request, case, line)


@require_POST
def item_redact(request: ActorRequest, key: str, item: str) -> HttpResponse:
    """Take words out."""
    return _change(
        request,
        key,
        item,
        "redact",
        lambda case: forms.RedactForm(case.regime, request.POST, prefix="redact"),
        "Taken out. The copy holds nothing of these words.",
    )


@require_POST
def item_name(request: ActorRequest, key: str, item: str) -> HttpResponse:
    """Say how the answer calls the record."""
    return _change(
        request, key, item, "name", lambda _case: forms.NameForm(request.POST, prefix="name"), "The record was named."
    )


@require_POST
def item_paragraphs(request: ActorRequest, key: str, item: str) -> HttpResponse:
    """Take whole paragraphs out."""
    return _change(
        request,
        key,
        item,
        "paragraphs",
        lambda case: forms.GroundForm(case.regime, request.POST, prefix="paragraphs"),
        "Taken out. The copy holds nothing of these paragraphs.",
    )


@require_POST
def item_unredact(request: ActorRequest, key: str, item: str) -> HttpResponse:
    """Let passages stand again."""
    case, line = _item_or_404(request, key, item)
    actions.unredact(request.actor, item=line.item, starts=numbers(request, "start"))
    messages.success(request, "They stand again. Decide the record when you have looked at it.")
    return redirect("request_item", key=case.key, item=line.item.key)


@require_POST
def item_out(request: ActorRequest, key: str, item: str) -> HttpResponse:
    """Take a record out of scope."""
    case, line = _item_or_404(request, key, item)
    found: Item = line.item
    if not line.is_readable:
        raise Conflict("You may not read the record behind this item. Ask somebody who may.")
    actions.take_out(request.actor, item=found)
    messages.success(request, "The record is out of scope, and no longer on hold for this request.")
    return redirect("request", key=case.key)
