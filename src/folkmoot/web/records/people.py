"""What is held about one person: shown, handed out as a zip, and erased. No address names the person."""

import io
import json
import zipfile
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.records import personal
from folkmoot.apps.records.personal import Section
from folkmoot.apps.records.registry import Subject
from folkmoot.web.files import download
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.records.forms import PersonForm

ARCHIVE = "What is held about a person.zip"


def _page(request: ActorRequest, form: PersonForm, sections: list[Section] | None = None) -> HttpResponse:
    return render(request, "records/person.html", {"form": form, "sections": sections})


def _subject(request: ActorRequest, form: PersonForm) -> Subject | None:
    """The person that the form means; none where it says why it means nobody."""
    if not form.is_valid():
        return None
    try:
        return personal.subject_of(request.actor, **form.cleaned_data)
    except Invalid as error:
        form.add_error(None, str(error))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def records_person(request: ActorRequest) -> HttpResponse:
    """Asks about whom, and shows what each room holds about them."""
    check(request.actor, Permission.RECORDS_MANAGE)
    form = PersonForm(posted(request))
    subject = _subject(request, form) if request.method == "POST" else None
    return _page(request, form, personal.held_about(request.actor, subject) if subject else None)


def _as_json(sections: list[Section]) -> list[dict[str, Any]]:
    return [
        {
            "room": section.source.title,
            "kept_after_erasure": section.source.kept,
            "held": [
                {
                    "title": extract.title,
                    "at": extract.at.isoformat() if extract.at else None,
                    "text": extract.text,
                    "withheld": extract.withheld,
                }
                for extract in section.extracts
            ],
        }
        for section in sections
    ]


@require_POST
def records_hand_out(request: ActorRequest) -> HttpResponse:
    """Everything that is held about the person, as a zip of a page and of data."""
    check(request.actor, Permission.RECORDS_MANAGE)
    form = PersonForm(request.POST)
    subject = _subject(request, form)
    if subject is None:
        return _page(request, form)
    sections = personal.hand_out(request.actor, subject=subject)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("held.html", render_to_string("records/held.html", {"sections": sections}, request))
        archive.writestr("held.json", json.dumps(_as_json(sections), ensure_ascii=False, indent=1))
    return download(packed.getvalue(), name=ARCHIVE, media_type="application/zip")


@require_POST
def records_erase(request: ActorRequest) -> HttpResponse:
    """Erase, once the person who asks has said that they know it cannot be undone."""
    check(request.actor, Permission.RECORDS_MANAGE)
    form = PersonForm(request.POST)
    subject = _subject(request, form)
    if subject is None:
        return _page(request, form)
    sections = personal.held_about(request.actor, subject)
    if request.POST.get("understood") != "yes":
        form.add_error(None, "Tick that you know that this cannot be undone.")
        return _page(request, form, sections)
    try:
        rows = personal.erase_person(request.actor, subject=subject)
    except Conflict as error:
        form.add_error(None, str(error))
        return _page(request, form, sections)
    messages.success(request, f"The person was erased from {rows} {'record' if rows == 1 else 'records'}.")
    return redirect("records")
