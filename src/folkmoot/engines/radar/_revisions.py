"""What changed between two readings of one record, and whether anything did that a person would want to know.

A record is read again and again: in lists that clip its text, in answers that give it whole, after edits in place. The
fingerprint is of what is meaningful; times of indexing, scores and other keys are not.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ._item import Date, Item

LONDON = ZoneInfo("Europe/London")
AHEAD = timedelta(days=1)  # a clock may be wrong, and a zone missing
EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
# Facts that say where a thing stands; the others are kept, but their change is no revision.
TELLING = frozenset(
    (
        *("currentStage.description", "currentHouse", "isDefeated", "Status", "location", "meetinglocation"),
        "moved_to",
        *("answerIsHolding", "answerIsCorrection", "withdrawn", "cancelled", "opens", "closing", "late", "held"),
        *("superseded_by", "organisation_status", "govuk_closed_status", "Location", "in_force"),
    )
)
MAJOR = ("state", "deadlines")
NAMES = {"closing": "Closing date", "release": "Release", "stage": "Sitting", "answer": "Answer", "event": "Event"}
ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")
QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that is no longer what it was. A major change is worth telling by itself."""

    field: str
    before: str
    after: str
    sentence: str
    major: bool


def fingerprint(item: Item) -> str:
    """The same for two readings between which nothing meaningful changed, in whatever order lists came."""
    values = (
        *(_normal(value) for value in (item.title, item.summary, item.text, item.type)),
        item.state,
        sorted(map(_normal, item.organisations)),
        sorted(map(_normal, item.people)),
        sorted(map(_normal, item.topics)),
        sorted(item.supersedes),
        sorted((one.kind, one.at.astimezone(UTC).isoformat(), one.approximate) for one in item.deadlines),
        sorted((name, _normal(value)) for name, value in item.facts if name in TELLING),
    )
    return hashlib.sha256(json.dumps(values, ensure_ascii=True).encode()).hexdigest()


def newest(one: Item, other: Item, *, fetched: tuple[datetime, datetime] | None = None) -> Item:
    """One record out of two readings of it, the same in whichever order they came.

    The reading that was fetched later counts, else the one with the later date: many sources edit in place and leave
    the date as it was. Where a list clipped its text, the whole text that is known already stays.
    """
    if (one.source, one.id) != (other.source, other.id):
        raise ValueError("Two records were taken for one.")
    times = fetched or (EARLIEST, EARLIEST)
    (_, old), (_, new) = sorted(zip(times, (one, other), strict=True), key=lambda pair: (pair[0], *_order(pair[1])))
    known = tuple(sorted({*new.aliases, *old.aliases}))
    new = replace(new, aliases=known) if known != new.aliases else new
    if new.clipped and not old.clipped and _begins(old.text, new.text):
        new = replace(new, text=old.text, summary=new.summary or old.summary, clipped=False)
    return new


def as_seen(item: Item, seen: datetime) -> Item:
    """An item at its first sight: a date of publication that lies ahead, or none at all, becomes that moment."""
    claimed = item.published
    if claimed is not None and claimed <= seen + AHEAD:
        return item
    facts = item.facts if claimed is None else (*item.facts, ("claimed", claimed.isoformat()))
    return replace(item, published=seen, facts=facts)


def differences(old: Item, new: Item) -> list[FieldChange]:
    """What a person would call changed, the moves of deadlines in words."""
    changes = [*_moves(old.deadlines, new.deadlines)]
    if old.state != new.state:
        changes.append(_change("state", old.state, new.state, f"It was {old.state} and is now {new.state}."))
    for field in ("title", "type"):
        before, after = getattr(old, field), getattr(new, field)
        if _normal(before) != _normal(after):
            changes.append(_change(field, before, after, f"The {field} was “{before}” and is now “{after}”."))
    for field in ("summary", "text"):
        before, after = getattr(old, field), getattr(new, field)
        if _normal(before) != _normal(after) and not _only_clipped(before, after, old, new):
            changes.append(_change(field, before, after, f"The {field} was changed."))
    for field in ("organisations", "people", "topics", "supersedes"):
        changes += _lists(field, getattr(old, field), getattr(new, field))
    return changes + _facts(old, new)


def _order(item: Item) -> tuple[datetime, str, bool, int, str]:
    """Of two readings with one date the choice is arbitrary but always the same; a whole text is the better one."""
    rest = fingerprint(replace(item, text="", summary=""))
    return item.updated or item.published or EARLIEST, rest, not item.clipped, len(item.text), item.text


def _only_clipped(before: str, after: str, old: Item, new: Item) -> bool:
    return (new.clipped and _begins(before, after)) or (old.clipped and _begins(after, before))


def _begins(whole: str, clipped: str) -> bool:
    """Whether the second is the first, cut short. A record has several texts, so each is tried."""
    pieces = [ELLIPSIS.sub("", piece) for piece in clipped.split("\n\n")]
    plain = _normal(whole)
    return all(_normal(piece) in plain for piece in pieces)


def _normal(text: str) -> str:
    return " ".join(text.translate(QUOTES).split())


def _change(field: str, before: str, after: str, sentence: str) -> FieldChange:
    return FieldChange(field, before, after, sentence, field in MAJOR)


def _moves(old: Iterable[Date], new: Iterable[Date]) -> list[FieldChange]:
    changes: list[FieldChange] = []
    for kind in sorted({one.kind for one in (*old, *new)}):
        before = {one.at.astimezone(UTC): one for one in old if one.kind == kind}
        after = {one.at.astimezone(UTC): one for one in new if one.kind == kind}
        gone = [before[at] for at in sorted(before.keys() - after.keys())]
        come = [after[at] for at in sorted(after.keys() - before.keys())]
        paired = min(len(gone), len(come))
        changes += [_move(kind, *pair) for pair in zip(gone, come, strict=False)]
        changes += [_new(kind, one) for one in come[paired:]]
        changes += [_dropped(kind, one) for one in gone[paired:]]
    return changes


def _move(kind: str, before: Date, after: Date) -> FieldChange:
    later = after.at > before.at
    verb = ("extended" if later else "brought forward") if kind == "closing" else "moved"
    sentence = f"{_name(kind)} {verb} from {_said(before)} to {_said(after)}."
    return FieldChange("deadlines", before.at.isoformat(), after.at.isoformat(), sentence, True)


def _new(kind: str, one: Date) -> FieldChange:
    return FieldChange("deadlines", "", one.at.isoformat(), f"{_name(kind)} set for {_said(one)}.", True)


def _dropped(kind: str, one: Date) -> FieldChange:
    sentence = f"{_name(kind)} of {_said(one)} is no longer given."
    return FieldChange("deadlines", one.at.isoformat(), "", sentence, True)


def _name(kind: str) -> str:
    return NAMES.get(kind, kind.capitalize())


def _said(one: Date) -> str:
    at = one.at.astimezone(LONDON)
    day = f"{at.day} {at:%B %Y}"
    return day if one.approximate else f"{day}, {at:%H:%M}"


def _lists(field: str, before: tuple[str, ...], after: tuple[str, ...]) -> list[FieldChange]:
    left, right = {_normal(one): one for one in before}, {_normal(one): one for one in after}
    gone = [left[key] for key in sorted(left.keys() - right.keys())]
    come = [right[key] for key in sorted(right.keys() - left.keys())]
    if not gone and not come:
        return []
    said = "; ".join((*(f"added {one}" for one in come), *(f"taken out {one}" for one in gone)))
    return [_change(field, ", ".join(before), ", ".join(after), f"{field.capitalize()}: {said}.")]


def _facts(old: Item, new: Item) -> list[FieldChange]:
    """Facts that a whole answer gives and a list does not are no change."""
    names = sorted({name for name, _ in old.facts} & {name for name, _ in new.facts} & TELLING)
    changes: list[FieldChange] = []
    for name in names:
        before, after = (sorted(value for key, value in item.facts if key == name) for item in (old, new))
        if list(map(_normal, before)) != list(map(_normal, after)):
            was, now = "; ".join(before), "; ".join(after)
            changes.append(_change(name, was, now, f"{name}: it was “{was}” and is now “{now}”."))
    return changes
