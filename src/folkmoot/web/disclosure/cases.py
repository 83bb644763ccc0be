"""The list of requests, one request, who asked, and its days."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access.gate import check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.disclosure import actions, queries
from folkmoot.apps.disclosure.exemptions import FOI
from folkmoot.apps.disclosure.models import CaseState
from folkmoot.web.disclosure import forms
from folkmoot.web.disclosure.frame import FORM_METHODS, WHO, ask, case_or_404, case_page
from folkmoot.web.forms import saved
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest

PAGE = 50
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
    form = forms.CaseForm(posted(request), initial={"received_on": request.actor.today, "regime": FOI})
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.open_case(request.actor, **form.cleaned_data))
    ):
        messages.success(request, "The request was taken in. Its days count from the day after receipt.")
        return redirect("information_requests")
    return render(request, "disclosure/new.html", {"form": form, "who_may_see": WHO})


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
        may_release=may(request.actor, Permission.REQUEST_RELEASE) and case.prepared_by_id != request.actor.account_id,
        may_log=may(request.actor, Permission.REQUEST_RELEASE),
    )


@require_safe
def request_requester(request: ActorRequest, key: str) -> HttpResponse:
    """Who asked, on a page of its own, so that whoever decides need not know."""
    return case_page(request, case_or_404(request, key), "requester")


@require_http_methods(FORM_METHODS)
def request_clarify(request: ActorRequest, key: str) -> HttpResponse:
    """Ask back."""
    case = case_or_404(request, key)
    form = forms.ClarifyForm(posted(request))
    return ask(
        request,
        case,
        form,
        lambda: actions.ask_clarification(request.actor, case=case, **form.cleaned_data),
        title="Ask for a clarification",
        lead="The days stop until the answer comes. Send the question yourself; it is kept here.",
        button="Keep the question",
        done="The days are stopped until the answer comes.",
    )


@require_http_methods(FORM_METHODS)
def request_clarified(request: ActorRequest, key: str) -> HttpResponse:
    """Note the answer to a question."""
    case = case_or_404(request, key)
    form = forms.ClarifiedForm(posted(request), initial={"answered_on": request.actor.today})
    return ask(
        request,
        case,
        form,
        lambda: actions.answer_clarification(request.actor, case=case, **form.cleaned_data),
        title="The clarification came",
        button="Let the days go on",
        done="The days go on.",
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
        lead="40 working days: to weigh a public interest, or under the Regulations where it is complex and much.",
        button="Take 40 working days",
        done="The request has 40 working days. Tell the person who asked.",
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
