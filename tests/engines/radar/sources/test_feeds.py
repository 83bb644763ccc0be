"""RSS, calendars, ModernGov and legislation: addresses as keys, zones that lie, repeats by the wall clock."""

from datetime import date

import pytest
from tests.engines.radar.sources.payloads import SITE, dates, items, payload, read

from folkmoot.engines import radar
from folkmoot.engines.radar.sources._dates import read_date
from folkmoot.engines.radar.sources._text import html_text, title_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 01 Jul 2026 09:30:00 BST", "2026-07-01T09:30:00+01:00"),
        ("Wed, 01 Jul 2026 09:30:00 GMT", "2026-07-01T09:30:00+00:00"),
        ("Wed, 01 Jul 2026 09:30:00 EST", "2026-07-01T09:30:00-05:00"),
        ("Wed, 01 Jul 2026 09:30:00 +0200", "2026-07-01T09:30:00+02:00"),
        ("Wed, 01 Jul 2026 09:30:00", "2026-07-01T09:30:00+01:00"),
        ("Wed, 14 Jan 2026 09:30:00", "2026-01-14T09:30:00+00:00"),
        ("Mon, 01 Jul 2026 09:30:00 BST", "2026-07-01T09:30:00+01:00"),  # it was a Wednesday
        ("1 Jul 26 09:30 UT", "2026-07-01T09:30:00+00:00"),
        ("08/07/2026 09:30", "2026-07-08T09:30:00+01:00"),
        ("08/07/2026", "2026-07-08T00:00:00+01:00"),
        ("20 January 2026 9:30am", "2026-01-20T09:30:00+00:00"),
        ("2026-07-01T09:30:00.1234567", "2026-07-01T09:30:00.123456+01:00"),
        ("2026-07-01T09:30:00Z", "2026-07-01T09:30:00+00:00"),
        ("2026-07-01 09:30:00 +01:00", "2026-07-01T09:30:00+01:00"),
        ("20260701T093000Z", "2026-07-01T09:30:00+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31T23:59:59.9999999", None),
        ("2026-02-30T00:00:00", None),
        ("Wed, 01 Jul 2026 09:30:00 XYZ", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_it_was_meant(text: str, expected: str | None) -> None:
    stamp = read_date(text)
    assert (stamp.at.isoformat() if stamp else None) == expected


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("&amp;amp;#x27;Quoted&amp;amp;#x27;", "'Quoted'"),
        ("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"),
        ("AT&T and <10%", "AT&T and <10%"),
        ("A\u00a0B\u0000C\ud800", "A BC\ufffd"),
        ("two\n lines", "two lines"),
    ],
)
def test_a_title_is_unescaped_to_the_end(written: str, read_as: str) -> None:
    assert title_text(written) == read_as


def test_html_becomes_lines_of_words() -> None:
    html = "<h2>Fares</h2><p>It closes on <strong>4 March</strong>.</p><ul><li>one<li>two</ul><style>x{}</style>"
    html += "<table><tr><td>a</td><td>b</td></tr></table><p>End<br>here"
    assert html_text(html) == "Fares\nIt closes on 4 March.\n\none\ntwo\n\na b\nEnd\nhere"


def test_a_feed_entry_is_known_by_its_address() -> None:
    found = items("feed.xml")
    assert list(found) == [
        "news.example.org/ferries",
        "news.example.org/no-zone",
        "news.example.org/no-date",
        "news.example.org/future",
        "news.example.org/page one",
        "news.example.org/page two",
    ]
    first = found["news.example.org/ferries"]
    assert first.title == "Ferries 'run late'"
    assert first.published and first.published.isoformat() == "2026-07-01T09:30:00+01:00"
    assert first.text == "The whole story, with a link.\nMore."
    assert (first.people, first.topics) == (("Ada Quill",), ("Transport",))
    assert found["news.example.org/no-date"].published is None
    assert found["news.example.org/no-date"].facts == (("enclosure", "https://news.example.org/report.pdf"),)
    (problem,) = read("feed.xml").problems
    assert (problem.number, problem.sentence) == (
        7,
        "The entry has neither a link nor an id, so it could not be known again.",
    )


@pytest.mark.parametrize(
    "change", [(b"ferries-v2-headline", b"ferries-v3"), (b"run late", b"ran late"), (b"https://news", b"http://news")]
)
def test_an_entry_stays_itself_when_its_id_its_title_or_its_scheme_changes(change: tuple[bytes, bytes]) -> None:
    changed = radar.read("rss", payload("feed.xml").replace(*change), name="x").items
    assert [item.id for item in changed] == list(items("feed.xml"))


def test_every_entry_with_one_guid_is_an_entry() -> None:
    body = payload("feed.xml").replace(
        b"<link>https://news.example.org/no-date</link>", b"<link>https://a.example/1</link><guid>x</guid>"
    )
    body = body.replace(
        b"<link>https://news.example.org/future</link>", b"<link>https://a.example/2</link><guid>x</guid>"
    )
    assert {"a.example/1", "a.example/2"} <= {item.id for item in radar.read("rss", body, name="x").items}


def test_a_date_from_the_future_becomes_the_moment_of_first_sight() -> None:
    item = items("feed.xml")["news.example.org/future"]
    (known,) = read("moderngov_feed.xml", address=SITE).items[:1]
    assert known.published
    seen = known.published
    corrected = radar.as_seen(item, seen)
    assert corrected.published == seen
    assert ("claimed", "2049-01-01T00:00:00+00:00") in corrected.facts
    assert radar.as_seen(known, seen) is known


def test_a_calendar_repeats_by_the_wall_clock_without_what_was_excepted_or_moved() -> None:
    found = items("calendar.ics")
    # The clocks go forward on 28 March; 25 March is excepted and 1 April has moved to the second.
    assert dates(found["weekly@example.org"]) == [
        "meeting 2027-03-18T10:00:00+00:00",
        "meeting 2027-04-08T10:00:00+01:00",
    ]
    assert dates(found["weekly@example.org 2027-04-01T10:00:00+01:00"]) == ["meeting 2027-04-02T11:30:00+01:00"]
    assert dates(found["day@example.org"]) == ["meeting 2027-05-06T00:00:00+01:00 ~"]
    assert dates(found["floating@example.org"]) == ["meeting 2027-07-01T09:00:00+01:00 ~"]
    assert dates(found["paris@example.org"]) == ["meeting 2027-07-01T10:00:00+02:00"]
    assert found["paris@example.org"].state == "cancelled"
    assert dates(found["todo@example.org"]) == ["closing 2027-07-01T16:00:00+00:00"]
    assert found["weekly@example.org"].text == (
        "First line\nSecond line which is so long that the file has to fold it over two lines"
    )
    assert [problem.number for problem in read("calendar.ics").problems] == [6]


def calendar(*lines: str) -> bytes:
    inside = ("BEGIN:VEVENT", "UID:x", *lines, "END:VEVENT")
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *inside, "END:VCALENDAR", "")).encode()


def test_what_repeats_for_ever_is_expanded_around_a_day() -> None:
    body = calendar("DTSTART:20100105T100000Z", "RRULE:FREQ=MONTHLY;BYDAY=1TU", "SUMMARY:Monthly")
    (item,) = radar.read("ical", body, name="x", around=date(2027, 3, 1)).items
    assert len(item.deadlines) == 36
    assert (item.deadlines[0].at.year, item.deadlines[-1].at.year) == (2026, 2029)


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;UNTIL=19000101"])
def test_a_rule_that_never_ends_ends(rule: str) -> None:
    reading = radar.read("ical", calendar("DTSTART:20270101T100000Z", f"RRULE:{rule}", "SUMMARY:x"), name="x")
    assert len(reading.items) + len(reading.problems) == 1


def test_a_notice_of_cancellation_cancels() -> None:
    body = calendar("DTSTART:20270101T100000Z", "SUMMARY:x").replace(b"VERSION:2.0", b"METHOD:CANCEL")
    (item,) = radar.read("ical", body, name="x").items
    assert item.state == "cancelled"


def test_moderngov_meetings() -> None:
    found = items("moderngov_meetings.xml", address=SITE)
    assert {key: (dates(one), one.state) for key, one in found.items()} == {
        "democracy.example.org/301": (["meeting 2027-06-08T14:00:00+01:00"], "announced"),
        "democracy.example.org/302": (["meeting 2027-06-09T10:00:00+01:00"], "cancelled"),
        "democracy.example.org/303": (["meeting 2027-06-10T00:00:00+01:00 ~"], "announced"),
    }
    assert found["democracy.example.org/301"].title == "Ferries & Lanes Board, 8 June 2027"


def test_one_meeting_is_one_meeting_in_the_service_the_feed_and_the_calendar() -> None:
    keys = [
        read(name, address=SITE).items[0].id
        for name in ("moderngov_meetings.xml", "moderngov_feed.xml", "moderngov_meeting.ics")
    ]
    assert set(keys) == {"democracy.example.org/301"}


def test_two_hosts_count_for_themselves() -> None:
    here = items("moderngov_meetings.xml", address=SITE)
    there = items("moderngov_meetings.xml", address=SITE.replace("democracy", "council"))
    assert not set(here) & set(there)


def test_legislation() -> None:
    reading = read("legislation_new.xml")
    assert [item.id for item in reading.items] == [
        "http://www.legislation.gov.uk/id/uksi/2026/9001",
        "http://www.legislation.gov.uk/x/published/2026-11-24T09:00:00Z http://www.legislation.gov.uk/id/uksi/2026/9001",
        "http://www.legislation.gov.uk/x/published/2026-11-24T09:00:00Z http://www.legislation.gov.uk/id/ukia/2026/12",
    ]
    order = reading.items[0]
    assert order.url == "http://www.legislation.gov.uk/uksi/2026/9001/made"
    assert order.type == "UnitedKingdomStatutoryInstrument"
    assert (reading.total, reading.next_url) == (1150, "http://www.legislation.gov.uk/uksi/2026/data.feed?page=2")
