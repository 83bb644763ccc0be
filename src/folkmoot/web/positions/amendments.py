"""The amendments of a round: look, decide, reply, undo, and make the next version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.positions import actions, states
from folkmoot.apps.positions.models import Amendment, Circulation, Clause, Position, ReturnComment
from folkmoot.apps.positions.models.amendments import Outcome
from folkmoot.apps.positions.queries.amendment_values import (
    UNDECIDED,
    AmendmentTable,
    ClauseTable,
    Filters,
    Progress,
)
from folkmoot.apps.positions.queries.amendments import amendment_table
from folkmoot.apps.positions.queries.common import newest_circulation
from folkmoot.apps.positions.queries.returns import returns_summary
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.numbers import number_in
from folkmoot.web.positions.frame import AMENDMENTS, frame, position_or_404
from folkmoot.web.templating import plural

# The kinds of the progress bar, in the order of the key.
SEGMENTS = (
    (Outcome.TAKEN, "solid"),
    (Outcome.PART, "stripes"),
    (Outcome.NOT, "dots"),
    (Outcome.PARKED, "bars"),
    (UNDECIDED, "dashed"),
)
WAYS = {"tracked": "Word, tracked", "not tracked": "Word, not tracked", "form": "Form"}
PAGE = 50


def circulation_or_404(request: ActorRequest, position: Position) -> Circulation:
    """The newest round of a position; without one there is nothing to decide or to export."""
    circulation = newest_circulation(request.actor, position)
    if circulation is None:
        raise Http404
    return circulation


def _filters(request: HttpRequest) -> Filters:
    get = request.GET.get
    return Filters(
        clause=get("clause", ""),
        office=get("office", ""),
        outcome=get("outcome", ""),
        how=get("how", ""),
        words=get("q", ""),
        free="free" in request.GET,
    )


def _segments(progress: Progress) -> list[tuple[str, int, str]]:
    labels = {**dict(Outcome.choices), UNDECIDED: "Undecided"}
    return [(kind, progress.counts.get(outcome, 0), labels[outcome]) for outcome, kind in SEGMENTS]


@require_GET
def amendments(request: ActorRequest, key: str) -> HttpResponse:
    """The table by clause; `pick` opens one proposal."""
    position = position_or_404(request, key)
    circulation = newest_circulation(request.actor, position)
    context = frame(request, position, AMENDMENTS)
    if circulation is None:
        return render(request, "positions/amendments_none.html", context)
    filters = _filters(request)
    table = amendment_table(request.actor, circulation, filters)
    waiting = [p.key for c in table.shown for p in c.proposals if p.decision is None] if table.may_decide else []
    picked = request.GET.get("pick") or next(iter(waiting), "")
    page = _page(table, request.GET.get("page"), request.GET.get("pick", ""))
    context |= {
        "circulation": circulation,
        "table": table,
        "page": page,
        "filters": filters,
        "segments": _segments(table.progress),
        "picked": picked,
        "chosen": request.GET.get("decision", ""),
        "next_after": _following(waiting, picked),
        "stepper": _stepper(table, filters, page),
        "ways": [("", "Any way"), *WAYS.items()],
        "office_options": [(name, name) for name in table.offices],
        "outcomes": [("", "Any decision"), *Outcome.choices, (UNDECIDED, "Undecided")],
        "may_make_version": table.may_decide and states.allows(position.state, "make the next version"),
        "returns": returns_summary(request.actor, circulation),
        "last_batch": request.session.get(f"batch-{circulation.key}", "") if table.may_decide else "",
    }
    return render(request, "positions/amendments.html", context)


def _page(table: AmendmentTable, number: str | None, pick: str) -> Page[tuple[ClauseTable, ...]]:
    """Whole clauses, with fifty proposals or little more a page; the page that holds the picked proposal."""
    paginator = Paginator(_chunks(table.shown), 1)
    for place, clauses in enumerate(paginator.object_list, start=1):
        if any(proposal.key == pick for clause in clauses for proposal in clause.proposals):
            return paginator.page(place)
    return paginator.get_page(number)


def _chunks(clauses: Iterable[ClauseTable]) -> list[tuple[ClauseTable, ...]]:
    chunks: list[list[ClauseTable]] = [[]]
    for clause in clauses:
        if sum(len(c.items) for c in chunks[-1]) + len(clause.items) > PAGE and chunks[-1]:
            chunks.append([])
        chunks[-1].append(clause)
    return [tuple(chunk) for chunk in chunks]


def _following(waiting: Sequence[str], picked: str) -> str:
    """The undecided proposal after the picked one, the first again after the last."""
    if picked not in waiting:
        return next(iter(waiting), "")
    return waiting[(waiting.index(picked) + 1) % len(waiting)] if len(waiting) > 1 else ""


@dataclass(frozen=True, slots=True)
class Stepper:
    """The clause before and after, for a telephone."""

    before: ClauseTable | None
    place: int
    total: int
    after: ClauseTable | None


def _stepper(table: AmendmentTable, filters: Filters, page: Page[tuple[ClauseTable, ...]]) -> Stepper | None:
    keys = [clause.key for clause in table.clauses]
    shown = [clause.key for clauses in page.object_list for clause in clauses]
    here = filters.clause or next(iter(shown), "")
    if here not in keys:
        return None
    at = keys.index(here)
    return Stepper(
        before=table.clauses[at - 1] if at else None,
        place=at + 1,
        total=len(keys),
        after=table.clauses[at + 1] if at + 1 < len(keys) else None,
    )


def _back(position: Position, request: HttpRequest, pick: str = "", decision: str = "") -> HttpResponse:
    """To the table as it was filtered, at the proposal named."""
    query = request.GET.copy()
    for name, value in (("pick", pick), ("decision", decision)):
        query.pop(name, None)
        if value:
            query[name] = value
    address = reverse("amendments", args=[position.key])
    return redirect(f"{address}?{query.urlencode()}{'#p-' + pick if pick else ''}" if query else address)


def _chosen(request: ActorRequest, circulation: Circulation) -> list[Amendment | ReturnComment]:
    """The amendments and comments that the form names, of those that the person may see."""
    of_round = {"ret__invitation__circulation": circulation}
    amendments = Amendment.objects.visible_to(request.actor).current().filter(**of_round)
    keys = request.POST.getlist("amendment")
    if "all" in request.POST:  # all that the page showed undecided
        keys += [text.partition(":")[0] for text in request.POST.getlist("serial")]
    if "with_group" in request.POST:  # a tick stands for the whole proposal
        groups = amendments.filter(key__in=keys).exclude(group="").values("group")
        keys += amendments.filter(group__in=groups).values_list("key", flat=True)
    comments = ReturnComment.objects.visible_to(request.actor).filter(**of_round, ret__state="submitted")
    return [
        *amendments.filter(key__in=keys).select_related("ret__invitation__circulation"),
        *comments.filter(key__in=request.POST.getlist("comment")).select_related("ret__invitation__circulation"),
    ]


def _serials(request: HttpRequest) -> dict[str, int]:
    """The serials as the page showed them, by key: "serial" fields hold key:number."""
    pairs = (text.partition(":") for text in request.POST.getlist("serial"))
    found = ((key, number_in(number)) for key, _, number in pairs)
    return {key: number for key, number in found if number is not None}


@require_POST
def amendment_decide(request: ActorRequest, key: str) -> HttpResponse:
    """Decide one proposal or all those ticked."""
    position = position_or_404(request, key)
    circulation = circulation_or_404(request, position)
    items = _chosen(request, circulation)
    here = request.POST.get("here", "")
    try:
        batch = actions.decide(
            request.actor,
            items=items,
            outcome=request.POST.get("decision", ""),
            reason=request.POST.get("reason", ""),
            words=request.POST.get("words", ""),
            serials=_serials(request),
        )
    except Invalid as error:
        messages.error(request, str(error))
        return _back(position, request, here, request.POST.get("decision", ""))
    request.session[f"batch-{circulation.key}"] = batch
    label = Outcome(request.POST["decision"]).label.lower()
    messages.success(request, f"{_what(items)} decided: {label}. You can undo it below.")
    return _back(position, request, request.POST.get("next", ""))


def _what(items: Sequence[Amendment | ReturnComment]) -> str:
    offices = sorted({item.ret.invitation.office_name for item in items})
    if len(items) == 1:
        return f"The {'comment' if isinstance(items[0], ReturnComment) else 'amendment'} of {offices[0]} was"
    return f"{len(items)} amendments and comments of {plural(len(offices), 'office')} were"


@require_POST
def decision_undo(request: ActorRequest, key: str) -> HttpResponse:
    """Undo the person's last step, or the one named."""
    position = position_or_404(request, key)
    circulation = circulation_or_404(request, position)
    batch = request.POST.get("batch") or request.session.get(f"batch-{circulation.key}", "")
    undone = actions.undo(request.actor, circulation=circulation, batch=batch)
    request.session.pop(f"batch-{circulation.key}", None)
    messages.success(request, f"{plural(undone, 'decision')} undone.")
    return _back(position, request, request.POST.get("here", ""))


def _amendment_or_404(request: ActorRequest, circulation: Circulation, key: str) -> Amendment:
    found: Amendment | None = (
        Amendment.objects.visible_to(request.actor)
        .filter(ret__invitation__circulation=circulation, key=key)
        .select_related("ret__invitation")
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_POST
def amendment_reply(request: ActorRequest, key: str, amendment: str) -> HttpResponse:
    """Write to the office about its amendment, or back."""
    position = position_or_404(request, key)
    found = _amendment_or_404(request, circulation_or_404(request, position), amendment)
    try:
        actions.reply(request.actor, amendment=found, text=request.POST.get("text", ""))
    except Invalid as error:
        messages.error(request, str(error))
    else:
        reader = found.ret.invitation.office_name if request.actor.in_secretariat else "The secretariat"
        messages.success(request, f"Written. {reader} sees it; no other office does.")
    return _back(position, request, request.POST.get("here", found.key))


@require_POST
def amendment_place(request: ActorRequest, key: str, amendment: str) -> HttpResponse:
    """Put an amendment that found no place under a clause."""
    position = position_or_404(request, key)
    found = _amendment_or_404(request, circulation_or_404(request, position), amendment)
    clause = Clause.objects.filter(position=position, key=request.POST.get("clause", "")).first()
    if clause is None:
        messages.error(request, "Choose the clause under which it goes.")
        return _back(position, request)
    actions.place(request.actor, amendment=found, clause=clause)
    messages.success(request, f"The amendment of {found.ret.invitation.office_name} stands under that clause now.")
    return _back(position, request)


@require_POST
def version_make(request: ActorRequest, key: str) -> HttpResponse:
    """Make the next version from what was taken."""
    position = position_or_404(request, key)
    circulation = circulation_or_404(request, position)
    made = actions.make_next_version(request.actor, circulation=circulation, note=request.POST.get("note", "")[:300])
    text = f"Version {made.version.number} was made from what was taken."
    if made.unplaced:
        text += f" {plural(len(made.unplaced), 'amendment')} found no place in it: see “Cannot place”."
    messages.success(request, text)
    return redirect("position", key=position.key)
