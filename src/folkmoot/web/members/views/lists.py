"""The other lists: people, the calendar, powers by tier, and what was corrected."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from folkmoot.apps.members.models import CalendarEvent, Membership, Organization, Post
from folkmoot.apps.members.queries import corrections, event_kinds, events, person_page, powers, terms_of_office
from folkmoot.web.members.pages import home_of
from folkmoot.web.members.reading import Reading, reading
from folkmoot.web.members.sheets import ORIGIN, origin, sheet

PAGE = 50
WHEN = (("", "Still to come"), ("past", "Past"), ("all", "All"))


def _people(request: HttpRequest, read: Reading) -> QuerySet[Membership]:
    return terms_of_office(
        text=request.GET.get("text", "").strip(),
        on=None if request.GET.get("when") == "all" else read.on,
        sort=request.GET.get("sort", "name"),
    )


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    page = Paginator(_people(request, read), PAGE).get_page(request.GET.get("page"))
    return render(request, "members/people.html", {"reading": read, "page": page})


@require_safe
def people_sheet(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    columns = ["person", "title", "organisation", "party", "elected_on", "valid_from", "valid_to", "end_reason"]
    rows = (
        [
            term.person.name,
            term.title,
            term.post.organization.name,
            term.party,
            term.elected_on,
            term.valid_from,
            term.valid_to,
            term.end_reason,
            *origin(term, read),
        ]
        for term in _people(request, read)
    )
    return sheet("people", [*columns, *ORIGIN], rows, read)


@require_safe
def person(request: HttpRequest, key: str) -> HttpResponse:
    read = reading(request)
    page = person_page(key)
    if page is None:
        raise Http404
    return render(request, "members/person.html", {"reading": read, "page": page, "person": page.person})


@require_safe
def body(request: HttpRequest, key: str) -> HttpResponse:
    """To the page of an organisation, of whatever kind it is."""
    return redirect(home_of(get_object_or_404(Organization, key=key)))


@require_safe
def post(request: HttpRequest, key: str) -> HttpResponse:
    """To the page on which a post stands: that of its organisation."""
    return redirect(home_of(get_object_or_404(Post.objects.select_related("organization"), key=key)))


def _events(request: HttpRequest, read: Reading) -> QuerySet[CalendarEvent]:
    return events(
        read.on,
        when=request.GET.get("when", ""),
        kind=request.GET.get("kind", ""),
        scope=request.GET.get("scope", ""),
        text=request.GET.get("text", "").strip(),
    )


def place(scope: str) -> str:
    """england-and-wales as one writes it: England and Wales."""
    if not scope.islower():
        return scope
    return " ".join(word if word == "and" else word.capitalize() for word in scope.split("-"))


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    kinds, scopes = event_kinds()
    return render(
        request,
        "members/calendar.html",
        {
            "reading": read,
            "page": Paginator(_events(request, read), PAGE).get_page(request.GET.get("page")),
            "kinds": [("", "Every kind"), *((kind, kind.replace("-", " ").capitalize()) for kind in kinds)],
            "scopes": [("", "England"), ("everywhere", "Everywhere"), *((scope, place(scope)) for scope in scopes)],
            "when": WHEN,
            "place": place,
        },
    )


@require_safe
def calendar_sheet(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    columns = ["key", "kind", "title", "first_day", "last_day", "scope", "certainty", "notes"]
    rows = (
        [
            event.key,
            event.kind,
            event.title,
            event.starts_on,
            event.ends_on,
            event.scope,
            event.certainty,
            event.notes,
            *origin(event, read),
        ]
        for event in _events(request, read)
    )
    return sheet("calendar", [*columns, *ORIGIN], rows, read)


@require_safe
def powers_by_tier(request: HttpRequest) -> HttpResponse:
    return render(request, "members/powers.html", {"reading": reading(request), "powers": powers()})


@require_safe
def powers_sheet(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    columns = ["power_or_duty", "area", "foundation", "mayoral", "established_mayoral", "notes", *ORIGIN]
    rows = (
        [
            power.text,
            power.area,
            power.foundation,
            power.mayoral,
            power.established_mayoral,
            power.notes,
            *origin(power, read),
        ]
        for power in powers()
    )
    return sheet("powers", columns, rows, read)


@require_safe
def corrections_made(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    page = Paginator(corrections(), PAGE).get_page(request.GET.get("page"))
    return render(request, "members/corrections.html", {"reading": read, "page": page})
