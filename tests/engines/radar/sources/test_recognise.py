"""Which source a pasted address is of, by what it answered and by where it lies."""

import pytest
from tests.engines.radar.sources.payloads import SOURCE_OF, payload

from folkmoot.engines import radar

BY_ADDRESS_ONLY = {"sittings.json": "https://bills-api.parliament.uk/api/v1/Sittings"}


@pytest.mark.parametrize("name", SOURCE_OF)
def test_a_payload_is_recognised(name: str) -> None:
    assert radar.recognise(payload(name), BY_ADDRESS_ONLY.get(name, "")) == SOURCE_OF[name]


@pytest.mark.parametrize(
    ("body", "url", "source"),
    [
        (
            b"<html><body>Just a moment...</body></html>",
            "https://democracy.example.org/mgWebService.asmx/GetMeetings",
            None,
        ),
        (b"", "https://www.gov.uk/api/search.json", None),
        (b'{"results": []}', "https://www.gov.uk/api/search.json?q=x", "govuk-search"),
        (
            b'{"items": [], "totalResults": 0}',
            "https://committees-api.parliament.uk/api/Events",
            "parliament-committees",
        ),
        (b"{" * 100_000, "https://www.gov.uk/api/content/x", None),
        (b"\x89PNG\r\n", "https://example.org/x.png", None),
        (b"<rss version='2.0'><channel/></rss>", "https://democracy.example.org/mgRss.aspx?XXR=0", "moderngov"),
        (b"BEGIN:VCALENDAR\r\n", "https://democracy.example.org/mgVCalendar.aspx?EID=1&FMT=ICS", "moderngov"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><rss><channel/></rss>', "https://example.org/feed", "rss"),
    ],
)
def test_by_the_address(body: bytes, url: str, source: str | None) -> None:
    assert radar.recognise(body, url) == source
