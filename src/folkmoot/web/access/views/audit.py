"""The audit trail as a page and as a sheet."""

import csv

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.access import trail
from folkmoot.web.access.forms import AuditFilter
from folkmoot.web.middleware import ActorRequest

PAGE = 50
COLUMNS = ["Number", "When", "Who", "For whom", "What", "Record", "Hash"]


@require_safe
def audit(request: ActorRequest) -> HttpResponse:
    wanted = AuditFilter(request.GET)
    page = Paginator(trail.trail(request.actor, wanted.query()), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "access/audit.html", {"filter": wanted, "page": page, "rows": list(trail.rows(page.object_list))}
    )


def _cell(text: str) -> str:
    """A cell that a spreadsheet takes for text, whatever it begins with."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


@require_safe
def audit_export(request: ActorRequest) -> HttpResponse:
    rows = trail.export_trail(request.actor, AuditFilter(request.GET).query())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{request.actor.today.isoformat()}.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response)
    sheet.writerow(COLUMNS)
    for row in rows:
        cells = [row.at.isoformat(timespec="seconds"), row.who, row.for_whom, row.deed, row.record, row.hash]
        sheet.writerow([row.number, *map(_cell, cells)])
    return response


@require_safe
def audit_verify(request: ActorRequest) -> HttpResponse:
    return render(request, "access/audit_verify.html", {"faults": trail.verify_trail(request.actor)})
