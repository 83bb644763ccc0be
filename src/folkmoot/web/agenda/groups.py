"""The pages of the groups: who sits in them, who chairs, and what stands on every agenda."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.gate import Conflict, Invalid, check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.agenda import actions
from folkmoot.apps.agenda.models import Group
from folkmoot.apps.agenda.queries import meetings as queries
from folkmoot.web.agenda.forms import GroupForm, NewGroupForm, SeatForm, StandingItemsForm
from folkmoot.web.middleware import ActorRequest


@require_safe
def groups(request: ActorRequest) -> HttpResponse:
    """Every group with its chair and its next meeting."""
    return render(
        request,
        "agenda/groups.html",
        {"groups": queries.groups(request.actor), "may_keep": may(request.actor, Permission.PLAN_KEEP)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: ActorRequest) -> HttpResponse:
    """Add a group."""
    check(request.actor, Permission.PLAN_KEEP)
    form = NewGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_group(request.actor, **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{added.name} was added. Say who sits in it.")
            return redirect("group", added.key)
    return render(request, "agenda/group_new.html", {"form": form})


def _group(request: ActorRequest, key: str) -> Group:
    found: Group = get_object_or_404(Group.objects.visible_to(request.actor), key=key)
    return found


@require_safe
def group(request: ActorRequest, key: str) -> HttpResponse:
    """One group."""
    return _page(request, _group(request, key))


def _page(request: ActorRequest, found: Group, form: SeatForm | None = None) -> HttpResponse:
    items = list(found.standing_items.all())
    return render(
        request,
        "agenda/group.html",
        {
            "group": found,
            "seats": found.seats.on(request.actor.today).select_related("account"),
            "former": found.seats.filter(ends__lt=request.actor.today).select_related("account").order_by("-ends"),
            "standing": items,
            "meetings": queries.meetings(request.actor, group=found.key)[:5],
            "form": form or SeatForm(initial={"begins": request.actor.today}),
            "standing_form": StandingItemsForm(
                initial={"items": "\n".join(f"{item.title}, {item.minutes}" for item in items)}
            ),
            "may_keep": may(request.actor, Permission.PLAN_KEEP),
            "handling": found.handling,
            "who_may_see": f"{found.get_audience_display()}.",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def group_change(request: ActorRequest, key: str) -> HttpResponse:
    """Change what a group is called and what it is for."""
    found = _group(request, key)
    check(request.actor, Permission.PLAN_KEEP)
    initial = {"name": found.name, "purpose": found.purpose, "approves_plan": found.approves_plan}
    form = GroupForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_group(request.actor, group=found, **form.cleaned_data)
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The group was changed.")
            return redirect("group", key)
    return render(request, "agenda/group_change.html", {"form": form, "group": found})


@require_POST
def seat_new(request: ActorRequest, key: str) -> HttpResponse:
    """Give a person a seat."""
    found = _group(request, key)
    check(request.actor, Permission.PLAN_KEEP)
    form = SeatForm(request.POST)
    if form.is_valid():
        try:
            given = actions.seat(request.actor, group=found, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{given.account.name} has a seat in {found.name}.")
            return redirect("group", key)
    return _page(request, found, form)


@require_POST
def seat_end(request: ActorRequest, key: str, seat: str) -> HttpResponse:
    """End a seat today."""
    held = get_object_or_404(_group(request, key).seats.select_related("account"), key=seat)
    actions.end_seat(request.actor, seat=held, last_day=request.actor.today)
    messages.success(request, f"The seat of {held.account.name} ends today.")
    return redirect("group", key)


@require_POST
def standing_items(request: ActorRequest, key: str) -> HttpResponse:
    """Say what stands on every agenda of the group."""
    found = _group(request, key)
    check(request.actor, Permission.PLAN_KEEP)
    form = StandingItemsForm(request.POST)
    if not form.is_valid():
        raise Invalid(" ".join(str(error) for error in form.errors["items"]))
    actions.set_standing_items(request.actor, group=found, items=form.cleaned_data["items"])
    messages.success(request, "The standing items were set.")
    return redirect("group", key)
