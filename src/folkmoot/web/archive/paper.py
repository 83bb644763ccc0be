"""One past paper: its text by passages, its file, and putting its facts right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.archive import actions, parties
from folkmoot.apps.archive.queries.listing import corrections_of, issues_of, keeps, passages_of
from folkmoot.web.addresses import address_of
from folkmoot.web.archive.forms import CorrectForm
from folkmoot.web.archive.frame import form_page, frame, paper_or_404
from folkmoot.web.files import download_response
from folkmoot.web.forms import saved
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import url


@require_safe
def paper_page(request: ActorRequest, key: str) -> HttpResponse:
    paper = paper_or_404(request, key)
    context = frame(request, paper) | {
        "passages": passages_of(paper),
        "sender": parties.sender(paper),
        "receiver": parties.receiver(paper),
        "issues": issues_of(request.actor, paper),
        "corrections": corrections_of(paper),
        "keeps": keeps(request.actor),
        "address_of": address_of,
    }
    return render(request, "archive/paper.html", context)


@require_safe
def paper_file(request: ActorRequest, key: str) -> HttpResponse:
    """The file as it was taken in."""
    paper = paper_or_404(request, key)
    record_reading(request.actor, paper, Channel.FILE)
    return download_response(paper.file, handling=paper.handling)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_correct(request: ActorRequest, key: str) -> HttpResponse:
    paper = paper_or_404(request, key)
    check(request.actor, Permission.ARCHIVE_KEEP)
    shown = frame(request, paper)
    form = CorrectForm(posted(request), initial=CorrectForm.of(paper))
    if form.is_valid() and saved(
        form, lambda: actions.correct_paper(request.actor, document=paper, **form.cleaned_data)
    ):
        messages.success(request, "The paper was put right. What stood there before is kept below.")
        return redirect("paper", key)
    paper.refresh_from_db()
    return form_page(
        request,
        form,
        title="Put right what is known",
        button="Save",
        back=url("paper", key),
        trail=[("Memory", url("memory")), (paper.title, url("paper", key))],
        lead="The text and the file stay as they are.",
        extra=shown,
    )
