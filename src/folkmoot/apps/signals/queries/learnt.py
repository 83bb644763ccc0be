"""What was learnt from the sorting, by watch, as far as a person may see the issues and the signals."""

from dataclasses import dataclass
from typing import Any

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.learnt import missing
from folkmoot.apps.signals.models import Learnt, Signal, Standing, Watch
from folkmoot.apps.signals.queries.inbox import known_to
from folkmoot.engines.radar import learning

EARLIER = 10


@dataclass(frozen=True, slots=True)
class Move:
    """A signal whose score would be another."""

    signal: Signal
    before: int
    after: int
    why: str


@dataclass(frozen=True, slots=True)
class Taught:
    """What a version says of one watch, and what would move for it."""

    issue: Issue
    accepted: int
    dismissed: int
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    over: int
    under: int
    rising: tuple[Move, ...]
    falling: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The version that waits for a review, the one in use, and the ones before."""

    proposed: Learnt | None
    taught: tuple[Taught, ...]
    in_use: Learnt | None
    earlier: tuple[Learnt, ...]
    missing: int  # decisions without which nothing can be learnt


def learnt_for(actor: Actor, key: str) -> Learnt | None:
    found: Learnt | None = Learnt.objects.visible_to(actor).filter(key=key).first()
    return found


def board(actor: Actor) -> Board:
    """All that the page on what was learnt shows."""
    kept = Learnt.objects.visible_to(actor).select_related("made_by", "taken_by")
    proposed = kept.filter(state=Standing.PROPOSED).first()
    return Board(
        proposed,
        _taught(actor, proposed) if proposed else (),
        kept.filter(state=Standing.IN_USE).first(),
        tuple(kept.filter(state=Standing.SET_ASIDE).defer("version", "effect")[:EARLIER]),
        missing(),
    )


def _taught(actor: Actor, proposed: Learnt) -> tuple[Taught, ...]:
    version, effect = learning.from_json(proposed.version), proposed.effect
    watches = Watch.objects.visible_to(actor).filter(issue__in=Issue.objects.visible_to(actor))
    numbers = [move["signal"] for side in ("rising", "falling") for move in effect[side]]
    signals = known_to(actor).in_bulk(numbers)
    return tuple(
        _of_watch(watch, str(watch.pk), version.models[str(watch.pk)], effect, signals)
        for watch in watches.select_related("issue").order_by("issue__title", "pk")
        if str(watch.pk) in version.models
    )


def _of_watch(
    watch: Watch, key: str, model: learning.Model, effect: dict[str, Any], signals: dict[int, Signal]
) -> Taught:
    def moves(side: str) -> tuple[Move, ...]:
        own = (move for move in effect[side] if move["watch"] == key and move["signal"] in signals)
        return tuple(Move(signals[move["signal"]], move["before"], move["after"], move["why"]) for move in own)

    return Taught(
        watch.issue,
        model.accepted,
        model.dismissed,
        model.speaks_for,
        model.speaks_against,
        effect["over"].get(key, 0),
        effect["under"].get(key, 0),
        moves("rising"),
        moves("falling"),
    )
