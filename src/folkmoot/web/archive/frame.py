"""What the memory’s pages share: getting a record, its mark, and a page with a form."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.archive.models import ArchiveDocument, ImportBatch, ImportRow
from folkmoot.apps.archive.queries.listing import batch_for, paper_for, row_for
from folkmoot.web.middleware import ActorRequest

Trail = list[tuple[str, str | None]]
WHO = {
    Audience.SECRETARIAT: "The secretariat.",
    Audience.NETWORK: "All member offices and the secretariat.",
}
BY_IMPORT = "The secretariat, until the papers are taken in."


def paper_or_404(request: ActorRequest, key: str) -> ArchiveDocument:
    """The paper with this key; for whoever may not see it there is none."""
    found = paper_for(request.actor, key)
    if found is None:
        raise Http404
    return found


def batch_or_404(request: ActorRequest, key: str) -> ImportBatch:
    """The import with this key, for whoever keeps the archive."""
    found = batch_for(request.actor, key)
    if found is None:
        raise Http404
    check(request.actor, Permission.ARCHIVE_KEEP)
    return found


def row_or_404(request: ActorRequest, key: str, row: str) -> ImportRow:
    found = row_for(batch_or_404(request, key), row)
    if found is None:
        raise Http404
    return found


def frame(request: ActorRequest, paper: ArchiveDocument) -> dict[str, Any]:
    """The mark of a page that shows a paper. That a sensitive one was read is recorded in the same request."""
    record_reading(request.actor, paper, Channel.PAGE)
    return {"paper": paper, "handling": paper.handling, "who_may_see": WHO[Audience(paper.audience)]}


def form_page(
    request: ActorRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: str,
    trail: Trail,
    lead: str = "",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page that asks for one thing."""
    context = {"form": form, "title": title, "lead": lead, "button_text": button, "back": back}
    return render(request, "archive/form.html", context | {"trail": [*trail, (title, None)]} | (extra or {}))
