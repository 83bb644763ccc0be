"""The log of answered requests, which everybody may read."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.apps.disclosure.queries import log_line, log_lines
from folkmoot.web.sheets import csv_response

PAGE = 50


@login_not_required
@require_safe
def disclosure_log(request: HttpRequest) -> HttpResponse:
    """What was asked and how it was answered."""
    page = Paginator(log_lines(), PAGE).get_page(request.GET.get("page"))
    return render(request, "disclosure/log.html", {"page": page, "lines": [log_line(case) for case in page]})


@login_not_required
@require_safe
def disclosure_log_export(request: HttpRequest) -> HttpResponse:
    """The log as CSV."""
    rows = [
        [line.title, line.law, line.received_on, line.answered_on, line.outcome] for line in map(log_line, log_lines())
    ]
    return csv_response("Disclosure log.csv", [["Title", "Law", "Received", "Answered", "Outcome"], *rows])
