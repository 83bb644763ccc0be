"""What is taken out of all records of a request at once, and the files that records carry."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.disclosure import actions, queries
from folkmoot.apps.disclosure.models import Case, ItemFile
from folkmoot.web.disclosure import forms
from folkmoot.web.disclosure.frame import FORM_METHODS, case_or_404, case_page, found_case
from folkmoot.web.files import download_response
from folkmoot.web.forms import saved
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest

MOST_SHOWN = 500


@require_http_methods(FORM_METHODS)
def request_words(request: ActorRequest, key: str) -> HttpResponse:
    """The words that are taken out, with how often, and a form that takes words out of every record."""
    case = case_or_404(request, key)
    form = forms.RedactForm(case.regime, posted(request))
    changed: list[int] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(
            form, lambda: changed.append(actions.redact_everywhere(request.actor, case=case, **form.cleaned_data))
        )
    ):
        messages.success(request, f"Taken out of {changed[0]} {'record' if changed == [1] else 'records'}.")
        return redirect("request_words", key=case.key)
    taken = queries.taken_out(request.actor, case)
    return case_page(request, case, "words", form=form, taken=taken[:MOST_SHOWN], more=len(taken) > MOST_SHOWN)


@require_POST
def request_let_stand(request: ActorRequest, key: str) -> HttpResponse:
    """Let words stand again wherever they were taken out."""
    case = case_or_404(request, key)
    places = actions.let_stand_everywhere(request.actor, case=case, words=request.POST.getlist("words"))
    messages.success(request, f"They stand again in {places} {'place' if places == 1 else 'places'}.")
    return redirect("request_words", key=case.key)


@require_POST
def request_rest(request: ActorRequest, key: str) -> HttpResponse:
    """Disclose what is left to decide, without what is taken out."""
    case = case_or_404(request, key)
    decided = actions.disclose_rest(request.actor, case=case)
    messages.success(
        request, f"{decided} {'record is' if decided == 1 else 'records are'} disclosed, as far as they stand."
    )
    return redirect("request", key=case.key)


def _file_or_404(request: ActorRequest, key: str, file: str, channel: Channel) -> tuple[Case, ItemFile]:
    case = found_case(request, key)
    found = ItemFile.objects.filter(item__case=case, key=file).select_related("item__case", "file").first()
    line = queries.item_for(request.actor, case, found.item.key) if found else None
    if found is None or line is None or not line.is_readable:
        raise Http404
    record_reading(request.actor, case, channel)
    return case, found


@require_safe
def item_file(request: ActorRequest, key: str, file: str) -> HttpResponse:
    """A file of a record in scope, for whoever may read the record."""
    case, found = _file_or_404(request, key, file, Channel.FILE)
    return download_response(found.file, name=found.name, handling=case.handling)


@require_POST
def item_file_decide(request: ActorRequest, key: str, file: str) -> HttpResponse:
    """Say whether a file leaves."""
    case, found = _file_or_404(request, key, file, Channel.PAGE)
    said = request.POST.get("leaves", "")
    if said not in ("yes", "no"):
        raise Invalid("Say whether the file leaves or stays.")
    actions.decide_file(request.actor, file=found, leaves=said == "yes")
    messages.success(request, "The file leaves as it is." if said == "yes" else "The file stays.")
    return redirect("request_item", key=case.key, item=found.item.key)
