"""What a source may send instead of what it should, and what each gets: a sentence, or its good records."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.radar.sources.payloads import SOURCE_OF, payload

from folkmoot.engines import radar

JSON_SOURCES = [source for source in radar.SOURCES if source.startswith(("govuk-s", "govuk-c", "parliament"))]
XML_SOURCES = ["govuk-atom", "legislation-atom", "rss", "moderngov"]
PAGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title><script>x()</script></head><body></body></html>"
NOTHING = [b"", b" \n", b"\x00\x01\x02\xff", b"<", b"{", b"[", b"null", b"12", PAGE, b"\xef\xbb\xbf"]
BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">%s]><rss version="2.0"><channel><item>
<title>&z;</title><link>https://a.example/1</link><description>x</description></item></channel></rss>""" % b"".join(
    b'<!ENTITY %s "%s">' % (bytes([98 + at]), b"&%s;" % bytes([97 + at]) * 10) for at in range(25)
)
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><meeting><meetingid>1</meetingid>
<meetingdate>01/02/2027</meetingdate><meetinglocation>&x;</meetinglocation></meeting>"""


def refused(source: str, body: bytes) -> str:
    with pytest.raises(radar.NotThisSource) as caught:
        radar.read(source, body, name="x")
    assert "\n" not in caught.value.reason
    return caught.value.reason


@pytest.mark.parametrize("source", radar.SOURCES)
@pytest.mark.parametrize(
    "body", [b"", b" \n", b"\x00\x01\x02\xff", b"<", b"{", b"[", b"null", b"12", PAGE, b"\xef\xbb\xbf"]
)
def test_what_is_nothing_of_the_kind_is_refused_in_a_sentence(source: str, body: bytes) -> None:
    assert refused(source, body)


@pytest.mark.parametrize("source", JSON_SOURCES)
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b'{"results": [{"title": "x', "It is not JSON (line 1, column 24); it may be cut short, so fetch it again."),
        (b"[" * 100_000, "It is nested too deeply to be an answer of this source."),
        (b'{"items": "\xe9"}', "It is not UTF-8 at byte 12, as JSON must be."),
        (b'{"items": ' + b"9" * 5_000 + b"}", "It holds a number that is too long to be read."),
        (PAGE, "It is a web page or XML, not JSON; check the address, or whether the site refuses us."),
    ],
    ids=["cut short", "nested", "encoding", "number", "page"],
)
def test_bad_json(source: str, body: bytes, sentence: str) -> None:
    assert refused(source, body) == sentence


def test_a_body_of_200_megabytes_is_not_looked_at() -> None:
    assert refused("rss", bytes(200 * 1024 * 1024)) == "It is 200 MB long; the most that is read is 64 MB."


@pytest.mark.parametrize("source", ["rss", "govuk-atom", "legislation-atom", "moderngov"])
def test_entities_are_never_expanded(source: str) -> None:
    try:
        reading = radar.read(source, BOMB, name="x")
    except radar.NotThisSource:
        return
    assert all(len(item.title) < 1_000 for item in reading.items)


def test_a_file_of_this_machine_is_not_read_through_an_entity() -> None:
    (item,) = radar.read("moderngov", OUTSIDE, name="x").items
    assert item.summary == ""


@pytest.mark.parametrize("name", ["feed.xml", "govuk_atom_finder.xml", "legislation_new.xml", "moderngov_meetings.xml"])
def test_a_feed_that_is_cut_short_gives_what_is_whole(name: str) -> None:
    source, whole = SOURCE_OF[name], payload(name)
    end = {"feed.xml": b"</item>", "moderngov_meetings.xml": b"</meeting>"}.get(name, b"</entry>")
    ends = [found.end() for found in re.finditer(re.escape(end), whole)]
    cut = whole[: ends[-1] - len(end) - 8]
    reading = radar.read(source, cut, name="https://a.example/x")
    known = [item.id for item in radar.read(source, whole, name="https://a.example/x").items]
    assert [item.id for item in reading.items] == known[: len(ends) - 1]
    assert reading.problems[-1].sentence == "The feed is cut short inside this entry; fetch it again."


FRENCH = payload("feed.xml").decode().replace("Short", "Écourté")


@pytest.mark.parametrize(
    "body",
    [
        FRENCH.encode("cp1252"),
        FRENCH.replace("utf-8", "windows-1252").encode("cp1252"),
        FRENCH.replace("utf-8", "utf-16").encode("utf-16"),
        FRENCH.encode("utf-8-sig"),
        FRENCH.replace("Éc", "Éc\x0b").encode(),
    ],
    ids=["says UTF-8 and is not", "Windows", "UTF-16", "mark", "control"],
)
def test_encodings_of_a_feed(body: bytes) -> None:
    assert radar.read("rss", body, name="x").items[0].summary == "Écourté…"


def test_a_service_in_windows_letters_is_read() -> None:
    body = payload("moderngov_meetings.xml").replace(b"Board", "Böard".encode("cp1252"))
    assert "Böard" in radar.read("moderngov", body, name="x").items[0].title


def test_bad_records_are_named_by_number_and_the_others_come() -> None:
    answer = json.loads(payload("govuk_search.json"))
    good = answer["results"][0]
    answer["results"] = [good, None, "text", {**good, "title": 7}, {**good, "public_timestamp": "soon"}, good]
    answer["results"].append({**good, "title": float("nan")})
    reading = radar.read("govuk-search", json.dumps(answer).encode(), name="x")
    assert len(reading.items) == 2
    assert [(one.number, one.sentence) for one in reading.problems] == [
        (2, "The record is nothing, where a record is expected."),
        (3, "The record is text, where a record is expected."),
        (4, "title is a number, where text is expected."),
        (5, "public_timestamp is no date: 'soon'."),
        (7, "title is a number, where text is expected."),
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("meetingdate>08/06/2027", "meetingdate>31/02/2027"), "meetingdate is no date: '31/02/2027'."),
        (("meetingtime>2.00 pm", "meetingtime>after lunch"), "meetingtime is no time of day: 'after lunch'."),
        (("meetingid>301<", "meetingid> <"), "meetingid is missing."),
    ],
)
def test_a_bad_meeting_is_named(change: tuple[str, str], sentence: str) -> None:
    body = payload("moderngov_meetings.xml").decode().replace(*change)
    reading = radar.read("moderngov", body.encode(), name="x")
    assert [(one.number, one.sentence) for one in reading.problems] == [(1, sentence)]
    assert len(reading.items) == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("DTSTART:20271345T100000", "DTSTART cannot be read"),
        ("DTSTART:soon", "DTSTART cannot be read"),
        ("SUMMARY:x", "DTSTART is missing."),
        ("DTSTART:00010101T000000Z", "DTSTART is no date that can be."),
    ],
)
def test_a_bad_event_is_named(line: str, sentence: str) -> None:
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", line, "END:VEVENT")
    lines += ("BEGIN:VEVENT", "UID:2", "DTSTART:20270101", "END:VEVENT", "END:VCALENDAR", "")
    body = "\n".join(lines)
    reading = radar.read("ical", body.encode(), name="x")
    assert [item.id for item in reading.items] == ["2"]
    assert reading.problems[0].number == 1
    assert reading.problems[0].sentence.startswith(sentence)


def test_an_address_that_runs_something_is_no_address() -> None:
    body = payload("feed.xml").replace(b"https://news.example.org/no-date", b"javascript:alert(1)")
    reading = radar.read("rss", body, name="x")
    assert all(item.url.startswith("http") for item in reading.items)


NUMBERS = (0, -1, 10**30, 1.5, float("nan"), float("inf"))
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, False, *NUMBERS, "", "x", "\ud800\x00", "9999-12-31", [], [None], [[]], {}, {"a": 1}]
)
JSON_NAMES = [name for name in SOURCE_OF if name.endswith(".json")]
VALUES = {name: json.loads(payload(name)) for name in JSON_NAMES}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_value_of_another_type_gives_a_sentence_and_never_an_exception(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(JSON_NAMES))
    changed = replaced(VALUES[name], data.draw(st.sampled_from(places(VALUES[name]))), data.draw(ODD))
    try:
        reading = radar.read(SOURCE_OF[name], json.dumps(changed).encode(), name="x")
    except radar.NotThisSource as refusal:
        assert refusal.reason
        return
    for item in reading.items:
        json.dumps(radar.item_to_json(item), ensure_ascii=False).encode()
        assert item.id and item.title
        assert all(one.at.utcoffset() is not None for one in item.deadlines)
        radar.fingerprint(item)
        radar.deadlines_of(item)


XML_BODIES = [(source, payload(name)) for name, source in SOURCE_OF.items() if not name.endswith(".json")]


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(XML_BODIES), st.data())
def test_a_damaged_feed_or_calendar_never_breaks_a_reader(body: tuple[str, bytes], data: st.DataObject) -> None:
    source, whole = body
    at = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 40))
    damaged = whole[:at] + data.draw(st.binary(max_size=12)) + whole[at + length :]
    try:
        reading = radar.read(source, damaged, name="https://a.example/x")
    except radar.NotThisSource as refusal:
        assert refusal.reason
        return
    for item in reading.items:
        json.dumps(radar.item_to_json(item), ensure_ascii=False).encode()
        assert item.id and item.title
