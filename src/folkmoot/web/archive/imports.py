"""Taking past papers in: files come, are looked through row by row, and are taken in or undone together."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.archive import actions
from folkmoot.apps.archive.models import BatchState, ImportBatch, RowState
from folkmoot.apps.archive.queries.listing import batches, rows_of
from folkmoot.apps.documents.upload import take
from folkmoot.web.archive.forms import RowForm, UploadForm
from folkmoot.web.archive.frame import BY_IMPORT, Trail, batch_or_404, form_page, row_or_404
from folkmoot.web.forms import saved
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import plural, url

PAGE = 50
FORM_METHODS = ["GET", "HEAD", "POST"]


def _trail() -> Trail:
    return [("Memory", url("memory")), ("Imports", url("imports"))]


@require_safe
def imports_page(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.ARCHIVE_KEEP)
    page = Paginator(batches(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "archive/imports.html", {"page": page})


@require_http_methods(FORM_METHODS)
def import_new(request: ActorRequest) -> HttpResponse:
    """Choose the files; they are looked through, and nothing is taken in yet."""
    check(request.actor, Permission.ARCHIVE_KEEP)
    form = UploadForm(posted(request), request.FILES if request.method == "POST" else None)
    made: list[ImportBatch] = []
    if form.is_valid() and saved(form, lambda: made.append(_stage(request, form.cleaned_data["papers"]))):
        return redirect("import", made[0].key)
    lead = (
        "They are looked through first. You see what was found in each file, and put it right, before it is taken in."
    )
    return form_page(
        request,
        form,
        title="Take in past papers",
        button="Look through them",
        back=url("imports"),
        trail=_trail(),
        lead=lead,
        extra={"explains_manifest": True},
    )


def _stage(request: ActorRequest, uploads: list[Any]) -> ImportBatch:
    files = [take(upload) for upload in uploads]
    name = files[0][0] if len(files) == 1 else f"{files[0][0]} and {plural(len(files) - 1, 'other file')}"
    return actions.stage(request.actor, name=name, files=files)


@require_safe
def import_page(request: ActorRequest, key: str) -> HttpResponse:
    batch = batch_or_404(request, key)
    rows = rows_of(batch)
    sensitive = batch.rows.filter(handling=Handling.OFFICIAL_SENSITIVE).exists()
    context = {
        "batch": batch,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "handling": Handling.OFFICIAL_SENSITIVE if sensitive else Handling.OFFICIAL,
        "who_may_see": BY_IMPORT,
        "is_open": batch.state == BatchState.PREVIEW,
        "states": RowState,
    }
    return render(request, "archive/import.html", context)


def _act(request: ActorRequest, act: Callable[[], object], done: str) -> bool:
    """Whether it was done; either way the next page says what happened."""
    try:
        act()
    except (Conflict, Invalid) as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


@require_POST
def import_take(request: ActorRequest, key: str) -> HttpResponse:
    batch = batch_or_404(request, key)
    done = f"{plural(batch.ready, 'paper')} taken in."  # type: ignore[attr-defined]
    _act(request, lambda: actions.take_in(request.actor, batch=batch), done)
    return redirect("import", key)


@require_http_methods(FORM_METHODS)
def import_undo(request: ActorRequest, key: str) -> HttpResponse:
    """Ask once more, then take out what the import brought."""
    batch = batch_or_404(request, key)
    if request.method != "POST":
        return render(request, "archive/import_undo.html", {"batch": batch, "trail": _trail()})
    done = "The import was undone. Each row says what became of it."
    _act(request, lambda: actions.undo(request.actor, batch=batch), done)
    return redirect("import", key)


@require_POST
def import_drop(request: ActorRequest, key: str) -> HttpResponse:
    batch = batch_or_404(request, key)
    dropped = _act(request, lambda: actions.discard(request.actor, batch=batch), "The import was dropped.")
    return redirect("imports") if dropped else redirect("import", key)


@require_http_methods(FORM_METHODS)
def row_correct(request: ActorRequest, key: str, row: str) -> HttpResponse:
    """Put right what was found in one file."""
    found = row_or_404(request, key, row)
    initial = RowForm.of(found) | {"issue": found.issue.key if found.issue else ""}
    form = RowForm(request.actor, posted(request), initial=initial)
    if form.is_valid() and saved(form, lambda: actions.correct_row(request.actor, row=found, **form.cleaned_data)):
        messages.success(request, f"“{found.file_name}” is ready.")
        return redirect("import", key)
    return form_page(
        request,
        form,
        title=f"Put right: {found.file_name}",
        button="Save",
        back=url("import", key),
        trail=[*_trail(), (found.batch.name, url("import", key))],
        lead=" ".join(found.faults),
        extra={"handling": found.handling, "who_may_see": BY_IMPORT},
    )


@require_POST
def row_out(request: ActorRequest, key: str, row: str) -> HttpResponse:
    found = row_or_404(request, key, row)
    _act(request, lambda: actions.leave_out(request.actor, row=found), f"“{found.file_name}” is left out.")
    return redirect("import", key)


@require_POST
def row_back(request: ActorRequest, key: str, row: str) -> HttpResponse:
    found = row_or_404(request, key, row)
    _act(request, lambda: actions.put_back(request.actor, row=found), f"“{found.file_name}” is back.")
    return redirect("import", key)
