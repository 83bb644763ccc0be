"""Any iCalendar file: an event is known by its UID, a changed occurrence by its UID and the time it stands for."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import icalendar

from .._errors import NotThisSource
from .._item import Date, Item, Reading
from ._address import web
from ._calendar import moment_of, occurrences, part_of
from ._record import BadRecord, each, once
from ._text import any_text, clean, one_line, title_text

NAME = "ical"
FACTS = ("LOCATION", "STATUS", "SEQUENCE", "CLASS", "TRANSP", "PRIORITY", "GEO", "CONTACT")


def read(payload: bytes, name: str, around: date | None = None) -> Reading:
    found = list(_events(payload))
    changed = _changed(found)
    items, problems = each(found, lambda event: _item(event, NAME, changed, around))
    return Reading(items, problems)


Event = tuple[Any, bool]  # the component, and whether its calendar is a notice of cancellation


def _events(payload: bytes) -> Iterable[Event]:
    text = _text_of(payload)
    if "BEGIN:VCALENDAR" not in text[:2_000].upper():
        raise NotThisSource("It is no calendar; an iCalendar file begins with BEGIN:VCALENDAR.")
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as problem:
        raise NotThisSource(f"The calendar is damaged or cut short: {one_line(str(problem))[:120]}") from None
    for calendar in calendars:
        cancels = clean(str(calendar.get("METHOD", ""))).upper() == "CANCEL"
        for event in calendar.walk():
            if event.name in ("VEVENT", "VTODO"):
                yield event, cancels


def _text_of(payload: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return payload.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    return payload.decode("latin-1").replace("\x00", "")


def _changed(events: Iterable[Event]) -> dict[str, list[datetime]]:
    """For each UID the occurrences that an event of their own stands for."""
    found: dict[str, list[datetime]] = {}
    for event, _ in events:
        if event.get("RECURRENCE-ID") is not None:
            try:
                moment, _ = moment_of(event.get("RECURRENCE-ID"), "RECURRENCE-ID")
            except BadRecord:
                continue
            found.setdefault(_value(event, "UID"), []).append(moment)
    return found


def _item(found: Event, source: str, changed: dict[str, list[datetime]], around: date | None) -> Item:
    event, cancels = found
    uid = _value(event, "UID")
    if not uid:
        raise BadRecord("The event has no UID, so it could not be known again.")
    for name, problem in getattr(event, "errors", ()):
        if name in ("DTSTART", "DUE", "RRULE", "RECURRENCE-ID"):
            raise BadRecord(f"{name} cannot be read: {one_line(str(problem))[:120]}")
    title = title_text(_value(event, "SUMMARY"))
    stands_for = event.get("RECURRENCE-ID")
    status = _value(event, "STATUS").upper()
    return Item(
        source=source,
        id=uid if stands_for is None else f"{uid} {moment_of(stands_for, 'RECURRENCE-ID')[0].isoformat()}",
        url=web(_value(event, "URL")),
        type="event" if event.name == "VEVENT" else "task",
        title=title or one_line(_value(event, "LOCATION")) or "Event without a title",
        summary=title_text(_value(event, "LOCATION")),
        text=any_text(_value(event, "DESCRIPTION")),
        published=_moment(event, "CREATED"),
        updated=_moment(event, "LAST-MODIFIED"),
        people=once(*_organisers(event)),
        topics=once(*_categories(event)),
        deadlines=_deadlines(event, changed.get(uid, ()) if stands_for is None else (), around, status == "TENTATIVE"),
        state="cancelled" if cancels or status == "CANCELLED" else "announced",
        facts=tuple((name.lower(), value) for name in FACTS if (value := one_line(_value(event, name)))),
    )


def _deadlines(event: Any, changed: Iterable[datetime], around: date | None, tentative: bool) -> tuple[Date, ...]:
    kind, name = ("meeting", "DTSTART") if event.name == "VEVENT" else ("closing", "DUE")
    if event.get(name) is None:
        if event.name == "VEVENT":
            raise BadRecord("DTSTART is missing.")
        return ()
    start, has_time = moment_of(event.get(name), name)
    return tuple(Date(kind, at, tentative or not has_time) for at in occurrences(event, start, changed, around))


def _value(event: Any, name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return ""
    return clean(str(value)).strip()


def _moment(event: Any, name: str) -> datetime | None:
    """A time that is only told; an event does not fall for it."""
    try:
        return moment_of(event.get(name), name)[0]
    except BadRecord:
        return None


def _organisers(event: Any) -> Iterable[str]:
    organiser = event.get("ORGANIZER")
    yield one_line(clean(str((part_of(organiser, "params") or {}).get("CN", ""))))


def _categories(event: Any) -> Iterable[str]:
    value = event.get("CATEGORIES")
    for group in value if isinstance(value, list) else [value]:
        for one in part_of(group, "cats") or ():
            yield title_text(str(one))
