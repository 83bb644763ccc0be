"""What's On in Parliament: events and non-sitting days; and the motions, which the same house lists.

Written from the published OpenAPI descriptions: no recorded answer was at hand.
"""

from datetime import datetime
from typing import Any

from .._errors import NotThisSource
from .._item import Date, Item, Reading, State
from ._address import web
from ._dates import at_hour
from ._record import BadRecord, Record, each, load, must_know, once
from ._text import any_text, one_line, slug, title_text

NAME = "parliament-calendar"
PAGES = "https://whatson.parliament.uk"
MOTIONS = "https://edm.parliament.uk/early-day-motion"
LONG = ("Id", "Description", "Notes", "Committee", "Tags", "Members", "SummarisedDetails", "EventActivities")
ANSWERED = ("PagingInfo", "Response", "StatusCode", "Success", "Errors")


def read(payload: bytes, name: str) -> Reading:
    answer = load(payload)
    if isinstance(answer, dict) and "Success" in answer and "Response" in answer:
        return _motions(answer)
    values = answer if isinstance(answer, list) else [answer]
    records = [value for value in values if isinstance(value, dict)]
    if not isinstance(answer, list) and not records:
        raise NotThisSource("It is no list of events.")
    if any("Houses" in record for record in records):
        values = [event for record in records for event in _of_day(record)]
    must_know(values, _kind, "events of Parliament's calendar")
    items, problems = each(values, _item)
    return Reading(items, problems)


def _motions(answer: dict[str, Any]) -> Reading:
    """The list says of itself, inside an answer of status 200, whether it failed."""
    if answer["Success"] is not True:
        given = answer.get("Errors")
        errors = [one_line(error) for error in given if isinstance(error, str)] if isinstance(given, list) else []
        raise NotThisSource(f"Parliament says that the request failed: {'; '.join(errors)[:200] or 'no reason given'}.")
    response = answer["Response"]
    paging = answer.get("PagingInfo")
    total = paging.get("Total") if isinstance(paging, dict) else None
    items, problems = each(response if isinstance(response, list) else [response], _item)
    return Reading(items, problems, total=total if isinstance(total, int) else None)


def _of_day(day: dict[str, Any]) -> list[Any]:
    houses = day.get("Houses")
    found: list[Any] = []
    for house in houses if isinstance(houses, list) else []:
        if isinstance(house, dict):
            events = house.get("Events")
            found += events if isinstance(events, list) else []
            found += [house["NonSittingPeriod"]] if house.get("NonSittingPeriod") else []
    return found


def _kind(data: dict[str, Any]) -> str:
    if "MotionText" in data or "UINWithAmendmentSuffix" in data:
        return "motion"
    if "AnsweringWhen" in data and "DeadlineWhen" in data:
        return "question-time"
    if "QuestionText" in data and "AnsweringWhen" in data:
        return "oral-question"
    if "Id" in data and "StartDate" in data:
        return "event"
    return ""


def _item(value: Any) -> Item:
    record = Record(value)
    makers = {"motion": _motion, "question-time": _question_time, "oral-question": _oral_question, "event": _event}
    make = makers.get(_kind(record.data))
    if make is None:
        raise BadRecord("It is neither an event nor a motion.")
    return make(record)


def _event(record: Record) -> Item:
    key, start = record.key("Id"), _start(record)
    committee = record.record("Committee")
    house, kind, category = (title_text(record.text(name)) for name in ("House", "Type", "Category"))
    details = title_text(record.text("SummarisedDetails")) or title_text(record.text("Description"))
    body = title_text(committee.text("Description"))
    return Item(
        source=NAME,
        id=key,
        url=f"{PAGES}/event/cal{key}",
        type=slug(kind or category) or "event",
        title=details or ", ".join(once(body, category, kind)) or f"Event {key}",
        summary=", ".join(once(house, category, body, title_text(record.text("Location")))),
        text="\n".join(once(any_text(record.text("Description")), any_text(record.text("Notes")))),
        organisations=once(slug(body)),
        people=once(*(one_line(one.text("Name")) for one in record.records("Members"))),
        topics=once(
            title_text(record.text("BillName")),
            *(title_text(one.text("Description")) for one in record.records("Tags")),
            *(title_text(one.text("Description")) for one in committee.records("Inquiries")),
        ),
        deadlines=(Date("meeting", start, not record.text("StartTime")),) if start else (),
        state="cancelled" if record.moment("CancelledDate") else "announced",
        facts=(*record.rest(*LONG), *(("bill", one) for one in once(web(record.text("BillPageLink"))))),
    )


def _start(record: Record) -> datetime | None:
    """The day and the hour come apart."""
    day, hour = record.moment("StartDate"), record.text("StartTime")
    if day is None or not hour:
        return day
    at = at_hour(day, hour)
    if at is None:
        raise BadRecord(f"StartTime is no time of day: {hour[:40]!r}.")
    return at


def _motion(record: Record) -> Item:
    key = record.key("Id")
    sponsor = record.record("PrimarySponsor")
    status = record.text("Status")
    number = record.text("UINWithAmendmentSuffix") or record.optional_key("UIN")
    amended = record.optional_key("AmendmentToMotionId")
    return Item(
        source=NAME,
        id=f"motion:{key}",
        url=f"{MOTIONS}/{key}",
        type="early-day-motion",
        title=record.title("Title"),
        summary=", ".join(once(f"Motion {number}" if number else "", title_text(status))),
        text=any_text(record.text("MotionText")),
        published=record.moment("DateTabled"),
        updated=record.moment("StatusDate") or record.moment("DateTabled"),
        people=once(one_line(sponsor.text("Name"))),
        topics=once(title_text(record.text("StatutoryInstrumentTitle"))),
        state=_motion_state(status),
        facts=(
            *record.rest("Id", "Title", "MotionText", "PrimarySponsor", "Sponsors"),
            *(("amends", f"motion:{one}") for one in once(amended)),
        ),
    )


def _motion_state(status: str) -> State:
    return "withdrawn" if status.lower() == "withdrawn" else "published"


def _question_time(record: Record) -> Item:
    """When a department answers in the House, and until when questions may be tabled for it."""
    key = record.key("Id")
    bodies = title_text(record.text("AnsweringBodyNames"))
    moments = (("closing", record.moment("DeadlineWhen")), ("event", record.moment("AnsweringWhen")))
    return Item(
        source=NAME,
        id=f"question-time:{key}",
        url="",
        type="oral-question-time",
        title=f"Oral questions: {bodies}" if bodies else f"Oral questions {key}",
        organisations=once(slug(bodies)),
        deadlines=tuple(Date(kind, moment) for kind, moment in moments if moment),
        state="announced",
        facts=record.rest("Id"),
    )


def _oral_question(record: Record) -> Item:
    key, when = record.key("Id"), record.moment("AnsweringWhen")
    text = any_text(record.need("QuestionText"))
    return Item(
        source=NAME,
        id=f"oral-question:{key}",
        url=web(record.text("HansardLink")),
        type="oral-question",
        title=one_line(text)[:200],
        text=text,
        published=record.moment("TabledWhen"),
        organisations=once(slug(record.text("AnsweringBody"))),
        people=once(one_line(record.record("AskingMember").text("Name"))),
        deadlines=(Date("event", when),) if when else (),
        state="withdrawn" if record.moment("RemovedFromToBeAskedWhen") else "announced",
        facts=record.rest("Id", "QuestionText", "AskingMember", "AnsweringMinister"),
    )
