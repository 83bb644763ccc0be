"""The Text tab: a version with what stands beside its clauses, comparisons, downloads, marks, fallbacks and guests."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.access.gate import Invalid, check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.issues.queries.listing import linked_issues
from folkmoot.apps.members import queries as members
from folkmoot.apps.positions import actions, exports, states
from folkmoot.apps.positions.models import Clause, NarrowMark, Position, Version
from folkmoot.apps.positions.queries import text as queries
from folkmoot.apps.positions.queries.common import guests_on, guests_to_invite
from folkmoot.apps.positions.queries.compare import compare
from folkmoot.apps.positions.queries.credits import credits_for
from folkmoot.web.files import download
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.numbers import number_in
from folkmoot.web.positions.draft import version_or_404
from folkmoot.web.positions.forms_text import FallbackForm, GuestForm, NarrowForm
from folkmoot.web.positions.frame import TEXT, frame, position_or_404
from folkmoot.web.templating import plural

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _number(text: str | None) -> int | None:
    """A version's number as an address gives it; 404 for what is none."""
    if not text:
        return None
    if not text.isdecimal() or len(text) > 6:
        raise Http404
    return int(text)


@require_safe
def position(request: ActorRequest, key: str) -> HttpResponse:
    found = position_or_404(request, key)
    actor = request.actor
    number = _number(request.GET.get("version"))
    around = frame(request, found, TEXT)
    known = around["frame"]
    page = queries.text_page(actor, found, known.circulation, number=number, states=known.states)
    if page is None and number is not None:
        raise Http404
    if page and any(clause.fallbacks for clause in page.clauses):
        actions.note_front_or_notes_seen(actor, position=found)
    context = {
        "page": page,
        "issues": linked_issues(actor, found._meta.label_lower, found.key),
        "credits": credits_for(actor, found, page.version) if page and page.is_newest else None,
        "may": _allowed(actor, found),
        "offices": _offices(actor) if actor.in_secretariat and page else [],
        "preview": _preview(request, page.version) if page else None,
    }
    return render(request, "positions/position.html", {**context, **around})


def _allowed(actor: Actor, found: Position) -> dict[str, bool]:
    """Which buttons the page shows."""
    drafts = may(actor, Permission.POSITION_DRAFT)
    circulates = may(actor, Permission.CIRCULATION_OPEN)
    return {
        "draft": drafts and states.allows(found.state, "change the draft"),
        "change": drafts,
        "circulate": circulates and states.allows(found.state, "open a circulation"),
        "withdraw": circulates and states.allows(found.state, "withdraw"),
    }


def _offices(actor: Actor) -> list[tuple[str, str]]:
    return [(member.key, member.name) for member in members.network_members(actor.today)]


def _preview(request: ActorRequest, version: Version) -> queries.Preview | None:
    """The version as the office chosen under “See as” would receive it."""
    office = request.GET.get("as", "")
    if not office or not request.actor.in_secretariat:
        return None
    name = dict(_offices(request.actor)).get(office)
    if name is None:
        raise Http404
    return queries.preview_for(version, office, name)


@require_safe
def version_compare(request: ActorRequest, key: str) -> HttpResponse:
    """Two versions word by word; without a choice, the newest against the one before it."""
    found = position_or_404(request, key)
    versions = queries.versions_for(request.actor, found)
    before, after = _number(request.GET.get("from")), _number(request.GET.get("to"))
    context: dict[str, Any] = {"versions": versions, "comparison": None, "before": None, "after": None}
    if len(versions) > 1:
        after = after or versions[0].number
        before = before or next((v.number for v in versions if v.number < after), versions[-1].number)
        old = version_or_404(request.actor, found, before)
        new = version_or_404(request.actor, found, after)
        context |= {"before": old, "after": new, "comparison": compare(request.actor, old, new)}
    context["all"] = request.GET.get("all") == "yes"
    return render(request, "positions/version_compare.html", {**context, **frame(request, found, TEXT)})


@require_safe
def version_word(request: ActorRequest, key: str, number: int) -> HttpResponse:
    """A version as a Word file: the reader's own copy, or with its changes marked against the version before."""
    found = position_or_404(request, key)
    version = version_or_404(request.actor, found, number)
    if request.GET.get("changes") == "yes":
        data, kind = exports.tracked_copy(request.actor, version), ", changes marked"
    else:
        data, kind = exports.clean_copy(request.actor, version), ""
    if data is None:
        raise Http404
    record_reading(request.actor, found, Channel.FILE)
    return download(data, name=f"{found.handling} {found.title}, version {number}{kind}.docx", media_type=WORD)


def _clause_or_404(found: Position, key: str) -> Clause:
    clause = Clause.objects.filter(position=found, key=key).first()
    if clause is None:
        raise Http404
    return clause


@require_http_methods(["GET", "HEAD", "POST"])
def narrow_add(request: ActorRequest, key: str, clause: str) -> HttpResponse:
    """Keep paragraphs of a clause, in the newest version, to fewer people."""
    found = position_or_404(request, key)
    check(request.actor, Permission.POSITION_DRAFT)
    states.check(found.state, "change the draft")
    versions = queries.versions_for(request.actor, found)
    paragraphs = queries.paragraphs_of(versions[0], request.actor.today) if versions else {}
    chosen = _clause_or_404(found, clause)
    if chosen.pk not in paragraphs:
        raise Http404
    form = NarrowForm(request.POST or None, paragraphs=paragraphs[chosen.pk], offices=_offices(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            actions.narrow_paragraphs(
                request.actor,
                version=versions[0],
                runs=form.runs(),
                audience=form.cleaned_data["audience"],
                offices=form.cleaned_data["offices"],
            )
        except Invalid as error:
            form.add_error(None, str(error))
        else:
            count = plural(len(form.cleaned_data["paragraphs"]), "paragraph")
            messages.success(request, f"{count} will be left out of the other copies. See a copy under “See as”.")
            return redirect("position", found.key)
    clause_text = versions[0].clause_texts.get(clause=chosen)
    context = {"form": form, "clause_text": clause_text}
    return render(request, "positions/narrow_add.html", {**context, **frame(request, found, TEXT)})


@require_POST
def narrow_remove(request: ActorRequest, key: str) -> HttpResponse:
    found = position_or_404(request, key)
    check(request.actor, Permission.POSITION_DRAFT)
    number = number_in(request.POST.get("mark", ""))
    mark = NarrowMark.objects.visible_to(request.actor).filter(version__position=found, pk=number or 0).first()
    if mark is None:
        raise Http404
    actions.widen(request.actor, mark=mark)
    messages.success(request, "The mark was taken off: everybody who may read the document reads these paragraphs.")
    return redirect("position", found.key)


@require_http_methods(["GET", "HEAD", "POST"])
def fallback_add(request: ActorRequest, key: str, clause: str) -> HttpResponse:
    found = position_or_404(request, key)
    check(request.actor, Permission.POSITION_DRAFT)
    chosen = _clause_or_404(found, clause)
    form = FallbackForm(request.POST or None, me=request.actor.account_id)
    if request.method == "POST" and form.is_valid():
        actions.note_fallback(
            request.actor, clause=chosen, words=form.cleaned_data["words"], people=form.cleaned_data["people"]
        )
        messages.success(request, "The fallback was noted. Only the people named on it see that it exists.")
        return redirect("position", found.key)
    context = {"form": form, "clause_text": chosen.texts.order_by("-version__number").first()}
    return render(request, "positions/fallback_add.html", {**context, **frame(request, found, TEXT)})


@require_http_methods(["GET", "HEAD", "POST"])
def position_guests(request: ActorRequest, key: str) -> HttpResponse:
    """Let guests look at this position, or end it."""
    found = position_or_404(request, key)
    check(request.actor, Permission.POSITION_DRAFT)
    if request.method == "POST" and "dismiss" in request.POST:
        guest = guests_on(found).filter(key=request.POST["dismiss"]).first()
        if guest is None:
            raise Http404
        actions.dismiss_guest(request.actor, position=found, guest=guest)
        messages.success(request, f"{guest.name} no longer sees this position.")
        return redirect("position_guests", found.key)
    form = GuestForm(request.POST or None, guests=guests_to_invite(found))
    if request.method == "POST" and form.is_valid():
        guest = form.cleaned_data["guest"]
        actions.invite_guest(request.actor, position=found, guest=guest)
        messages.success(request, f"{guest.name} may look at this position, and at nothing else.")
        return redirect("position_guests", found.key)
    context = {"form": form, "guests": guests_on(found), "others": guests_to_invite(found).exists()}
    return render(request, "positions/position_guests.html", {**context, **frame(request, found, TEXT)})
