"""Starting a position, changing what stands on its front, withdrawing it, and making its versions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.queries import content
from folkmoot.apps.documents.upload import take
from folkmoot.apps.positions import actions, states
from folkmoot.apps.positions.models import Position, Version
from folkmoot.apps.positions.queries.common import newest_version
from folkmoot.apps.positions.queries.text import lost_marks
from folkmoot.engines import redline
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.positions.forms_draft import (
    LEVELS,
    ChangePositionForm,
    DraftRow,
    ImportForm,
    NewPositionForm,
    ReasonForm,
    rearranged,
    rows_from,
    rows_of,
    without_empty,
)
from folkmoot.web.positions.frame import TEXT, frame, position_or_404
from folkmoot.web.templating import plural


@require_http_methods(["GET", "HEAD", "POST"])
def position_new(request: ActorRequest) -> HttpResponse:
    check(request.actor, Permission.POSITION_DRAFT)
    form = NewPositionForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        position = actions.create_position(request.actor, **form.cleaned_data)
        messages.success(request, f"“{position.title}” was begun. Import its Word draft, or write it here.")
        return redirect("position", position.key)
    return render(request, "positions/position_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def position_change(request: ActorRequest, key: str) -> HttpResponse:
    position = position_or_404(request, key)
    check(request.actor, Permission.POSITION_DRAFT)
    if request.method != "POST":
        actions.note_front_or_notes_seen(request.actor, position=position)
    form = ChangePositionForm(request.POST or None, initial=ChangePositionForm.of(position))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_position(request.actor, position=position, **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The position was changed.")
            return redirect("position", position.key)
        position.refresh_from_db()
    return render(request, "positions/position_change.html", {"form": form, **frame(request, position, None)})


@require_http_methods(["GET", "HEAD", "POST"])
def position_withdraw(request: ActorRequest, key: str) -> HttpResponse:
    position = position_or_404(request, key)
    check(request.actor, Permission.CIRCULATION_OPEN)
    states.check(position.state, "withdraw")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(request.actor, position=position, reason=form.cleaned_data["reason"])
        messages.success(request, f"“{position.title}” was withdrawn. Everything about it is kept.")
        return redirect("position", position.key)
    return render(request, "positions/position_withdraw.html", {"form": form, **frame(request, position, None)})


def _may_draft(actor: Actor, position: Position) -> None:
    """The page is not offered to whoever could not save it."""
    check(actor, Permission.POSITION_DRAFT)
    states.check(position.state, "change the draft")


@require_http_methods(["GET", "HEAD", "POST"])
def draft_import(request: ActorRequest, key: str) -> HttpResponse:
    position = position_or_404(request, key)
    _may_draft(request.actor, position)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            name, data = take(form.cleaned_data["file"])
            version = actions.import_draft(
                request.actor, position=position, name=name, data=data, note=form.cleaned_data["note"]
            )
        except Invalid as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _made(version, f"{name} was kept as"))
            return redirect("position", position.key)
    return render(request, "positions/draft_import.html", {"form": form, **frame(request, position, TEXT)})


def _made(version: Version, how: str) -> str:
    """What was kept, what was found in it, and how to go back."""
    texts = list(version.clause_texts.order_by("place"))
    said = f"{how} version {version.number}: {plural(len(texts), 'clause')} found"
    numbers = [text.number for text in texts if text.number]
    if len(numbers) > 1:
        said += f", {numbers[0]} to {numbers[-1]}"
    if version.number > 1:
        said += f". Version {version.number - 1} is one click away under “Versions”"
    lost = lost_marks(version)
    if lost:
        said += f". Take care: {plural(lost, 'paragraph')} kept to fewer readers before could not be found again"
    return said + "."


@require_http_methods(["GET", "HEAD", "POST"])
def draft_write(request: ActorRequest, key: str) -> HttpResponse:
    """Write the text clause by clause. Each button sends the whole text along; only “Save” keeps it."""
    position = position_or_404(request, key)
    _may_draft(request.actor, position)
    newest = newest_version(request.actor, position)
    error = ""
    if request.method == "POST":
        rows, act = rows_of(request.POST), request.POST.get("act", "")
        if act == "save":
            try:
                _must_follow(position, request.POST.get("based_on", ""))
                clauses = [row.clause() for row in without_empty(rows)]
                note = request.POST.get("note", "").strip()[:300]
                version = actions.write_draft(request.actor, position=position, clauses=clauses, note=note)
            except Invalid as refused:
                error = str(refused)
            else:
                messages.success(request, _made(version, "The text was saved as"))
                return redirect("position", position.key)
        rows = rearranged(rows, act)
    else:
        rows = rows_from(redline.clauses(content(newest.package))) if newest else [DraftRow()]
    context = {
        "rows": rows,
        "levels": LEVELS,
        "note": request.POST.get("note", ""),
        "newest": newest,
        "based_on": request.POST.get("based_on", str(newest.number) if newest else "0"),
        "error": error,
    }
    return render(request, "positions/draft_write.html", {**context, **frame(request, position, TEXT)})


def _must_follow(position: Position, based_on: str) -> None:
    """Refuse a text that was begun on an earlier version: it would silently undo what was written since."""
    latest = position.versions.order_by("-number").values_list("number", flat=True).first() or 0
    if based_on != str(latest):
        raise Invalid(
            f"Version {latest} was made while you wrote. Your text is still here: copy it, open this page again and "
            "put your changes into the newest version."
        )


@require_http_methods(["GET", "HEAD", "POST"])
def version_restore(request: ActorRequest, key: str, number: int) -> HttpResponse:
    position = position_or_404(request, key)
    _may_draft(request.actor, position)
    version = version_or_404(request.actor, position, number)
    if request.method == "POST":
        restored = actions.restore_version(request.actor, version=version)
        messages.success(request, f"Version {number} is the newest again, as version {restored.number}.")
        return redirect("position", position.key)
    newest = newest_version(request.actor, position)
    context = {"version": version, "newest": newest}
    return render(request, "positions/version_restore.html", {**context, **frame(request, position, TEXT)})


def version_or_404(actor: Actor, position: Position, number: int) -> Version:
    """A version of a position, if the person may see it."""
    version: Version | None = Version.objects.visible_to(actor).filter(position=position, number=number).first()
    if version is None:
        raise Http404
    return version
