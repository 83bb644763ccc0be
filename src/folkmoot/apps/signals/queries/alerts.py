"""What an alert would tell, and how much: one line a signal, with every reason for which it is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.models import Alert, Revision, Score, Signal
from folkmoot.apps.signals.queries.inbox import known_to

LATELY = timedelta(days=30)
MARKED = "an issue that is marked OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Line:
    """One signal, and why it is told."""

    signal: Signal
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """How much an alert would have told over the last thirty days."""

    lines: int
    days: int
    most: int  # on one day


def alert_of(actor: Actor) -> Alert | None:
    """One's own alert."""
    return Alert.objects.filter(account_id=actor.account_id or 0).prefetch_related("issues").first()


def _new(actor: Actor, least_points: int, issues: Iterable[Issue], since: datetime) -> QuerySet[Signal]:
    """Cards that came after a moment and score enough for an issue that is asked for and may be seen."""
    seen = Issue.objects.visible_to(actor)
    wanted = [issue.pk for issue in issues]
    scores = Score.objects.filter(points__gte=least_points, watch__issue__in=seen)
    scores = scores.filter(watch__issue__in=wanted) if wanted else scores
    found = known_to(actor).filter(copy_of__isnull=True, seen_at__gt=since, pk__in=scores.values("signal"))
    told = scores.select_related("watch__issue")
    return found.prefetch_related(Prefetch("scores", told)).order_by("-points", "pk")


def new_lines(actor: Actor, alert: Alert, until: datetime) -> list[Line]:
    """What a digest tells: each signal once, whatever number of issues it scores for."""
    found = _new(actor, alert.least_points, alert.issues.all(), alert.told_to).filter(seen_at__lte=until)
    return [Line(signal, tuple(map(_why, signal.scores.all()))) for signal in found]


def _why(score: Score) -> str:
    """Nothing of a marked issue stands in a mail, and neither what is looked out for on it."""
    issue = score.watch.issue
    if issue.handling == Handling.OFFICIAL_SENSITIVE:
        return MARKED
    words = ", ".join(dict.fromkeys(f"“{reason['words']}”" for reason in score.reasons[:3] if reason["words"]))
    return f"{issue.title}: {words}" if words else issue.title


def pressing_lines(actor: Actor, alert: Alert, until: datetime) -> list[Line]:
    """What is told at once: dates that moved in what was accepted, and any change in what is starred."""
    found = Revision.objects.filter(at__gt=alert.pressing_to, at__lte=until, signal__in=known_to(actor))
    lines: dict[int, Line] = {}
    for revision in found.select_related("signal").order_by("at", "pk"):
        signal = revision.signal
        pressing = [change[3] for change in revision.changes if signal.is_starred or _is_moved(signal, change)]
        if pressing:
            before = lines[signal.pk].reasons if signal.pk in lines else ()
            lines[signal.pk] = Line(signal, (*before, *pressing))
    return list(lines.values())


def _is_moved(signal: Signal, change: list[object]) -> bool:
    return signal.issue_id is not None and change[0] in ("deadlines", "state")


def volume(actor: Actor, *, least_points: int, issues: Iterable[Issue]) -> Volume:
    """What such an alert would have told over the last thirty days."""
    moments = _new(actor, least_points, issues, actor.now - LATELY).values_list("seen_at", flat=True)
    days = [moment.date() for moment in moments]
    return Volume(len(days), len(set(days)), max((days.count(day) for day in set(days)), default=0))
