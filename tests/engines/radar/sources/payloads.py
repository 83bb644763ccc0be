"""The made-up payloads by name, and a short way to read one."""

from pathlib import Path

from folkmoot.engines import radar

HOME = Path(__file__).parent / "made_up"
SITE = "https://democracy.example.org/mgWebService.asmx/GetMeetings"

SOURCE_OF = {
    "govuk_search.json": "govuk-search",
    "govuk_consultation.json": "govuk-content",
    "govuk_organisations.json": "govuk-content",
    "govuk_atom_finder.xml": "govuk-atom",
    "govuk_atom_organisation.xml": "govuk-atom",
    "govuk_atom_retired.xml": "govuk-atom",
    "bills.json": "parliament-bills",
    "sittings.json": "parliament-bills",
    "questions.json": "parliament-questions",
    "committee_business.json": "parliament-committees",
    "committee_events.json": "parliament-committees",
    "committee_publications.json": "parliament-committees",
    "members.json": "parliament-members",
    "government_posts.json": "parliament-members",
    "whats_on.json": "parliament-calendar",
    "motions.json": "parliament-calendar",
    "legislation_new.xml": "legislation-atom",
    "moderngov_meetings.xml": "moderngov",
    "moderngov_feed.xml": "moderngov",
    "moderngov_meeting.ics": "moderngov",
    "feed.xml": "rss",
    "calendar.ics": "ical",
}


def payload(name: str) -> bytes:
    return (HOME / name).read_bytes()


def read(name: str, *, address: str = "") -> radar.Reading:
    return radar.read(SOURCE_OF[name], payload(name), name=address or name)


def items(name: str, *, address: str = "") -> dict[str, radar.Item]:
    return {item.id: item for item in read(name, address=address).items}


def dates(item: radar.Item) -> list[str]:
    """`closing 2027-01-29T23:45:00+00:00`, with a ~ where the source is not exact."""
    return [f"{one.kind} {one.at.isoformat()}{' ~' if one.approximate else ''}" for one in item.deadlines]
