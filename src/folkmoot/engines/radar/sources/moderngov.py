"""ModernGov, which most councils and combined authorities run: its web service, its RSS, its calendar files.

A meeting is known by its number and the host, since every installation counts for itself.
"""

import re
from dataclasses import replace
from datetime import date, datetime

from lxml import etree

from .._errors import NotThisSource
from .._item import Date, Item, Problem, Reading, State
from . import ical
from ._address import host_of, web
from ._dates import at_hour, read_date
from ._feed import CUT, read_feed
from ._record import BadRecord, each, once
from ._text import any_text, title_text
from ._xml import children, inside, name_of, parse, text
from .rss import items_of

NAME = "moderngov"
DAMAGED = "The answer is damaged; what could be read of it is here."
MEETING = re.compile(r"[?&]MId=\s*(\d+)", re.IGNORECASE)
STATES: dict[str, State] = {"cancelled": "cancelled", "canceled": "cancelled", "withdrawn": "withdrawn"}
UNSURE = ("provisional", "tentative", "to be confirmed", "postponed")
FACTS = (
    *("iswebcast", "agendapublished", "decisionpublished", "minutepublished", "meetingstatus", "meetingroom"),
    *("meetinglocation", "meetingplannedfinishtime", "meetingactualstarttime", "meetingactualfinishtime"),
)
Found = tuple[etree._Element, str]  # a record, and the committee or ward that it stands in


def read(payload: bytes, name: str, around: date | None = None) -> Reading:
    head = payload[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"begin:vcalendar"):
        return _from_calendar(payload, name, around)
    if b"<rss" in head or b"<feed" in head or b"<rdf" in head:
        return _from_feed(payload, name)
    tree = parse(payload)
    records = _records(tree.root)
    whole = records[:-1] if tree.cut else records
    items, problems = each(whole, lambda one: _item(*one, host_of(name)))
    if len(whole) < len(records):
        problems += (Problem(len(records), CUT),)
    return Reading(items, problems, notes=(DAMAGED,) if tree.damaged else ())


def _records(root: etree._Element) -> list[Found]:
    kind = name_of(root)
    if kind == "committees":
        return [(committee, "") for committee in children(root, "committee")]
    if kind == "getmeetings":
        return [
            (meeting, text(committee, "committeetitle"))
            for committee in inside(root, "committee")
            for meeting in inside(committee, "meeting")
        ]
    if kind == "meeting":
        return [(root, _committee_of(root))]
    if kind == "councillorsbyward":
        return [(one, text(ward, "wardtitle")) for ward in inside(root, "ward") for one in inside(ward, "councillor")]
    raise NotThisSource(f"It is XML, but no answer of a ModernGov service: it begins with {kind[:40]}.")


def _committee_of(meeting: etree._Element) -> str:
    """One meeting alone names its committee only on its papers."""
    return next((title for one in inside(meeting, "committeetitle") if (title := text(one))), "")


def _item(record: etree._Element, stands_in: str, host: str) -> Item:
    makers = {"committee": _committee, "meeting": _meeting, "councillor": _councillor}
    return makers[name_of(record)](record, title_text(stands_in), host)


def _key(record: etree._Element, name: str, host: str, kind: str = "") -> str:
    number = text(record, name)
    if not number:
        raise BadRecord(f"{name} is missing.")
    own = f"{kind}:{number}" if kind else number
    return f"{host}/{own}" if host else own


def _meeting(record: etree._Element, committee: str, host: str) -> Item:
    number = text(record, "meetingid")
    status = text(record, "meetingstatus")
    start, has_time = _start(record)
    agenda = list(inside(record, "agendaitem"))
    return Item(
        source=NAME,
        id=_key(record, "meetingid", host),
        url=f"https://{host}/ieListDocuments.aspx?MId={number}" if host else "",
        type="meeting",
        title=f"{committee or 'Meeting'}, {start.day} {start:%B %Y}",
        summary=title_text(text(record, "meetinglocation")),
        text="\n\n".join(block for one in agenda if (block := _agenda(one))),
        organisations=once(host),
        topics=once(committee),
        deadlines=(Date("meeting", start, not has_time or status.lower() in UNSURE),),
        state=STATES.get(status.lower(), "announced"),
        clipped=not agenda,
        full_text_url=f"https://{host}/mgWebService.asmx/GetMeeting?lMeetingId={number}" if host else "",
        facts=(
            *((name, value) for name in FACTS if (value := text(record, name))),
            *(("paper", paper) for one in inside(record, "linkeddoc") if (paper := _paper(one))),
        ),
    )


def _start(record: etree._Element) -> tuple[datetime, bool]:
    day, hour = text(record, "meetingdate"), text(record, "meetingtime")
    stamp = read_date(day)
    if stamp is None:
        raise BadRecord(f"meetingdate is no date: {day[:40]!r}.")
    if not hour:
        return stamp.at, False
    at = at_hour(stamp.at, hour)
    if at is None:
        raise BadRecord(f"meetingtime is no time of day: {hour[:40]!r}.")
    return at, True


def _agenda(one: etree._Element) -> str:
    parts = (text(one, "agendaitemtitle"), text(one, "agendatext"), text(one, "minutesnonemptyhtmlbody"))
    return "\n".join(once(*map(any_text, parts)))


def _paper(one: etree._Element) -> str:
    return " ".join(once(title_text(text(one, "title")), web(text(one, "url"))))


def _committee(record: etree._Element, _: str, host: str) -> Item:
    number = text(record, "committeeid")
    title = title_text(text(record, "committeetitle"))
    if not title:
        raise BadRecord("committeetitle is missing.")
    ended = "true" in (text(record, "committeedeleted").lower(), text(record, "committeeexpired").lower())
    return Item(
        source=NAME,
        id=_key(record, "committeeid", host, "committee"),
        url=f"https://{host}/mgCommitteeDetails.aspx?ID={number}" if host else "",
        type="committee",
        title=title,
        summary=title_text(text(record, "committeecategory")),
        organisations=once(host),
        state="closed" if ended else "published",
    )


def _councillor(record: etree._Element, ward: str, host: str) -> Item:
    name = title_text(text(record, "fullusername"))
    if not name:
        raise BadRecord("fullusername is missing.")
    return Item(
        source=NAME,
        id=_key(record, "councillorid", host, "councillor"),
        url=f"https://{host}/mgUserInfo.aspx?UID={text(record, 'councillorid')}" if host else "",
        type="councillor",
        title=name,
        summary=ward,
        organisations=once(host),
        people=(name,),
        facts=tuple((name_of(one), value) for one in record if (value := text(one)))[:40],
    )


def _from_feed(payload: bytes, name: str) -> Reading:
    feed = read_feed(payload, name)
    items, problems = items_of(feed.entries, NAME)
    return Reading(tuple(_numbered(item, name) for item in items), problems + feed.problems, notes=feed.notes)


def _from_calendar(payload: bytes, name: str, around: date | None) -> Reading:
    reading = ical.read(payload, name, around)
    items = tuple(_numbered(replace(item, source=NAME, type="meeting"), name) for item in reading.items)
    return Reading(items, reading.problems)


def _numbered(item: Item, name: str) -> Item:
    """An entry that leads to a meeting is that meeting, whatever its own id is."""
    found = MEETING.search(item.url)
    host = host_of(name) or host_of(item.url)
    if not found or not host:
        return item
    return replace(item, id=f"{host}/{found[1]}", type="meeting", aliases=once(item.id, *item.aliases))
