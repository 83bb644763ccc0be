"""The sources: how each does, adding one by its address, and letting one rest."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.gate import Conflict, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals import actions
from folkmoot.apps.signals.models import Health, Source
from folkmoot.apps.signals.preview import NotRecognised, Preview, look
from folkmoot.apps.signals.queries import sources as queries
from folkmoot.apps.signals.queries.inbox import sorts
from folkmoot.apps.signals.queries.sources import DEFAULT_SORT, SORTS
from folkmoot.web.forms import saved
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.signals.forms import AddressForm, AddSourceForm, ChangeSourceForm
from folkmoot.web.signals.frame import Trail, form_page, posted


def _source(request: ActorRequest, key: str) -> Source:
    found = queries.source_for(request.actor, key)
    if found is None:
        raise Http404
    return found


def _kept(request: ActorRequest, key: str) -> Source:
    """The source, for whoever keeps the sources."""
    found = _source(request, key)
    check(request.actor, Permission.SOURCE_KEEP)
    return found


@require_safe
def sources_page(request: ActorRequest) -> HttpResponse:
    actor, health, sort = request.actor, request.GET.get("health", ""), request.GET.get("sort", "")
    health = health if health in Health.values else ""
    sort = sort if sort.removeprefix("-") in SORTS else DEFAULT_SORT
    context = {
        "sources": list(queries.sources(actor, health=health, sort=sort)),
        "healths": [("", "All"), *Health.choices],
        "health": health,
        "sort": sort,
        "keeps": queries.keeps_sources(actor),
        "sorts": sorts(actor),
    }
    return render(request, "signals/sources.html", context)


@require_safe
def source_page(request: ActorRequest, key: str) -> HttpResponse:
    actor, source = request.actor, _source(request, key)
    context = {
        "source": source,
        "readings": list(queries.readings(actor, source)),
        "latest": list(queries.latest_of(actor, source)),
        "keeps": queries.keeps_sources(actor),
    }
    return render(request, "signals/source.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def source_new(request: ActorRequest) -> HttpResponse:
    """Paste an address; look at what stands there; say what it is called, and add it."""
    check(request.actor, Permission.SOURCE_KEEP)
    if request.method == "POST" and "name" in request.POST:
        return _add(request)
    form = AddressForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            seen = look(request.actor, form.cleaned_data["url"])
        except NotRecognised as problem:
            form.add_error("url", str(problem))
        else:
            return _offer(request, AddSourceForm(initial=seen.suggested), seen)
    return form_page(
        request,
        form,
        title="Add a source",
        button="Look at it",
        back=reverse("sources"),
        trail=[("Sources", reverse("sources"))],
        lead="You see what stands there, and how much it tells, before anything is kept.",
    )


def _offer(request: ActorRequest, form: AddSourceForm, seen: Preview | None) -> HttpResponse:
    return form_page(
        request,
        form,
        title="Add this source",
        button="Add the source",
        back=reverse("source_new"),
        trail=[("Sources", reverse("sources"))],
        seen=seen,
    )


def _add(request: ActorRequest) -> HttpResponse:
    form = AddSourceForm(request.POST)
    if form.is_valid() and saved(form, lambda: actions.add_source(request.actor, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']} was added. It is read within a minute.")
        return redirect("sources")
    return _offer(request, form, None)


def _change(request: ActorRequest, source: Source, form: ChangeSourceForm) -> None:
    actions.change_source(request.actor, source=source, **form.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
def source_change(request: ActorRequest, key: str) -> HttpResponse:
    source = _kept(request, key)
    form = ChangeSourceForm(posted(request), initial=ChangeSourceForm.of(source))
    if form.is_bound and form.is_valid() and saved(form, lambda: _change(request, source, form)):
        messages.success(request, "Saved.")
        return redirect("source", key=key)
    trail: Trail = [("Sources", reverse("sources")), (source.name, reverse("source", args=[key]))]
    return form_page(
        request, form, title="Change this source", button="Save", back=reverse("source", args=[key]), trail=trail
    )


def _do(request: ActorRequest, key: str, act: Callable[..., object], said: str) -> HttpResponse:
    source = _kept(request, key)
    try:
        act(request.actor, source=source)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("source", key=key)


@require_POST
def source_read(request: ActorRequest, key: str) -> HttpResponse:
    return _do(request, key, actions.read_soon, "It is read at the worker’s next turn, within a minute.")


@require_POST
def source_pause(request: ActorRequest, key: str) -> HttpResponse:
    return _do(request, key, actions.pause_source, "Paused. What it told stays.")


@require_POST
def source_resume(request: ActorRequest, key: str) -> HttpResponse:
    return _do(request, key, actions.resume_source, "It is read again from now on.")
