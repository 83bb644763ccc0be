"""The page of the forward plan, its items, and its sheet."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import Conflict, Invalid, check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import EntryState, Group, PlanEntry
from folkmoot.apps.agenda.queries import plan as queries
from folkmoot.web.agenda.forms import EntryForm, NewEntryForm, WhyForm
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.sheets import csv_response
from folkmoot.web.templating import day_time

PAGE = 50
SHOWN = [(EntryState.PLANNED, "Planned"), (EntryState.DONE, "Done"), (EntryState.DROPPED, "Dropped"), ("all", "All")]


def _wanted(request: ActorRequest) -> dict[str, Any]:
    """What the address asks for."""
    state = request.GET.get("state", EntryState.PLANNED)
    return {
        "group": request.GET.get("group", ""),
        "state": "" if state == "all" else state if state in EntryState.values else EntryState.PLANNED,
        "words": request.GET.get("words", "").strip(),
        "mine": request.GET.get("mine") == "yes",
        "sort": request.GET.get("sort", ""),
    }


@require_safe
def plan(request: ActorRequest) -> HttpResponse:
    """What goes to whom, when, and what changed since the chair approved it."""
    actor, wanted = request.actor, _wanted(request)
    standing = queries.standing(actor)
    since = queries.changes_since(actor, standing.approved.made_at) if standing.approved else []
    return render(
        request,
        "agenda/plan.html",
        {
            "page": Paginator(queries.entries(actor, **wanted), PAGE).get_page(request.GET.get("page")),
            "wanted": wanted,
            "shown": SHOWN,
            "groups": [("", "Every group"), *Group.objects.visible_to(actor).values_list("key", "name")],
            "standing": standing,
            "since": since,
            "may_keep": may(actor, Permission.PLAN_KEEP),
        },
    )


@require_safe
def plan_sheet(request: ActorRequest) -> HttpResponse:
    """The same list as a sheet."""
    found = list(queries.entries(request.actor, **_wanted(request)))
    for entry in found:
        record_reading(request.actor, entry, Channel.EXPORT)
    rows = [
        (
            entry.title,
            entry.get_purpose_display(),
            entry.meeting.group.name if entry.meeting else "",
            day_time(entry.meeting.starts_at) if entry.meeting else "",
            entry.minutes,
            entry.owner.name,
            entry.get_state_display(),
            entry.handling,
        )
        for entry in found
    ]
    head = ("Item", "Purpose", "Group", "Meeting", "Minutes", "Owner", "State", "Handling")
    handling = max((entry.handling for entry in found), default="OFFICIAL", key=len)
    return csv_response("forward-plan.csv", [head, *rows], handling=handling)


def _entry(request: ActorRequest, key: str) -> PlanEntry:
    found: PlanEntry = get_object_or_404(
        PlanEntry.objects.visible_to(request.actor).select_related("meeting__group", "owner", "issue", "position"),
        key=key,
    )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def plan_item_new(request: ActorRequest) -> HttpResponse:
    """Put an item on the plan."""
    check(request.actor, Permission.PLAN_KEEP)
    form = NewEntryForm(request.POST or None, actor=request.actor, initial={"meeting": request.GET.get("meeting", "")})
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.add_entry(request.actor, **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{entry.title}” is on the plan.")
            return redirect("plan_item", entry.key)
    return render(request, "agenda/item_new.html", {"form": form})


def _initial(entry: PlanEntry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "purpose": entry.purpose,
        "minutes": entry.minutes,
        "owner": entry.owner.key,
        "meeting": entry.meeting.key if entry.meeting else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def plan_item(request: ActorRequest, key: str) -> HttpResponse:
    """One item with everything that was changed in it; whoever keeps the plan changes it here."""
    entry = _entry(request, key)
    may_keep = may(request.actor, Permission.PLAN_KEEP) and entry.state == EntryState.PLANNED
    form = (
        EntryForm(request.POST or None, actor=request.actor, kept=entry.meeting, initial=_initial(entry))
        if may_keep
        else None
    )
    if request.method == "POST" and form is None:
        check(request.actor, Permission.PLAN_KEEP)
        raise Conflict("This item is off the plan. Put it back before you change it.")
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.change_entry(request.actor, entry=entry, **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The item was changed.")
            return redirect("plan_item", key)
    record_reading(request.actor, entry, Channel.PAGE)
    return render(
        request,
        "agenda/item.html",
        {
            "entry": entry,
            "form": form,
            "drop": WhyForm(prefix="drop"),
            "may_restore": may(request.actor, Permission.PLAN_KEEP) and entry.state != EntryState.PLANNED,
            "history": queries.history(request.actor, entry),
            "handling": entry.handling,
            "who_may_see": f"{entry.get_audience_display()}.",
        },
    )


@require_http_methods(["POST"])
def plan_item_drop(request: ActorRequest, key: str) -> HttpResponse:
    """Take an item off the plan."""
    entry = _entry(request, key)
    actions.drop_entry(request.actor, entry=entry, why=request.POST.get("drop-why", ""))
    messages.success(request, f"“{entry.title}” is off the plan. It can be put back here.")
    return redirect("plan_item", key)


@require_http_methods(["POST"])
def plan_item_restore(request: ActorRequest, key: str) -> HttpResponse:
    """Put an item back."""
    entry = _entry(request, key)
    actions.restore_entry(request.actor, entry=entry)
    messages.success(request, f"“{entry.title}” is on the plan again.")
    return redirect("plan_item", key)
