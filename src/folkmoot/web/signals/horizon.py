"""The horizon board, one entry of it, and the digest of a month."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.audience import highest
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.models import Distance, HorizonEntry, Theme
from folkmoot.apps.signals.queries import digest as digests
from folkmoot.apps.signals.queries import horizon as queries
from folkmoot.apps.signals.queries.inbox import sorts
from folkmoot.web.forms import saved
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.signals.forms import HorizonForm
from folkmoot.web.signals.frame import form_page, posted

SEEN_BY = "The secretariat."


@require_safe
def horizon_page(request: ActorRequest) -> HttpResponse:
    """What comes towards the network, by theme and by how far off it is."""
    check(request.actor, Permission.SIGNAL_SORT)
    cells = queries.board(request.actor)
    context = {
        "rows": [(theme.label, [(distance, cells[theme][distance]) for distance in Distance]) for theme in Theme],
        "columns": [{"title": "Theme"}, *({"title": distance.label} for distance in Distance)],
        "is_empty": not any(entries for row in cells.values() for entries in row.values()),
        "who_may_see": SEEN_BY,
    }
    return render(request, "signals/horizon.html", context)


def _entry(request: ActorRequest, key: str) -> HorizonEntry:
    found = queries.entry_for(request.actor, key)
    if found is None:
        raise Http404
    check(request.actor, Permission.SIGNAL_SORT)
    return found


@require_safe
def entry_page(request: ActorRequest, key: str) -> HttpResponse:
    entry = _entry(request, key)
    return render(request, "signals/entry.html", {"entry": entry, "who_may_see": SEEN_BY})


@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.SIGNAL_SORT)
    first = {"signals": request.GET.getlist("signal"), "title": request.GET.get("title", "")[:160]}
    return _write(request, HorizonForm(posted(request), actor=request.actor, initial=first), None)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_change(request: ActorRequest, key: str) -> HttpResponse:
    entry = _entry(request, key)
    form = HorizonForm(posted(request), actor=request.actor, initial=HorizonForm.of(entry))
    return _write(request, form, entry)


def _write(request: ActorRequest, form: HorizonForm, entry: HorizonEntry | None) -> HttpResponse:
    kept: list[HorizonEntry] = []

    def write() -> None:
        kept.append(actions.write_entry(request.actor, entry=entry, **form.given()))

    if form.is_bound and form.is_valid() and saved(form, write):
        messages.success(request, f"{kept[0].title} stands on the board.")
        return redirect("horizon_entry", key=kept[0].key)
    return form_page(
        request,
        form,
        title=f"Look at {entry.title} again" if entry else "Put something on the horizon",
        button="Save",
        back=reverse("horizon_entry", args=[entry.key]) if entry else reverse("horizon"),
        trail=[("Horizon", reverse("horizon"))],
        lead="Say what may come, how far off it is, and which signals say so.",
    )


@require_POST
def entry_close(request: ActorRequest, key: str) -> HttpResponse:
    entry = _entry(request, key)
    try:
        actions.close_entry(request.actor, entry=entry, why=request.POST.get("why", ""))
    except (Invalid, Conflict) as error:
        messages.error(request, str(error))
        return redirect("horizon_entry", key=key)
    messages.success(request, f"{entry.title} was taken off the board.")
    return redirect("horizon")


@require_safe
def digest_page(request: ActorRequest) -> HttpResponse:
    """A month on one page, each line with the signal that it comes from."""
    months = digests.months(request.actor.today)
    asked = request.GET.get("month", "")
    first: date = next((month for month in months if f"{month:%Y-%m}" == asked), months[0])
    digest = digests.digest(request.actor, first)
    context = {
        "digest": digest,
        "months": [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months],
        "month": f"{first:%Y-%m}",
        "month_title": f"{first:%B %Y}",
        "sorts": sorts(request.actor),
        "handling": highest(section.issue.handling for section in digest.sections),
        "who_may_see": "Everybody of the network, each with the issues that they may see.",
    }
    return render(request, "signals/digest.html", context)
