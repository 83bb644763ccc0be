"""Folds what tells the same into one card: one address, one event told by several sources, nearly the same words.

The oldest is the card, and the others stand on it as copies, each with by what it is one. Nothing is deleted; whoever
sorts can take a copy out again, and then it stays a card of its own.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from folkmoot.apps.signals.models import Signal
from folkmoot.engines.radar import duplicates

# How long ago something may have been told to be the same as what comes in now.
SAME_WITHIN = timedelta(days=45)
MOST = 20_000
ALIKE = 0.6
# Titles as short as this are the same by chance: "Council", "Agenda", "Cabinet meeting".
LEAST_WORDS = 4
SAME_ADDRESS, SAME_EVENT = "same address", "same title and date"

Pair = tuple[int, int, str]  # the older, the newer, and by what they are the same


def fold_same(new: Sequence[Signal], now: datetime) -> int:
    """Fold new signals into older ones, or older ones that are no card yet; how many were folded."""
    lately = Signal.objects.filter(seen_at__gte=now - SAME_WITHIN, kept_apart=False, copy_of__isnull=True)
    columns = ("pk", "title", "summary", "text", "url", "closes_at")
    rows = list(lately.order_by("-seen_at", "pk").values_list(*columns)[:MOST])
    numbers = {signal.pk for signal in new}
    found = [*_by_address(rows, numbers), *_by_event(rows, numbers), *_by_words(rows, numbers)]
    return sum(_fold(*pair) for pair in found)


def _by_address(rows: Iterable[tuple[object, ...]], new: set[int]) -> list[Pair]:
    groups: dict[object, list[int]] = {}
    for pk, _, _, _, url, _ in rows:
        if url:
            groups.setdefault(_bare(str(url)), []).append(int(str(pk)))
    return _pairs(groups.values(), new, SAME_ADDRESS)


def _by_event(rows: Iterable[tuple[object, ...]], new: set[int]) -> list[Pair]:
    """The calendar, the committee and the feed tell of one evidence session under one title and one moment."""
    groups: dict[object, list[int]] = {}
    for pk, title, _, _, _, closes_at in rows:
        words = str(title).casefold().split()
        if closes_at and len(words) >= LEAST_WORDS:
            groups.setdefault((*words, closes_at), []).append(int(str(pk)))
    return _pairs(groups.values(), new, SAME_EVENT)


def _by_words(rows: Iterable[tuple[object, ...]], new: set[int]) -> list[Pair]:
    texts = [(str(pk), f"{title}\n{text or summary}") for pk, title, summary, text, _, _ in rows]
    pairs = duplicates.pairs(texts, threshold=ALIKE, new={str(pk) for pk in new})
    return [(*_ordered(int(pair.a), int(pair.b)), f"{pair.similarity:.2f} alike") for pair in pairs]


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _pairs(groups: Iterable[list[int]], new: set[int], why: str) -> list[Pair]:
    return [(min(group), pk, why) for group in groups if new & set(group) for pk in sorted(group) if pk != min(group)]


def _bare(url: str) -> str:
    """An address without what makes no other page of it."""
    return url.partition("#")[0].removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _fold(older: int, newer: int, why: str) -> int:
    """One becomes a copy of the other, unless it was sorted already or the other is a copy by now."""
    if not Signal.objects.filter(pk=older, copy_of__isnull=True).exists():
        return 0
    mine = Signal.objects.filter(pk=newer, copy_of__isnull=True, issue__isnull=True)
    if not mine.update(copy_of=older, copy_why=why):
        return 0
    Signal.objects.filter(copy_of=newer).update(copy_of=older)
    return 1
