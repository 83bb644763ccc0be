"""The answer to a request: its letter, how it will look, the second person, the files and the log."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.audit import Channel
from folkmoot.apps.access.gate import Conflict
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure import actions
from folkmoot.apps.disclosure.letter import Answer, answer_of, closing_paragraphs, items_of
from folkmoot.apps.disclosure.sources import readable
from folkmoot.apps.documents.pdf import pdf
from folkmoot.apps.documents.upload import media_type_of
from folkmoot.web.disclosure import forms
from folkmoot.web.disclosure.frame import FORM_METHODS, ask, case_for_permission, case_or_404
from folkmoot.web.disclosure.package import make_package
from folkmoot.web.files import download, download_response
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest

STATIC = Path(__file__).parents[1] / "static"
ADDED = {
    False: "What is attached, what is withheld and why, and how to complain is added by itself.",
    True: "What is attached, what is withheld and why, how long which records are kept, and the person’s rights are "
    "added by itself. Say yourself to whom their data was told, and where it came from where the records do not.",
}
FILES = {"letter": "letter_pdf", "word": "letter_word", "pack": "pack"}


def make_letter(answer: Answer) -> bytes:
    """The letter as a tagged PDF."""
    context = {"answer": answer, "closing": closing_paragraphs(answer)}
    return pdf(render_to_string("disclosure/letter_pdf.html", context), base=STATIC)


def make_pack(answer: Answer) -> bytes:
    """What is disclosed, set anew from the words that may leave: a person's own data as a zip, all else as one PDF."""
    if answer.is_own_data:
        return make_package(answer, make_letter(answer))
    return pdf(render_to_string("disclosure/pack_pdf.html", {"answer": answer}), base=STATIC)


MAKERS = {"letter": make_letter, "pack": make_pack}


@require_http_methods(FORM_METHODS)
def request_letter(request: ActorRequest, key: str) -> HttpResponse:
    """Write the letter."""
    case = case_or_404(request, key)
    form = forms.LetterForm(posted(request), initial={"letter": case.letter})
    return ask(
        request,
        case,
        form,
        lambda: actions.write_letter(request.actor, case=case, **form.cleaned_data),
        title="The letter",
        lead=ADDED[case.is_own_data],
        button="Keep the letter",
        done="The letter was kept.",
    )


@require_safe
def request_preview(request: ActorRequest, key: str, kind: str) -> HttpResponse:
    """The letter or the pack as it would leave now."""
    case = case_or_404(request, key, Channel.FILE)
    if kind not in MAKERS:
        raise Http404
    items = items_of(case)
    if len(readable(request.actor, items)) < len(items):
        raise Conflict("Some of these records you may not read. Ask somebody who may.")
    answer = answer_of(case, items)
    ending = answer.pack_ending if kind == "pack" else "pdf"
    name = f"{case.handling} not released {kind} {case.key}.{ending}"
    return download(MAKERS[kind](answer), name=name, media_type=media_type_of(name))


@require_POST
def request_prepare(request: ActorRequest, key: str) -> HttpResponse:
    """Put the answer to a second person."""
    case = case_or_404(request, key)
    actions.prepare(request.actor, case=case)
    messages.success(request, "The answer waits for a second person.")
    return redirect("request", key=case.key)


@require_POST
def request_send_back(request: ActorRequest, key: str) -> HttpResponse:
    """Take the answer back to change it."""
    case = case_or_404(request, key)
    actions.send_back(request.actor, case=case)
    messages.success(request, "The answer can be changed again.")
    return redirect("request", key=case.key)


@require_http_methods(FORM_METHODS)
def request_release(request: ActorRequest, key: str) -> HttpResponse:
    """Release what somebody else prepared."""
    case = case_for_permission(request, key, Permission.REQUEST_RELEASE)
    return ask(
        request,
        case,
        forms.EmptyForm(posted(request)),
        lambda: actions.release(request.actor, case=case, make_letter=make_letter, make_pack=make_pack),
        title="Release the answer",
        lead="The letter and the records are made as they will be sent. It cannot be changed afterwards.",
        button="Release it",
        done="The answer is released. Send the letter and the records to the person who asked.",
    )


@require_http_methods(FORM_METHODS)
def request_log(request: ActorRequest, key: str) -> HttpResponse:
    """Enter an answered request in the log."""
    case = case_for_permission(request, key, Permission.REQUEST_RELEASE)
    form = forms.LogForm(posted(request), initial={"title": case.title})
    return ask(
        request,
        case,
        form,
        lambda: actions.log_answer(request.actor, case=case, **form.cleaned_data),
        title="Enter it in the log",
        lead="Everybody may read the log: the title, the law, the two days, and whether it was disclosed.",
        button="Enter it",
        done="The request stands in the log.",
    )


@require_safe
def request_file(request: ActorRequest, key: str, kind: str) -> HttpResponse:
    """A file of the released answer."""
    case = case_or_404(request, key, Channel.FILE)
    stored = getattr(case, FILES[kind]) if kind in FILES else None
    if stored is None:
        raise Http404
    return download_response(stored, handling=case.handling)
