"""Weighs what is new: scores it for each watch with reasons, and folds in what tells the same in nearly the same words.

A signal is weighed when it came, when it said something else, and when a watch was changed; in batches, each in a
transaction of its own, so that a stop in the middle loses one batch at most, which is weighed again.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from folkmoot.apps.issues.models import LIVE
from folkmoot.apps.search.index import reindex
from folkmoot.apps.signals.models import MOST_POINTS, Learnt, Score, Signal, Standing, Watch
from folkmoot.apps.signals.naming import day_of, doubtful_names, linker, named_in
from folkmoot.apps.signals.sameness import fold_same
from folkmoot.engines.radar import learning, scoring

# What is common and what is rare is told by what came in over this time.
BACKGROUND = timedelta(days=90)
MOST_BACKGROUND = 5000
BATCH = 2000
# The engine's points have no upper end; so many of them are a hundred.
FULL = 12.0


def weigh_new(now: datetime) -> str:
    """Weigh whatever waits to be weighed; one sentence on what came of it."""
    waiting = list(Signal.objects.filter(is_weighed=False).order_by("pk").values_list("pk", flat=True))
    if not waiting:
        return "No signal waited to be weighed."
    watches = list(Watch.objects.filter(issue__state__in=LIVE).select_related("issue"))
    background, taught = background_of(watches, now), learning.opinions(version_in_use())
    folded = 0
    for start in range(0, len(waiting), BATCH):
        folded += _weigh(waiting[start : start + BATCH], watches, background, taught, now)
    return f"Weighed {len(waiting)} signals; {folded} told what another one had told."


def version_in_use() -> learning.Version:
    """What was learnt and taken into use; nothing as long as nobody has taken any."""
    kept = Learnt.objects.filter(state=Standing.IN_USE).first()
    return learning.from_json(kept.version) if kept else learning.Version()


def priorities_of(watches: Sequence[Watch]) -> list[scoring.Priority]:
    return [
        scoring.Priority(
            str(watch.pk),
            watch.issue.title,
            tuple(watch.terms),
            tuple(watch.excluded),
            tuple(watch.organisations),
            tuple(watch.places),
        )
        for watch in watches
    ]


def document_of(signal: Signal) -> scoring.Document:
    """What of a signal can speak for it."""
    due = () if signal.closes_at is None else (scoring.Due(signal.closes_kind, signal.closes_at.date()),)
    return scoring.Document(
        str(signal.pk), signal.title, signal.text, signal.summary, tuple(signal.organisations), deadlines=due
    )


def documents_of(signals: Iterable[Signal], watches: Sequence[Watch]) -> list[scoring.Document]:
    """With the places that they speak of, where any are looked out for."""
    if not any(watch.places for watch in watches):
        return [document_of(signal) for signal in signals]
    return [scoring.linked(document_of(signal), linker(), on=day_of(signal)) for signal in signals]


def names_of(watches: Sequence[Watch]) -> Collection[str]:
    """The names of places that only a link decides, where any places are looked out for."""
    return doubtful_names() if any(watch.places for watch in watches) else ()


def background_of(watches: Sequence[Watch], now: datetime) -> scoring.Background:
    lately = Signal.objects.filter(seen_at__gte=now - BACKGROUND).order_by("-seen_at", "pk")[:MOST_BACKGROUND]
    return scoring.survey([document_of(signal) for signal in lately], priorities_of(watches))


@transaction.atomic
def _weigh(
    numbers: Sequence[int],
    watches: Sequence[Watch],
    background: scoring.Background,
    taught: scoring.Learned,
    now: datetime,
) -> int:
    """Weigh one batch; how many were folded into another signal."""
    signals = {signal.pk: signal for signal in Signal.objects.filter(pk__in=numbers)}
    Score.objects.filter(signal__in=numbers).delete()
    rows: list[Score] = []
    by_key = {str(watch.pk): watch for watch in watches}
    scored = scoring.score(
        documents_of(signals.values(), watches),
        priorities_of(watches),
        background=background,
        learned=taught,
        today=now.date(),
        linked_names=names_of(watches),
    )
    for one in scored:
        signal = signals[int(one.id)]
        own = [
            _score(signal, by_key[key], points, one.reasons[key]) for key, points in one.scores.items() if points > 0
        ]
        best = max(own, key=lambda score: (score.points, -score.watch_id), default=None)
        signal.points = round(best.points) if best else 0
        signal.suggested = best.watch.issue if best else None
        rows += own
    Score.objects.bulk_create(rows)
    for signal in signals.values():
        signal.named = named_in(signal)
        signal.is_weighed = True
    Signal.objects.bulk_update(signals.values(), ["points", "suggested", "named", "is_weighed"])
    folded = fold_same(list(signals.values()), now)
    reindex(Signal, numbers)
    return folded


def _score(signal: Signal, watch: Watch, points: float, reasons: Sequence[scoring.Reason]) -> Score:
    """A score out of a hundred, whose reasons add up to it."""
    scale = min(MOST_POINTS / FULL, MOST_POINTS / points)
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for reason in reasons:
        entry = kept.setdefault(
            (reason.part, reason.because), {"part": reason.part, "words": reason.because, "weight": 0.0, "spans": []}
        )
        entry["weight"] += reason.weight * scale
        if reason.span is not None:
            entry["spans"].append([reason.field, *reason.span])
        entry["spans"] += [[each.field, *each.span] for each in reason.evidence]
    ordered = sorted(kept.values(), key=lambda entry: -abs(entry["weight"]))
    return Score(signal=signal, watch=watch, points=points * scale, reasons=ordered)
