"""The rises of a week: counted in one walk over what was seen, and then told for those that are large enough."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ._recess import Recess, is_in_recess, monday_of
from ._values import Kind, Seen, Trend, Week

BACK = 12  # weeks before this one
_ITEMS, _SOURCES = 5, 3
_TIMES_THE_SCATTER = 3
_LEAST_WEEKS = 3  # to know what is usual
_NEW = 5  # phrases that are told
_WEEK = timedelta(days=7)

_Subject = tuple[Kind, str]


class _Item(NamedTuple):
    """An item as it first appeared, with all that any source said of it."""

    key: str
    monday: date
    sources: frozenset[str]
    entities: frozenset[str]
    phrases: frozenset[str]


def find_trends(
    seen: Iterable[Seen],
    *,
    week: date,
    recesses: Iterable[Recess] = (),
    back: int = BACK,
    begun: date | None = None,
) -> tuple[Trend, ...]:
    """What rose in the week of this day, the strongest first. `begun` is the day from which there are items to count;
    without it, that of the earliest item."""
    items = _items(seen)
    if not items:
        return ()
    this = monday_of(week)
    first = monday_of(begun) if begun else min(item.monday for item in items)
    away = tuple(recesses)
    mondays = [this - _WEEK * number for number in range(back, -1, -1)]
    mondays = [monday for monday in mondays if monday >= first]
    recess = {monday: is_in_recess(monday, away) for monday in mondays}
    if len(mondays) <= _LEAST_WEEKS:
        return ()
    now = [item for item in items if item.monday == this]
    before = [item for item in items if mondays[0] <= item.monday < this]
    large = _large(now)
    of_before = _about(large, before)
    found = [
        trend
        for subject, of_now in large.items()
        if (trend := _trend(subject, of_now, of_before[subject], mondays, recess))
    ]
    return tuple(sorted(_without_repeats(found), key=lambda each: (-_strength(each), each.kind, each.subject)))


def _items(seen: Iterable[Seen]) -> list[_Item]:
    """Each item once, in the week in which it first appeared; the order in which it was seen makes no difference."""
    by_key: dict[str, list[Seen]] = defaultdict(list)
    for each in seen:
        by_key[each.item].append(each)
    return [
        _Item(
            key,
            monday_of(min(each.on for each in rows)),
            frozenset(each.source for each in rows),
            frozenset().union(*(each.entities for each in rows)),
            frozenset().union(*(each.phrases for each in rows)),
        )
        for key, rows in sorted(by_key.items())
    ]


def _large(now: Sequence[_Item]) -> dict[_Subject, list[_Item]]:
    """What enough items or enough sources speak of in this week."""
    found: dict[_Subject, list[_Item]] = defaultdict(list)
    for item in now:
        for subject in _subjects(item):
            found[subject].append(item)
    return {
        subject: items
        for subject, items in found.items()
        if len(items) >= _ITEMS or len(frozenset().union(*(item.sources for item in items))) >= _SOURCES
    }


def _about(subjects: Collection[_Subject], items: Sequence[_Item]) -> Mapping[_Subject, Sequence[_Item]]:
    """The items about each of these subjects, in one walk."""
    found: dict[_Subject, list[_Item]] = {subject: [] for subject in subjects}
    for item in items:
        for subject in _subjects(item):
            if subject in found:
                found[subject].append(item)
    return found


def _subjects(item: _Item) -> Iterator[_Subject]:
    yield from (("entity", entity) for entity in item.entities)
    yield from (("phrase", phrase) for phrase in item.phrases)


def _trend(
    subject: _Subject,
    now: Sequence[_Item],
    before: Sequence[_Item],
    mondays: Sequence[date],
    recess: Mapping[date, bool],
) -> Trend | None:
    counts = Counter(item.monday for item in before)
    usual = _usual([(counts[monday], recess[monday]) for monday in mondays[:-1]], recess[mondays[-1]])
    if usual is None or len(now) <= usual + _TIMES_THE_SCATTER * math.sqrt(usual):
        return None
    counts[mondays[-1]] = len(now)
    return Trend(
        subject[1],
        subject[0],
        tuple(sorted(item.key for item in now)),
        tuple(sorted(frozenset().union(*(item.sources for item in now)))),
        usual,
        tuple(Week(monday, counts[monday], recess[monday]) for monday in mondays),
        _new(subject, now, before),
    )


def _usual(weeks: Sequence[tuple[int, bool]], in_recess: bool) -> float | None:
    """The mean of the weeks of the same kind. Where too few recess weeks are known, a recess is held to what is usual
    in a week of sitting; too few weeks of sitting say nothing."""
    alike = [count for count, away in weeks if away == in_recess]
    if in_recess and len(alike) < _LEAST_WEEKS:
        alike = [count for count, away in weeks if not away]
    return sum(alike) / len(alike) if len(alike) >= _LEAST_WEEKS else None


def _new(subject: _Subject, now: Sequence[_Item], before: Sequence[_Item]) -> tuple[str, ...]:
    """Phrases that two or more of its items hold this week and none held before; of one within another, the longer."""
    known = frozenset().union(*(item.phrases for item in before))
    counts = Counter(phrase for item in now for phrase in item.phrases - known)
    shared = [phrase for phrase, count in counts.items() if count > 1 and phrase != subject[1]]
    shared.sort(key=lambda phrase: (-len(phrase.split()), -counts[phrase], phrase))
    kept: list[str] = []
    for phrase in shared:
        if not any(f" {phrase} " in f" {longer} " and counts[longer] == counts[phrase] for longer in kept):
            kept.append(phrase)
    return tuple(sorted(kept, key=lambda phrase: (-counts[phrase], phrase))[:_NEW])


def _without_repeats(found: Sequence[Trend]) -> list[Trend]:
    """One trend for one set of items: an entity before a phrase, a longer phrase before its parts. What the others say
    stands among what is new."""
    kept: dict[tuple[str, ...], Trend] = {}
    for trend in sorted(found, key=lambda each: (each.kind, -len(each.subject), each.subject)):
        kept.setdefault(trend.items, trend)
    entities = [trend for trend in found if trend.kind == "entity"]
    return [*entities, *(trend for trend in kept.values() if trend.kind == "phrase")]


def _strength(trend: Trend) -> float:
    return (len(trend.items) - trend.usual) / math.sqrt(trend.usual + 1)
