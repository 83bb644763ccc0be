"""The pages of the meetings: the list, the agenda with its minutes, planning, moving, cancelling and closing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import Conflict, Invalid, check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import Group, Meeting, MeetingState
from folkmoot.apps.agenda.queries import meetings as queries
from folkmoot.web.agenda.forms import AskForm, MeetingForm, MinuteForm, NewMeetingForm, WhyForm
from folkmoot.web.clock import LONDON
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import long_day

PAGE = 50


@require_safe
def meetings(request: ActorRequest) -> HttpResponse:
    """What is to come, or what is behind us."""
    past, group = request.GET.get("when") == "past", request.GET.get("group", "")
    found = queries.meetings(request.actor, group=group, past=past)
    return render(
        request,
        "agenda/meetings.html",
        {
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "past": past,
            "group": group,
            "groups": [("", "Every group"), *Group.objects.visible_to(request.actor).values_list("key", "name")],
            "may_keep": may(request.actor, Permission.PLAN_KEEP),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: ActorRequest) -> HttpResponse:
    """Plan a meeting."""
    check(request.actor, Permission.PLAN_KEEP)
    form = NewMeetingForm(request.POST or None, actor=request.actor, initial={"group": request.GET.get("group", "")})
    if request.method == "POST" and form.is_valid():
        try:
            planned = actions.add_meeting(request.actor, **form.given())
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{planned.group.name} meet on {long_day(planned.starts_at)}.")
            return redirect("meeting", planned.key)
    return render(request, "agenda/meeting_new.html", {"form": form, "has_groups": form.has_groups})


def _meeting(request: ActorRequest, key: str) -> Meeting:
    found: Meeting = get_object_or_404(Meeting.objects.visible_to(request.actor).select_related("group"), key=key)
    return found


def _frame(request: ActorRequest, found: Meeting) -> dict[str, Any]:
    return {
        "meeting": found,
        "handling": found.handling,
        "who_may_see": f"{found.get_audience_display()}.",
        "is_open": found.state == MeetingState.PLANNED,
        "has_begun": found.starts_at <= request.actor.now,
        "may_keep": may(request.actor, Permission.PLAN_KEEP),
    }


@require_safe
def meeting(request: ActorRequest, key: str) -> HttpResponse:
    """The agenda, timed, with what was settled under each heading."""
    found = _meeting(request, key)
    record_reading(request.actor, found, Channel.PAGE)
    context = _frame(request, found) | {"shown": queries.meeting_page(request.actor, found)}
    return render(request, "agenda/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_change(request: ActorRequest, key: str) -> HttpResponse:
    """Move a meeting, or change its length or place."""
    found = _meeting(request, key)
    check(request.actor, Permission.PLAN_KEEP)
    starts = found.starts_at.astimezone(LONDON)
    initial = {"day": starts.date(), "time": f"{starts:%H:%M}", "minutes": found.minutes, "where": found.where}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(request.actor, meeting=found, **form.given())
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The meeting was changed, and its items moved with it.")
            return redirect("meeting", key)
    return render(request, "agenda/meeting_change.html", _frame(request, found) | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: ActorRequest, key: str) -> HttpResponse:
    """Cancel a meeting, with why."""
    found = _meeting(request, key)
    check(request.actor, Permission.PLAN_KEEP)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_meeting(request.actor, meeting=found, why=form.cleaned_data["why"])
        messages.success(request, "The meeting is cancelled. Its items wait for another one.")
        return redirect("meeting", key)
    return render(request, "agenda/meeting_cancel.html", _frame(request, found) | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_minute(request: ActorRequest, key: str, number: int) -> HttpResponse:
    """Write down what was settled under one heading."""
    found = _meeting(request, key)
    check(request.actor, Permission.PLAN_KEEP)
    lines = {line.number: line for line in queries.meeting_page(request.actor, found).lines}
    if number not in lines:
        raise Http404
    line = lines[number]
    initial = {"outcome": line.minute.outcome, "text": line.minute.text} if line.minute else {}
    form, ask = MinuteForm(request.POST or None, initial=initial), AskForm(request.POST or None, prefix="ask")
    if request.method == "POST" and form.is_valid() and ask.is_valid():
        try:
            actions.write_minute(
                request.actor,
                meeting=found,
                heading=line.heading,
                entry=line.entry,
                asked=ask.given(),
                **form.cleaned_data,
            )
        except Invalid as error:
            ask.add_error(None, str(error))
        else:
            messages.success(request, f"“{line.heading}” is written down.")
            return redirect("meeting_minute", key, number + 1) if number + 1 in lines else redirect("meeting", key)
    context = {"form": form, "ask": ask, "line": line, "is_last": number + 1 not in lines}
    return render(request, "agenda/minute.html", _frame(request, found) | context)


@require_POST
def meeting_hold(request: ActorRequest, key: str) -> HttpResponse:
    """Close the minutes; what was not settled moves on."""
    _held, following = actions.hold_meeting(request.actor, meeting=_meeting(request, key))
    rest = (
        f"goes to the meeting on {long_day(following.starts_at)}"
        if following
        else "waits on the plan, since the group has no other meeting planned"
    )
    messages.success(request, f"The minutes are closed. What was not settled {rest}.")
    return redirect("meeting", key)


@require_POST
def meeting_reopen(request: ActorRequest, key: str) -> HttpResponse:
    """Open the minutes again, to correct them."""
    actions.reopen_meeting(request.actor, meeting=_meeting(request, key))
    messages.success(request, "The minutes are open again.")
    return redirect("meeting", key)
