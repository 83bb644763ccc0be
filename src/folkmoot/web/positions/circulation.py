"""Sending a draft to the offices, seeing what became of it, reminding, giving more time and closing."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Conflict, Invalid, check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members.queries import add_working_days
from folkmoot.apps.positions import actions, states
from folkmoot.apps.positions.answers import terms_on
from folkmoot.apps.positions.models import Circulation, Version
from folkmoot.apps.positions.queries.circulate import mail_preview, offices_to_ask, shorter_copies, suggested_letter
from folkmoot.apps.positions.queries.common import newest_version
from folkmoot.apps.positions.queries.offices import SHOWN, OfficesPage, offices_page, rounds_of
from folkmoot.web.clock import LONDON, at_noon
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.positions.forms_circulate import CirculateForm, ExtendForm
from folkmoot.web.positions.frame import OFFICES, closing, frame, position_or_404
from folkmoot.web.positions.links import link_address
from folkmoot.web.templating import plural


@require_http_methods(["GET", "HEAD", "POST"])
def circulate(request: ActorRequest, key: str) -> HttpResponse:
    """Choose the offices, the question and the day; look at the mail; then open."""
    position = position_or_404(request, key)
    actor = request.actor
    check(actor, Permission.CIRCULATION_OPEN)
    states.check(position.state, "open a circulation")
    version = newest_version(actor, position)
    if version is None:
        raise Conflict("There is no text to circulate yet. Import or write it first.")
    offices = offices_to_ask(actor.today)
    usual = terms_on(actor.today)
    initial = {
        "disclosure": usual.disclosure,
        "letter": suggested_letter(position, actor),
        "closes_on": add_working_days(actor.today, usual.notice_days),
        "question": "Can your office support this text?",
    }
    form = CirculateForm(request.POST or None, offices=offices, initial=initial)
    preview = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("act") == "open":
                opened = _open(actor, version, form)
                messages.success(request, _opened(opened))
                return redirect("offices", position.key)
            preview = mail_preview(actor, version=version, **_asked(form))
        except Invalid as error:
            form.add_error(None, str(error))
    context = {
        "form": form,
        "version": version,
        "preview": preview,
        "shorter": shorter_copies(version, offices),
        "names": {office.key: office.name for office in offices},
    }
    return render(request, "positions/circulate.html", {**context, **frame(request, position, OFFICES)})


def _asked(form: CirculateForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {
        "offices": form.chosen(),
        "question": given["question"],
        "letter": given["letter"],
        "closes_at": at_noon(given["closes_on"]),
        "disclosure": given["disclosure"],
    }


def _open(actor: Actor, version: Version, form: CirculateForm) -> Circulation:
    return actions.open_circulation(actor, version=version, link_address=link_address, **_asked(form))


def _opened(circulation: Circulation) -> str:
    count = circulation.invitations.count()
    return (
        f"The circulation was opened: version {circulation.version.number} went to {plural(count, 'office')}. "
        f"Answers are due by {closing(circulation.closes_at)}."
    )


@require_safe
def offices(request: ActorRequest, key: str) -> HttpResponse:
    """A row an office; older rounds by their key under `round`."""
    position = position_or_404(request, key)
    actor = request.actor
    rounds = rounds_of(actor, position)
    chosen = _round(rounds, request.GET.get("round", ""))
    shown = request.GET.get("show", "")
    page = offices_page(actor, chosen, rounds, shown if shown in SHOWN else "") if chosen else None
    context = {
        "page": page,
        "shown": shown,
        "filters": _filters(page) if page else [],
        "may_circulate": may(actor, Permission.CIRCULATION_OPEN),
        "may_open": may(actor, Permission.CIRCULATION_OPEN) and states.allows(position.state, "open a circulation"),
        "has_text": newest_version(actor, position) is not None,
    }
    return render(request, "positions/offices.html", {**context, **frame(request, position, OFFICES)})


def _round(rounds: list[Circulation], key: str) -> Circulation | None:
    """The round asked for, else the newest; 404 for one that is none of these."""
    if not key:
        return rounds[0] if rounds else None
    found = next((each for each in rounds if each.key == key), None)
    if found is None:
        raise Http404
    return found


def _filters(page: OfficesPage) -> list[tuple[str, str]]:
    return [
        (f"All {page.asked}", ""),
        (f"Answered {page.answered}", "answered"),
        (f"Not answered {page.waiting}", "waiting"),
        (f"Need a step {page.steps}", "step"),
    ]


def circulation_or_404(request: ActorRequest, key: str, circulation: str) -> Circulation:
    """A round of a position; for whoever may not see it there is none."""
    position = position_or_404(request, key)
    found = Circulation.objects.visible_to(request.actor).filter(position=position, key=circulation)
    one: Circulation | None = found.select_related("position", "version").first()
    if one is None:
        raise Http404
    return one


@require_POST
def remind(request: ActorRequest, key: str, circulation: str) -> HttpResponse:
    """Remind the offices chosen, or all that have not answered."""
    found = circulation_or_404(request, key, circulation)
    check(request.actor, Permission.CIRCULATION_OPEN)
    waiting = found.invitations.exclude(returns__state="submitted")
    if request.POST.get("whom") != "all":
        waiting = waiting.filter(office__in=request.POST.getlist("office"))
    invitations = list(waiting)
    if not invitations:
        messages.warning(request, "Nobody was reminded. Choose at least one office that has not answered.")
        return redirect("offices", key)
    page = settings.ENVIRONMENT.address + reverse("position", args=[key])
    sent = actions.remind(request.actor, circulation=found, invitations=invitations, page=page)
    reminded = sum(invitation.reminded_at == request.actor.now for invitation in invitations)
    if reminded:
        messages.success(
            request, f"{plural(reminded, 'office was', 'offices were')} reminded, by {plural(sent, 'mail')}."
        )
    if reminded < len(invitations):
        names = ", ".join(each.office_name for each in invitations if each.reminded_at != request.actor.now)
        messages.warning(request, f"Nobody who was asked for {names} speaks for it any more. Ring the office.")
    return redirect("offices", key)


@require_http_methods(["GET", "HEAD", "POST"])
def circulation_extend(request: ActorRequest, key: str, circulation: str) -> HttpResponse:
    found = circulation_or_404(request, key, circulation)
    check(request.actor, Permission.CIRCULATION_OPEN)
    form = ExtendForm(request.POST or None, initial={"closes_on": _london_day(found.closes_at)})
    if request.method == "POST" and form.is_valid():
        closes_at = at_noon(form.cleaned_data["closes_on"])
        try:
            page = settings.ENVIRONMENT.address + reverse("position", args=[key])
            told = actions.extend(request.actor, circulation=found, closes_at=closes_at, page=page)
        except Invalid as error:
            form.add_error("closes_on", str(error))
        else:
            said = f"Answers are now due by {closing(closes_at)}. "
            by_mail = f"Those that owe one were told, by {plural(told, 'mail')}." if told else "None is owed any more."
            messages.success(request, said + by_mail)
            return redirect("offices", key)
    context = {"form": form, "circulation": found}
    return render(request, "positions/circulation_extend.html", {**context, **frame(request, found.position, OFFICES)})


def _london_day(at: datetime) -> Any:
    return at.astimezone(LONDON).date()


@require_http_methods(["GET", "HEAD", "POST"])
def circulation_close(request: ActorRequest, key: str, circulation: str) -> HttpResponse:
    """Say what follows, then close."""
    found = circulation_or_404(request, key, circulation)
    check(request.actor, Permission.CIRCULATION_OPEN)
    if request.method == "POST":
        actions.close_circulation(request.actor, circulation=found)
        messages.success(request, "The circulation was closed. Decide the amendments, then make the next version.")
        return redirect("offices", key)
    if not found.is_open:
        raise Conflict("This circulation has closed already.")
    page = offices_page(request.actor, found, [found])
    context = {"page": page, "circulation": found, "is_early": request.actor.now < found.closes_at}
    return render(request, "positions/circulation_close.html", {**context, **frame(request, found.position, OFFICES)})
