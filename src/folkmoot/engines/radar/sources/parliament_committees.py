"""Committees of Parliament: business with its calls for evidence, events, publications, evidence.

A committee may extend a call in place under the same id; a call without an end date is rolling.
"""

from collections.abc import Iterable
from typing import Any

from .._errors import NotThisSource
from .._item import Date, Item, Reading, State
from ._record import BadRecord, Record, each, load, must_know, once, total_of
from ._text import any_text, one_line, slug, title_text

NAME = "parliament-committees"
PAGES = "https://committees.parliament.uk"


def read(payload: bytes, name: str) -> Reading:
    answer = load(payload)
    values = answer.get("items") if isinstance(answer, dict) and "items" in answer else answer
    listed = isinstance(values, list)
    values = values if isinstance(values, list) else [values]
    if not listed and not isinstance(answer, dict):
        raise NotThisSource("It is no answer of the committees' API.")
    must_know(values, _kind, "committee business, event, publication or evidence")
    items, problems = each(values, _item)
    return Reading(items, problems, total=total_of(answer, "totalResults") if isinstance(answer, dict) else None)


def _kind(data: dict[str, Any]) -> str:
    if "openSubmissionPeriods" in data or ("openDate" in data and "title" in data):
        return "business"
    if "submissionType" in data and "startDate" in data:
        return "period"
    if "eventType" in data or "cancelledDate" in data or "eventSource" in data:
        return "event"
    if "publicationStartDate" in data:
        return "publication"
    if "activityId" in data or "witnesses" in data or "submissionId" in data:
        return "evidence"
    if "category" in data and "showOnWebsite" in data:
        return "committee"
    return ""


def _item(value: Any) -> Item:
    record = Record(value)
    makers = {"business": _business, "event": _event, "publication": _publication, "evidence": _evidence}
    makers |= {"committee": _committee, "period": _period}
    make = makers.get(_kind(record.data))
    if make is None:
        raise BadRecord("It is no committee business, event, publication or evidence.")
    return make(record)


def _business(record: Record) -> Item:
    key = record.key("id")
    open_periods, closed_periods = record.records("openSubmissionPeriods"), record.records("closedSubmissionPeriods")
    session = record.record("nextOralEvidenceSession")
    start = session.moment("startDate")
    return Item(
        source=NAME,
        id=key,
        url=f"{PAGES}/work/{key}",
        type=slug(record.record("type").text("name")) or "committee-business",
        title=record.title("title"),
        summary=one_line(any_text(record.text("scope"))),
        text=any_text(record.text("scope")),
        published=record.moment("openDate"),
        updated=record.moment("openDate"),
        organisations=_committees(record),
        deadlines=(
            *_closings([*open_periods, *closed_periods]),
            *((Date("event", start),) if start else ()),
        ),
        clipped="scope" not in record.data,
        full_text_url=f"https://committees-api.parliament.uk/api/CommitteeBusiness/{key}",
        state="open" if open_periods else "closed" if record.moment("closeDate") else _after(closed_periods),
        facts=(*record.rest("id", "title", "scope", "committees"), *_rolling(open_periods)),
    )


def _after(closed_periods: list[Record]) -> State:
    return "closed" if closed_periods else "published"


def _closings(periods: Iterable[Record]) -> tuple[Date, ...]:
    ends = dict.fromkeys(period.moment("endDate") for period in periods)
    return tuple(Date("closing", end) for end in ends if end)


def _rolling(periods: list[Record]) -> tuple[tuple[str, str], ...]:
    facts: list[tuple[str, str]] = []
    if any(period.moment("endDate") is None for period in periods):
        facts.append(("closing", "rolling: the call has no end date"))
    if any(period.flag("allowSubmissionsPastEndDate") for period in periods):
        facts.append(("late", "submissions are taken after the end date"))
    return tuple(facts)


def _period(record: Record) -> Item:
    business = record.record("committeeBusiness")
    parent = business.optional_key("id")
    return Item(
        source=NAME,
        id=f"period:{record.key('id')}",
        url=f"{PAGES}/call-for-evidence/{record.key('id')}",
        type="call-for-evidence",
        title=title_text(business.text("title")) or f"Call for evidence {record.key('id')}",
        summary=title_text(record.text("statusMessage")),
        text="\n\n".join(once(any_text(record.text("description")), any_text(record.text("detail")))),
        published=record.moment("startDate"),
        organisations=_committees(business),
        deadlines=_closings([record]),
        state="open",
        facts=(
            *record.rest("id", "description", "detail", "committeeBusiness"),
            ("business", parent),
            *_rolling([record]),
        ),
    )


def _event(record: Record) -> Item:
    key, start = record.key("id"), record.moment("startDate")
    about = [one.text("title") for one in record.records("committeeBusinesses")]
    kind = record.record("eventType").text("name")
    committees = _committee_names(record)
    named = once(
        title_text(record.text("name")), title_text(record.text("primaryDescription")), *map(title_text, about)
    )
    return Item(
        source=NAME,
        id=f"event:{key}",
        url=f"{PAGES}/event/{key}",
        type=f"committee-event-{slug(kind)}" if kind else "committee-event",
        title=", ".join(named) or ", ".join(once(*committees, title_text(kind))) or f"Event {key}",
        summary=one_line(any_text(record.text("secondaryDescription"))),
        text="\n".join(once(*named, any_text(record.text("secondaryDescription")), *_activities(record))),
        organisations=_committees(record),
        people=once(*_attendees(record)),
        topics=once(*map(title_text, about)),
        deadlines=(Date("meeting", start),) if start else (),
        state="cancelled" if record.moment("cancelledDate") else "announced",
        facts=record.rest(
            "id", "name", "committees", "committeeBusinesses", "activities", "childEvents", "nextActivity"
        ),
    )


def _activities(record: Record) -> list[str]:
    return [
        title_text(one.text("name")) or title_text(one.text("activityType")) for one in record.records("activities")
    ]


def _attendees(record: Record) -> list[str]:
    return [
        one_line(person.text("name"))
        for activity in record.records("activities")
        for person in activity.records("attendees")
    ]


def _publication(record: Record) -> Item:
    key = record.key("id")
    kind = title_text(record.record("type").text("name"))
    documents = [title_text(one.text("title")) for one in record.records("documents")]
    title = title_text(record.text("description")) or ", ".join(once(*documents)) or kind
    if not title:
        raise BadRecord("description, documents and type are all missing.")
    department = record.record("respondingDepartment").text("name")
    return Item(
        source=NAME,
        id=f"publication:{key}",
        url=f"{PAGES}/publications/{key}",
        type=slug(kind) or "committee-publication",
        title=title,
        summary=kind,
        published=record.moment("publicationStartDate"),
        updated=record.moment("publicationStartDate"),
        organisations=once(*_committees(record), slug(department)),
        topics=once(*(title_text(one.text("title")) for one in record.records("businesses"))),
        facts=record.rest("id", "description", "documents", "committee", "businesses", "type"),
    )


def _evidence(record: Record) -> Item:
    """Oral or written evidence: the sitting or submission, with the inquiries that it was given to."""
    key = record.key("id")
    oral = "activityId" in record
    about = [one.text("title") for one in record.records("committeeBusinesses")]
    about += [record.record("committeeBusiness").text("title")]
    titles = once(*map(title_text, about))
    held = record.moment("activityStartDate") or record.moment("meetingDate")
    kind = "oral" if oral else "written"
    people = [one_line(one.text("name")) for one in record.records("witnesses")]
    return Item(
        source=NAME,
        id=f"{kind}-evidence:{key}",
        url=f"{PAGES}/{kind}evidence/{key}/html/",
        type=f"{kind}-evidence",
        title=", ".join(titles) or f"{kind.capitalize()} evidence {key}",
        summary=f"{kind.capitalize()} evidence, {', '.join(_committee_names(record))}".rstrip(", "),
        published=record.moment("publicationDate"),
        updated=record.moment("publicationDate"),
        organisations=_committees(record),
        people=once(*people),
        topics=titles,
        deadlines=(Date("meeting", held),) if held else (),
        full_text_url=f"https://committees-api.parliament.uk/api/{kind.capitalize()}Evidence/{key}",
        facts=record.rest("id", "committees", "committeeBusinesses", "committeeBusiness", "witnesses", "document"),
    )


def _committee(record: Record) -> Item:
    key = record.key("id")
    ended = record.moment("endDate")
    return Item(
        source=NAME,
        id=f"committee:{key}",
        url=f"{PAGES}/committee/{key}",
        type="committee",
        title=record.title("name"),
        summary=title_text(record.text("purpose")),
        published=record.moment("startDate"),
        organisations=once(*(slug(one.text("name")) for one in record.records("scrutinisingDepartments"))),
        state="closed" if ended else "published",
        aliases=once(*(title_text(one.text("name")) for one in record.records("nameHistory"))),
        facts=record.rest("id", "name", "subCommittees", "nameHistory", "scrutinisingDepartments"),
    )


def _committee_names(record: Record) -> tuple[str, ...]:
    listed = [*record.records("committees"), record.record("committee")]
    return once(*(title_text(one.text("name")) for one in listed))


def _committees(record: Record) -> tuple[str, ...]:
    return once(*map(slug, _committee_names(record)))
