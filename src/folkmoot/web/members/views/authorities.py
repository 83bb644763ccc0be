"""The authorities as a list, and one authority with everything known about it."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.members.models import Kind
from folkmoot.apps.members.queries import BodyOn, authority_page, bodies_on, planned_authorities
from folkmoot.web.members.reading import Reading, reading
from folkmoot.web.members.sheets import ORIGIN, origin, sheet

PAGE = 50
SORTS = {
    "name": lambda body: body.name.name,
    "tier": lambda body: body.tier.tier if body.tier else "",
    "mayor": lambda body: body.mayor.person.name if body.mayor else "",
    "party": lambda body: str(body.mayor.party or "") if body.mayor else "",
}
SHOWN = (
    ("", "Members first, then all others"),
    ("members", "Members only"),
    ("others", "Not members"),
    ("councils", "Councils with a mayor"),
)


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    bodies = _chosen(request, read)
    return render(
        request,
        "members/members.html",
        {
            "reading": read,
            "page": Paginator(bodies, PAGE).get_page(request.GET.get("page")),
            "parties": _parties(bodies, request.GET.get("party", "")),
            "two_worlds": len({body.organization.invented for body in bodies}) > 1,
            "shown": SHOWN,
            "planned": planned_authorities() if read.is_today else [],
        },
    )


def _parties(bodies: list[BodyOn], chosen: str) -> list[tuple[str, str]]:
    """The parties to choose from: those of the mayors shown, and the one that is chosen."""
    names = {str(body.mayor.party) for body in bodies if body.mayor and body.mayor.party} | ({chosen} - {""})
    return [("", "Every party"), *((name, name) for name in sorted(names))]


@require_safe
def members_sheet(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    columns = ["key", "name", "member", "invented", "tier", "mayor", "party", "doubt", *ORIGIN]
    return sheet("authorities", columns, (_cells(body, read) for body in _chosen(request, read)), read)


def _cells(body: BodyOn, read: Reading) -> Sequence[object]:
    mayor = body.mayor
    return [
        body.organization.key,
        body.name.name,
        "yes" if body.is_member else "no",
        "yes" if body.organization.invented else "no",
        body.tier.tier if body.tier else "",
        mayor.person.name if mayor else "",
        mayor.party if mayor else "",
        mayor.doubt if mayor else body.doubt,
        *origin(body.organization, read),
    ]


def _chosen(request: HttpRequest, read: Reading) -> list[BodyOn]:
    """The bodies that the address asks for, in its order."""
    wanted = request.GET.get("show", "")
    kind = Kind.COUNCIL if wanted == "councils" else Kind.AUTHORITY
    bodies = bodies_on(read.on, kind)[kind]
    if wanted == "councils":
        bodies = [body for body in bodies if body.mayor]
    elif wanted in ("members", "others"):
        bodies = [body for body in bodies if body.is_member == (wanted == "members")]
    text, party = request.GET.get("text", "").strip().casefold(), request.GET.get("party", "")
    if text:
        bodies = [body for body in bodies if text in _words(body)]
    if party:
        bodies = [body for body in bodies if body.mayor and str(body.mayor.party or "") == party]
    sort = request.GET.get("sort", "")
    if sort.removeprefix("-") in SORTS:
        bodies = sorted(bodies, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return bodies


def _words(body: BodyOn) -> str:
    """What a search looks through."""
    mayor = body.mayor.person.name if body.mayor else ""
    return f"{body.name.name} {body.name.short_name} {body.organization.key} {mayor}".casefold()


@require_safe
def member(request: HttpRequest, key: str) -> HttpResponse:
    read = reading(request)
    page = authority_page(key, read.on)
    if page is None:
        raise Http404
    return render(request, "members/member.html", {"reading": read, "page": page, "organization": page.organization})
