"""Learns from what was sorted, and says what that would change: a proposal, which counts only once somebody takes it.

What was accepted speaks for the watch of its issue, what was dismissed against the watch that had suggested it. What
stands on an issue that only named people know teaches nothing, so that no word of it comes out elsewhere.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from folkmoot.apps.access.audience import Audience
from folkmoot.apps.issues.models import LIVE
from folkmoot.apps.signals.models import MOST_POINTS, Learnt, Signal, Sorting, Standing, Step, Watch
from folkmoot.apps.signals.weighing import (
    BACKGROUND,
    FULL,
    MOST_BACKGROUND,
    background_of,
    document_of,
    documents_of,
    names_of,
    priorities_of,
    version_in_use,
)
from folkmoot.engines.radar import learning

# From fewer decisions nothing is learnt that is worth a review.
LEAST_LABELS = 20
# So many moves are kept each way, the greatest first.
MOVES = 20
# From how many points on something is over the bar: from there alerts tell, unless somebody chose otherwise.
BAR_POINTS = 50
SORTED = {Step.ACCEPT: Sorting.ACCEPTED, Step.DISMISS: Sorting.DISMISSED}


def labels() -> list[learning.Label]:
    """What each signal that stands as somebody sorted it says of the watch that it was sorted for."""
    watches = _teaching()
    found = ((signal, _watch_of(watches, *_place(signal))) for signal in _decided().order_by("pk"))
    return [
        learning.Label(document_of(signal), watch, signal.sorting == Sorting.ACCEPTED)
        for signal, watch in found
        if watch is not None
    ]


def missing() -> int:
    """How many decisions are wanting before something can be learnt."""
    watches, decided = _teaching(), _decided().values_list("pk", "sorting", "issue_id", "suggested_id")
    found = sum(_watch_of(watches, sorting, on, told) is not None for _, sorting, on, told in decided)
    return max(LEAST_LABELS - found, 0)


def _teaching() -> dict[int, str]:
    """The watches that may be taught, by issue."""
    watches = Watch.objects.filter(issue__state__in=LIVE).exclude(issue__audience=Audience.PRIVATE)
    return {watch.issue_id: str(watch.pk) for watch in watches}


def _decided() -> QuerySet[Signal]:
    found = Signal.objects.filter(
        sorting__in=SORTED.values(), decisions__step__in=SORTED, decisions__undone_at__isnull=True
    )
    return found.distinct()


def _place(signal: Signal) -> tuple[str, int | None, int | None]:
    return signal.sorting, signal.issue_id, signal.suggested_id


def _watch_of(watches: dict[int, str], sorting: str, issue: int | None, suggested: int | None) -> str | None:
    return watches.get((issue if sorting == Sorting.ACCEPTED else suggested) or 0)


def propose(now: datetime, *, by: int) -> Learnt | None:
    """Learn and keep the proposal in the place of an earlier one; nothing where the last one says the same."""
    told = labels()
    if len(told) < LEAST_LABELS:
        return None
    version = learning.train(told)
    effect = _effect(version, now)
    with transaction.atomic():
        last = Learnt.objects.select_for_update().exclude(state=Standing.SET_ASIDE).order_by("-made_at", "-pk").first()
        if last is not None and last.fingerprint == version.fingerprint:
            return None
        Learnt.objects.filter(state=Standing.PROPOSED).update(state=Standing.SET_ASIDE)
        return Learnt.objects.create(
            made_at=now,
            made_by_id=by,
            version=learning.to_json(version),
            fingerprint=version.fingerprint,
            labels=len(told),
            effect=effect,
        )


def _effect(version: learning.Version, now: datetime) -> dict[str, Any]:
    """What would have moved over the last 90 days against the version in use."""
    watches = list(Watch.objects.filter(issue__state__in=LIVE).select_related("issue"))
    lately = Signal.objects.filter(seen_at__gte=now - BACKGROUND).order_by("-seen_at", "pk")[:MOST_BACKGROUND]
    seen = learning.preview(
        version,
        version_in_use(),
        documents_of(lately, watches),
        priorities_of(watches),
        background=background_of(watches, now),
        bar=FULL * BAR_POINTS / MOST_POINTS,
        today=now.date(),
        linked_names=names_of(watches),
    )
    return {
        "items": seen.items,
        "over": dict(seen.over),
        "under": dict(seen.under),
        "rising": [_move(move) for move in seen.rising[:MOVES]],
        "falling": [_move(move) for move in seen.falling[:MOVES]],
    }


def _move(move: learning.Move) -> dict[str, Any]:
    scale = MOST_POINTS / FULL
    before, after = (round(min(max(points * scale, 0), MOST_POINTS)) for points in (move.before, move.after))
    return {"signal": int(move.id), "watch": move.priority, "before": before, "after": after, "why": move.because}
