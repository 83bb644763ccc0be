"""The list of requests, one request, who asked, and its days."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access.audit import Channel
from folkmoot.apps.access.gate import check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure import actions, queries
from folkmoot.apps.disclosure.days import begins_anew
from folkmoot.apps.disclosure.exemptions import EIR, FOI, OWN, exemption
from folkmoot.apps.disclosure.letter import word_notice
from folkmoot.apps.disclosure.models import Case, CaseState, Waits
from folkmoot.apps.documents.upload import media_type_of
from folkmoot.web.disclosure import forms
from folkmoot.web.disclosure.frame import FORM_METHODS, WHO, ask, case_or_404, case_page
from folkmoot.web.files import download
from folkmoot.web.forms import saved
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest

PAGE = 50
ASKED = {
    FOI: "The days stop until it comes. When they say what they mean, 20 working days begin anew (section 10(6)); the "
    "days that a fee takes do not count (section 10(2)).",
    EIR: "The days stop until it comes. When they say what they mean, 20 working days begin anew (regulation 9(4)); "
    "the days that a fee takes do not count (regulation 8).",
    OWN: "The days stop until it comes. What a question takes does not count; with the proof of who they are or a fee "
    "the month begins anew (UK GDPR, Article 12A).",
}
MORE_TIME = {
    FOI: "40 working days, to weigh a public interest that the law asks to be weighed (sections 10(3) and 17(2)). "
    "Whoever asked is told the section, why it applies and until when, within the first 20.",
    EIR: "40 working days, where what is asked for is complex and much (regulation 7). Whoever asked is told within "
    "the first 20.",
    OWN: "Three months in all, where requests are complex or many (UK GDPR, Article 12(3)). The person is told why "
    "within the first month.",
}
STATES = [("", "Not answered yet"), ("all", "All"), *CaseState.choices]


@require_safe
def requests_page(request: ActorRequest) -> HttpResponse:
    """The requests with their days, the oldest first."""
    get = request.GET
    state, text, sort = get.get("state", ""), get.get("q", "").strip()[:100], get.get("sort", "")
    page = Paginator(queries.listed(request.actor, state=state, text=text, sort=sort), PAGE).get_page(get.get("page"))
    context = {"page": page, "lines": queries.lines(page.object_list, request.actor.today), "states": STATES}
    context |= {"state": state, "text": text, "sort": sort, "who_may_see": WHO}
    return render(request, "disclosure/requests.html", context)


@require_http_methods(FORM_METHODS)
def request_new(request: ActorRequest) -> HttpResponse:
    """Take a request in."""
    check(request.actor, Permission.REQUEST_HANDLE)
    law = OWN if request.GET.get("law") == OWN else FOI
    form = forms.CaseForm(posted(request), initial={"received_on": request.actor.today, "regime": law})
    opened: list[Case] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: opened.append(actions.open_case(request.actor, **form.cleaned_data)))
    ):
        messages.success(request, "The request was taken in.")
        return redirect("request", key=opened[0].key)
    return render(request, "disclosure/new.html", {"form": form, "who_may_see": WHO, "mail": None})


@require_safe
def request_page(request: ActorRequest, key: str) -> HttpResponse:
    """One request: what was asked, its days, the records in scope and the answer."""
    case = case_or_404(request, key)
    [line] = queries.lines([case], request.actor.today)
    page = Paginator(case.items.all(), PAGE).get_page(request.GET.get("page"))
    return case_page(
        request,
        case,
        "request",
        clock=line.clock,
        clarifications=list(case.clarifications.all()),
        page=page,
        items=queries.item_lines(request.actor, page.object_list),
        counts=queries.counts(case),
        left=queries.left_to_do(case) if case.state == CaseState.OPEN else [],
        may_release=may(request.actor, Permission.REQUEST_RELEASE) and case.prepared_by_id != request.actor.account_id,
        may_log=may(request.actor, Permission.REQUEST_RELEASE) and not case.is_own_data,
        may_collect=may(request.actor, Permission.RECORDS_MANAGE),
        extension_ground=exemption(case.extension_grounds),
    )


@require_safe
def request_requester(request: ActorRequest, key: str) -> HttpResponse:
    """Who asked, on a page of its own, so that whoever decides need not know."""
    return case_page(request, case_or_404(request, key), "requester")


@require_http_methods(FORM_METHODS)
def request_clarify(request: ActorRequest, key: str) -> HttpResponse:
    """Ask back."""
    case = case_or_404(request, key)
    form = forms.ClarifyForm(case, posted(request), initial={"kind": Waits.CLARIFICATION})
    return ask(
        request,
        case,
        form,
        lambda: actions.ask_clarification(request.actor, case=case, **form.cleaned_data),
        title="Ask the person",
        lead=ASKED[case.regime],
        button="Keep the question",
        done="The days are stopped until the answer comes. Send the question now.",
    )


@require_http_methods(FORM_METHODS)
def request_clarified(request: ActorRequest, key: str) -> HttpResponse:
    """Note that what was asked for came."""
    case = case_or_404(request, key)
    form = forms.ClarifiedForm(posted(request), initial={"answered_on": request.actor.today})
    waiting = next((each for each in case.clarifications.all() if each.answered_on is None), None)
    anew = waiting is not None and begins_anew(case, waiting.kind)
    return ask(
        request,
        case,
        form,
        lambda: actions.answer_clarification(request.actor, case=case, **form.cleaned_data),
        title="What was asked for came",
        lead="The days begin anew on that day." if anew else "The days go on from where they stopped.",
        button="Let the days run",
        done="The days run again.",
    )


@require_http_methods(FORM_METHODS)
def request_extend(request: ActorRequest, key: str) -> HttpResponse:
    """Take more time, where the law gives it."""
    case = case_or_404(request, key)
    form = forms.ExtendForm(case.regime, posted(request))
    return ask(
        request,
        case,
        form,
        lambda: actions.extend(request.actor, case=case, **form.cleaned_data),
        title="Take more time",
        lead=MORE_TIME[case.regime],
        button="Take more time",
        done="More time was taken. Send the notice to the person before the first time is over.",
    )


@require_safe
def request_notice(request: ActorRequest, key: str) -> HttpResponse:
    """The notice that more time is taken, as Word, to be sent to the person."""
    case = case_or_404(request, key, Channel.FILE)
    [line] = queries.lines([case], request.actor.today)
    if not case.extended_on or line.clock.due is None:
        raise Http404
    made = word_notice(case, line.clock.due)
    return download(made, name=f"{case.handling} Notice {case.key}.docx", media_type=media_type_of("x.docx"))


@require_http_methods(FORM_METHODS)
def request_law(request: ActorRequest, key: str) -> HttpResponse:
    """Treat it under another law."""
    case = case_or_404(request, key)
    form = forms.LawForm(case, posted(request))
    return ask(
        request,
        case,
        form,
        lambda: actions.change_law(request.actor, case=case, **form.cleaned_data),
        title="Treat it under another law",
        lead="What was withheld or taken out under the first law is decided anew, since each law has its own grounds.",
        button="Change the law",
        done="The request is treated under the other law.",
    )


@require_http_methods(FORM_METHODS)
def request_withdraw(request: ActorRequest, key: str) -> HttpResponse:
    """End a request that was taken back."""
    case = case_or_404(request, key)
    return ask(
        request,
        case,
        forms.EmptyForm(posted(request)),
        lambda: actions.withdraw(request.actor, case=case),
        title="The person took the request back",
        lead="The request ends, and the records in scope are no longer on hold for it.",
        button="End the request",
        done="The request was ended.",
    )
