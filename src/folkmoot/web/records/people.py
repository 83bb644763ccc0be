"""What is held about one person: shown, and erased. No address names the person."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.audit import verify
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.records import personal, queries
from folkmoot.apps.records.personal import Section
from folkmoot.apps.records.registry import Subject
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.records.forms import PersonForm


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
        noted = personal.erase_person(request.actor, subject=subject)
    except Conflict as error:
        form.add_error(None, str(error))
        return _page(request, form, sections)
    messages.success(request, f"The person was erased from {noted.rows} {'record' if noted.rows == 1 else 'records'}.")
    broken = verify()
    if broken:
        messages.error(request, f"The audit trail was checked after it and is not whole. {broken[0]}")
    else:
        messages.info(request, "The audit trail was checked after it, and it is whole.")
    return redirect("records_erasure", key=noted.key)


@require_safe
def records_erasure(request: ActorRequest, key: str) -> HttpResponse:
    """What an erasure took out of each room, and what stays."""
    noted = queries.personal_requests(request.actor).filter(key=key).first()
    if noted is None:
        raise Http404
    return render(request, "records/erasure.html", {"noted": noted})
