"""How long each class of records is kept, what the next run would remove, what past runs removed, and holds."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.records import actions, queries
from folkmoot.apps.records.models import Hold
from folkmoot.web.addresses import address_of
from folkmoot.web.forms import saved
from folkmoot.web.members.forms import posted
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.records.forms import HoldForm, PeriodForm

FORM_METHODS = ["GET", "HEAD", "POST"]
PAGE = 50


@require_safe
def records(request: ActorRequest) -> HttpResponse:
    """Each class with its period, the holds that stand, and the runs."""
    actor = request.actor
    context = {
        "lines": queries.class_lines(actor),
        "holds": list(queries.holds(actor)),
        "page": Paginator(queries.runs(actor), PAGE).get_page(request.GET.get("page")),
        "requests": list(queries.personal_requests(actor)[:PAGE]),
        "address_of": address_of,
    }
    return render(request, "records/records.html", context)


@require_safe
def records_next(request: ActorRequest) -> HttpResponse:
    """What the next run would remove, by table and key."""
    context = {"forecasts": queries.next_run(request.actor), "address_of": address_of}
    return render(request, "records/next.html", context)


@require_http_methods(FORM_METHODS)
def records_period(request: ActorRequest, name: str) -> HttpResponse:
    """Set how long a class is kept."""
    line = next((each for each in queries.class_lines(request.actor) if each.record_class.name == name), None)
    if line is None:
        raise Http404
    record_class = line.record_class
    form = PeriodForm(posted(request), initial={"months": line.months})
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.set_period(request.actor, record_class=record_class, **form.cleaned_data))
    ):
        messages.success(request, f"The period of “{record_class.title}” was set.")
        return redirect("records")
    return render(
        request,
        "records/form.html",
        {
            "form": form,
            "title": record_class.title,
            "lead": f"{record_class.basis} The default is {record_class.months} months.",
            "button_text": "Set the period",
            "back": reverse("records"),
        },
    )


@require_safe
def records_run(request: ActorRequest, key: str) -> HttpResponse:
    """What one run removed."""
    run = queries.runs(request.actor).filter(key=key).first()
    if run is None:
        raise Http404
    counts = list(run.counts.all())
    titles = {count.record_class: count.title for count in counts}
    chosen = request.GET.get("class", "")
    removals = run.removals.filter(record_class=chosen) if chosen in titles else run.removals.all()
    page = Paginator(removals, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "records/run.html", {"run": run, "counts": counts, "titles": titles, "chosen": chosen, "page": page}
    )


@require_http_methods(FORM_METHODS)
def hold_new(request: ActorRequest) -> HttpResponse:
    """Keep a record from removal."""
    check(request.actor, Permission.RECORDS_MANAGE)
    form = HoldForm(posted(request), initial={name: request.GET.get(name, "")[:260] for name in ("table", "key")})
    if (
        request.method == "POST"
        and form.is_valid()
        and saved(form, lambda: actions.place_hold(request.actor, **form.cleaned_data))
    ):
        messages.success(request, "The record is on hold.")
        return redirect("records")
    context = {"form": form, "title": "Put a record on hold", "button_text": "Put it on hold"}
    lead = "A record on hold is not removed, whatever its period, until the hold is lifted."
    return render(request, "records/form.html", {**context, "lead": lead, "back": reverse("records")})


@require_POST
def hold_lift(request: ActorRequest, key: str) -> HttpResponse:
    """Let a record go by its period again."""
    check(request.actor, Permission.RECORDS_MANAGE)
    hold = Hold.objects.filter(key=key).first()
    if hold is None:
        raise Http404
    actions.lift_hold(request.actor, hold=hold)
    messages.success(request, "The hold was lifted.")
    return redirect("records")
