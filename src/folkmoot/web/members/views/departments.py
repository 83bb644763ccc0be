"""Departments and public bodies: the list, one with its chain, and the whole structure on a day."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.members.models import Kind
from folkmoot.apps.members.queries import BodyOn, bodies_on, department_page, structure
from folkmoot.web.members.reading import Reading, reading
from folkmoot.web.members.sheets import ORIGIN, origin, sheet

PAGE = 50
KINDS = (("", "Departments and public bodies"), ("department", "Departments"), ("public-body", "Public bodies"))


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    page = Paginator(_chosen(request, read), PAGE).get_page(request.GET.get("page"))
    return render(request, "members/departments.html", {"reading": read, "page": page, "kinds": KINDS})


@require_safe
def departments_sheet(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    columns = ["key", "name", "short_name", "kind", "valid_from", "valid_to", "predecessors", "successors"]
    rows = (
        [
            body.organization.key,
            body.name.name,
            body.name.short_name,
            body.organization.legal_form,
            body.organization.valid_from,
            body.organization.valid_to,
            "; ".join(link.name for link in body.predecessors),
            "; ".join(link.name for link in body.successors),
            *origin(body.organization, read),
        ]
        for body in _chosen(request, read)
    )
    return sheet("departments", [*columns, *ORIGIN], rows, read)


def _chosen(request: HttpRequest, read: Reading) -> list[BodyOn]:
    """The bodies that the address asks for, in its order."""
    wanted, text = request.GET.get("kind", ""), request.GET.get("text", "").strip().casefold()
    found = bodies_on(read.on, Kind.DEPARTMENT, Kind.PUBLIC_BODY)
    bodies = [body for kind, of_kind in found.items() for body in of_kind if wanted in ("", kind)]
    if text:
        bodies = [body for body in bodies if text in f"{body.name.name} {body.name.short_name}".casefold()]
    return sorted(bodies, key=lambda body: body.name.name, reverse=request.GET.get("sort") == "-name")


@require_safe
def department(request: HttpRequest, key: str) -> HttpResponse:
    read = reading(request)
    page = department_page(key, read.on)
    if page is None:
        raise Http404
    return render(
        request, "members/department.html", {"reading": read, "page": page, "organization": page.organization}
    )


@require_safe
def structure_on(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    return render(request, "members/structure.html", {"reading": read, "structure": structure(read.on)})


@require_safe
def structure_sheet(request: HttpRequest) -> HttpResponse:
    read = reading(request)
    found = structure(read.on)
    columns = ["kind", "key", "name", "tier", "mayor", "party", "under", "predecessors", *ORIGIN]
    bodies = [(body, "") for body in [*found.authorities, *found.departments, *found.other_bodies]]
    bodies += [(unit, body.name.name) for body in found.departments for unit in body.units]
    rows = (
        [
            body.organization.kind,
            body.organization.key,
            body.name.name,
            body.tier.tier if body.tier else "",
            body.mayor.person.name if body.mayor else "",
            body.mayor.party if body.mayor else "",
            under,
            "; ".join(link.name for link in body.predecessors),
            *origin(body.organization, read),
        ]
        for body, under in bodies
    )
    return sheet("structure", columns, rows, read)
