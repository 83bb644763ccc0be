"""Adding to an issue, and taking off again: notes on its time line, and links with their why."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.apps.issues import actions
from folkmoot.apps.issues.linkables import linkable_of, linkables
from folkmoot.apps.issues.queries.links import A_FEW, Found, candidates
from folkmoot.apps.issues.queries.page import link_on, note_on
from folkmoot.web.forms import saved
from folkmoot.web.issues.forms import LinkForm, NoteForm
from folkmoot.web.issues.frame import form_page, frame, issue_to_keep
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import url

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def issue_note(request: ActorRequest, key: str) -> HttpResponse:
    issue = issue_to_keep(request, key)
    form = NoteForm(posted(request), initial={"day": request.actor.today})
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.write_note(request.actor, issue=issue, **form.cleaned_data))
    ):
        messages.success(request, "The note stands on the time line.")
        return redirect("issue", key)
    back = url("issue", key)
    return form_page(request, form, title="Add to the time line", button="Add it", back=back, issue=issue)


@require_POST
def note_remove(request: ActorRequest, key: str, note: str) -> HttpResponse:
    issue = issue_to_keep(request, key)
    found = note_on(request.actor, issue, note)
    if found is None:
        raise Http404
    actions.remove_note(request.actor, note=found)
    messages.success(request, "The note was taken off the time line.")
    return redirect("issue", key)


@require_http_methods(FORM_METHODS)
def link_add(request: ActorRequest, key: str) -> HttpResponse:
    """Look for a record by words and choose it; only what the person may see is offered."""
    issue = issue_to_keep(request, key)
    words, table = request.GET.get("words", "").strip()[:100], request.GET.get("table", "")
    kind = linkable_of(table)
    asked = "words" in request.GET
    found = candidates(request.actor, issue, words, table=kind.table if kind else "") if asked else []
    choices = [(label, [(each.value, each.title) for each in rows]) for label, rows in found]
    form = LinkForm(choices, posted(request))
    if request.method == "POST" and form.is_valid() and saved(form, lambda: _link(request, issue, form)):
        messages.success(request, "The link was made. It can be taken off again beside its why.")
        return redirect("issue", key)
    kinds = [("", "Everything"), *((each.table, each.label) for each in linkables())]
    context: dict[str, Any] = {"words": words, "table": kind.table if kind else "", "kinds": kinds, "asked": asked}
    context |= {"found": found, "form": form, "a_few": "" if kind else A_FEW}
    return render(request, "issues/link_add.html", {**frame(request, issue), **context})


def _link(request: ActorRequest, issue: Any, form: LinkForm) -> None:
    table, key = Found.parted(form.cleaned_data["record"])
    why, relation = form.cleaned_data["why"], form.cleaned_data["relation"]
    actions.link(request.actor, issue=issue, table=table, key=key, why=why, relation=relation)


@require_POST
def link_remove(request: ActorRequest, key: str, link: str) -> HttpResponse:
    issue = issue_to_keep(request, key)
    found = link_on(request.actor, issue, link)
    if found is None:
        raise Http404
    actions.unlink(request.actor, link=found)
    messages.success(request, "The link was taken off. The record itself is as it was.")
    return redirect("issue", key)
