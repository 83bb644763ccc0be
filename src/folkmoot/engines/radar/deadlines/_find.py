"""Finds the deadlines of a text: its days, the times beside them, and the words that make them deadlines."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo

from ._clock import END_OF_DAY, LONDON, Clock, clock_after, clock_before
from ._cues import JOINED, MOVED, NOW, ROLLING, WAS_DUE, kind_of
from ._days import Day, Known, days_in
from ._values import Deadline

ROUGH = "the day is not named, so it is approximate"
MOST = 200  # deadlines of one text
SIGHT = 180  # characters of a sentence that are looked at before a date
AFTER_CLOSING = re.compile(r"\b(?:of|from|after)\s+(?:the\s+)?(?:end|consultation|call|clos)", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])|[;\n]")


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day with the time beside it; `opens` and `moved` are the first day of a range."""

    day: Day
    clock: Clock | None
    start: int
    end: int
    opens: date | None = None
    moved: date | None = None


def find_deadlines(
    text: str, *, published: date, holidays: Collection[date] = (), closes: date | None = None
) -> list[Deadline]:
    """The deadlines of a text in the order in which they stand, each with its place in the text.

    `published` is the day on which the text was published: from it "within 12 weeks" is counted, and a day without a
    year is the next that comes. `holidays` are days on which nobody works. `closes` is the day from which "within 12
    weeks of the consultation closing" is counted; without one, it is the closing day that the text itself names.
    """
    found = _found(text, Known(published, holidays, closes))
    closing = next((one.at.date() for one in found if one.kind == "closing" and one.at and not one.approximate), None)
    if closes is None and closing is not None and AFTER_CLOSING.search(text):
        found = _found(text, Known(published, holidays, closing))
    return found[:MOST]


def _found(text: str, known: Known) -> list[Deadline]:
    found = _rolling(text)
    used = 0
    for moment in _joined(text, [_moment(text, day) for day in days_in(text, known)]):
        deadline = _deadline(text, moment, used, known.published)
        if deadline is not None:
            found.append(deadline)
        used = moment.end
    return sorted(found, key=lambda one: (one.start, one.end))


def _rolling(text: str) -> list[Deadline]:
    """Calls without an end, once a sentence."""
    found: list[Deadline] = []
    for match in ROLLING.finditer(text):
        if not found or SENTENCE.search(text, found[-1].end, match.start()):
            found.append(Deadline("rolling", None, *match.span(), 0.8))
    return found


def _moment(text: str, day: Day) -> _Moment:
    before = clock_before(text, day.start)
    if before:
        return _Moment(day, before, before.start, day.end)
    after = None if day.counted else clock_after(text, day.end)
    return _Moment(day, after, day.start, after.end if after else day.end)


def _joined(text: str, moments: list[_Moment]) -> list[_Moment]:
    """Two days that are one: a range is its end, a deadline that was moved is the new one."""
    found: list[_Moment] = []
    for moment in moments:
        earlier = found[-1] if found else None
        if earlier and moment.start < earlier.end:
            continue
        if moment.day.first:
            moved = MOVED.search(text[max(0, moment.start - SIGHT) : moment.start])
            moment = replace(
                moment, moved=moment.day.first if moved else None, opens=None if moved else moment.day.first
            )
        elif earlier and not earlier.day.counted and JOINED.fullmatch(text, earlier.end, moment.start):
            found.pop()
            moment = _range(text, earlier, moment)
        elif earlier and _replaces(text, earlier, moment):
            found.pop()
            moment = replace(moment, moved=earlier.day.on)
        found.append(moment)
    return found


def _range(text: str, first: _Moment, last: _Moment) -> _Moment:
    on = first.day.on
    if not first.day.has_year and last.day.has_year and on > last.day.on:
        on = _in_year(on, last.day.on.year)
    moved = MOVED.search(text[max(0, first.start - SIGHT) : first.start])
    joined = replace(last, start=first.start)
    return replace(joined, moved=on) if moved else replace(joined, opens=on)


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28)) if day.day == 29 and day.month == 2 else day.replace(year=year)


def _replaces(text: str, earlier: _Moment, moment: _Moment) -> bool:
    """ "They were due by the first, but the deadline is now the second"."""
    between = text[earlier.end : moment.start]
    if len(between) > SIGHT or SENTENCE.search(between) or not NOW.search(between):
        return False
    return bool(WAS_DUE.search(text[max(0, earlier.start - SIGHT) : earlier.start]))


def _deadline(text: str, moment: _Moment, used: int, published: date) -> Deadline | None:
    day = moment.day
    before, own, after = _around(text, moment, used)
    ranged = moment.opens is not None or moment.moved is not None
    judged = kind_of(before, after, own, counted=day.counted, ranged=ranged)
    if judged is None or day.on < published:
        return None
    kind, confidence = judged
    clock = moment.clock
    starts = kind in ("meeting", "in-force")
    at = _at(day.on, clock.at if clock else time() if starts else END_OF_DAY, clock.zone if clock else LONDON)
    costs = ((day.approximate, 0.15), (not day.has_year, 0.1), (clock is None, 0.05), (day.doubt, 0.5))
    confidence -= sum(cost for doubtful, cost in costs if doubtful)
    notes = (day.doubt, ROUGH if day.approximate else "", clock.note if clock else "")
    return Deadline(
        kind,
        at,
        moment.start,
        moment.end,
        round(max(confidence, 0.05), 2),
        approximate=day.approximate,
        has_time=clock is not None,
        opens=moment.opens,
        moved_from=moment.moved,
        note="; ".join(note for note in notes if note),
    )


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone)


def _around(text: str, moment: _Moment, used: int) -> tuple[str, str, str]:
    """The sentence before the date, the part of it since the last date, and the sentence after it."""
    since = max(0, moment.start - SIGHT)
    before = text[since : moment.start]
    line = before.rpartition("\n")[2]
    if not line.strip() and "\n" in before:
        # A date that begins a line belongs to the short line above it, as the term of a list does.
        above = before.rstrip().rpartition("\n")[2]
        if len(above) <= 80:
            return above, above, _until(text, moment.end)
    cut = max((found.end() for found in SENTENCE.finditer(before)), default=0)
    before = before[cut:]
    return before, text[max(used, since + cut) : moment.start], _until(text, moment.end)


def _until(text: str, end: int) -> str:
    after = text[end : end + 80]
    found = SENTENCE.search(after)
    return after[: found.start()] if found else after
