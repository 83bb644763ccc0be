"""The dates that a signal names, and which of them is the one by which somebody must act."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from folkmoot.apps.signals.models import Signal
from folkmoot.engines.radar import Deadline, Item, bank_holidays, deadlines_of

# The kinds of date by which one must act, the first that there is.
ACT_BY = ("closing", "due", "meeting", "stage", "event")
# A date that stands only in words, and not surely, is shown; but nobody plans by it.
SURE = 0.5


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[Any]:
    return bank_holidays((year - 1, year, year + 1, year + 2))


def dates_of(item: Item) -> list[dict[str, Any]]:
    """Every date that an item states or its words name, as a signal keeps them."""
    day = item.published or item.updated
    found = deadlines_of(item, holidays=_holidays(day.year) if day else ())
    return [_kept(one) for one in found if one.at is not None]


def _kept(one: Deadline) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "at": one.at.isoformat() if one.at else "",
        "approximate": one.approximate,
        "has_time": one.has_time,
        "field": one.field,
        "span": [one.start, one.end],
        "confidence": one.confidence,
        "note": one.note,
        "moved_from": one.moved_from.isoformat() if one.moved_from else None,
    }


def set_date(signal: Signal, now: datetime) -> None:
    """Choose the date to act by: of the most pressing kind, the next that is to come, else the last that was."""
    chosen = _chosen(signal.dates, now)
    before = signal.closes_at
    signal.closes_at = datetime.fromisoformat(chosen["at"]) if chosen else None
    signal.closes_kind = chosen["kind"] if chosen else ""
    signal.closes_has_time = bool(chosen and chosen["has_time"])
    # A source that states no hour states a day; only words can be vague about the day itself.
    signal.closes_approximate = bool(chosen and chosen["approximate"] and chosen["field"])
    if signal.closes_at != before:
        signal.told_at = None  # of another date its owner is told again


def _chosen(dates: list[dict[str, Any]], now: datetime) -> dict[str, Any] | None:
    usable = [one for one in dates if one["kind"] in ACT_BY and one["confidence"] >= SURE]
    if not usable:
        return None
    best = min(ACT_BY.index(one["kind"]) for one in usable)
    # What a source states in a field of its own is before what its words say.
    same = [one for one in usable if ACT_BY.index(one["kind"]) == best]
    stated = [one for one in same if not one["field"]] or same
    ordered = sorted(stated, key=lambda one: datetime.fromisoformat(one["at"]))
    return next((one for one in ordered if datetime.fromisoformat(one["at"]) >= now), ordered[-1])
