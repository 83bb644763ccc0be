"""Reading sources by the clock over real HTTP: what comes in, and what a source’s page says when it does not."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from folkmoot.apps.signals import pulling, visiting
from folkmoot.apps.signals.models import Health, Reading, Signal, Source
from folkmoot.apps.signals.pulling import STOPPED, pull_due
from folkmoot.apps.signals.texts import MOST_TRIES, read_texts
from tests.apps.signals import feeds
from tests.apps.signals.playback import Playback, Reply
from tests.apps.signals.world import add, read
from tests.cast import MOMENT, Cast

HOUR = timedelta(hours=1)
MANY = [feeds.entry(number) for number in range(6)]
WALL = Reply(
    b"<!DOCTYPE html><html><title>Just a moment</title><script>go()</script>", headers={"Content-Type": "text/html"}
)


def test_a_source_is_read_and_says_when_it_is_read_next(cast: Cast, playback: Playback) -> None:
    source = add(cast, playback.put("/feed", feeds.feed(*MANY)))
    reading = read(source)

    assert (reading.good, reading.new, reading.said) == (True, 6, "6 items: 6 new, 0 changed.")
    assert (source.health, source.good_at, source.new_at) == (Health.OK, MOMENT, MOMENT)
    assert source.next_at == MOMENT + HOUR and source.begun_at is None
    assert pull_due(MOMENT + timedelta(minutes=1)) == "No source was due."


def test_nothing_changed_is_asked_for_and_understood(cast: Cast, playback: Playback) -> None:
    """Both marks are kept from the newest answer, a 304 included; but once a day the whole is asked for."""
    stamp = "Tue, 24 Nov 2026 09:00:00 GMT"
    again = Reply(status=304, headers={"ETag": '"b"'})
    source = add(cast, playback.put("/feed", feeds.feed(*MANY, ETag='"a"', Last_Modified=stamp), again))
    read(source)
    reading = read(source, MOMENT + HOUR)
    assert (reading.good, reading.said, source.last_count) == (True, "Nothing has changed.", 6)
    read(source, MOMENT + 2 * HOUR)
    read(source, MOMENT + timedelta(days=2))

    sent = [(headers.get("If-None-Match"), headers.get("If-Modified-Since")) for _, headers in playback.asked]
    assert sent == [(None, None), ('"a"', stamp), ('"b"', stamp), (None, None)]


def test_a_server_that_dates_its_answer_years_ahead_does_not_stand_still(cast: Cast, playback: Playback) -> None:
    source = add(cast, playback.put("/feed", feeds.feed(*MANY, Last_Modified="Tue, 01 Jan 2041 00:00:00 GMT")))
    read(source)
    assert source.last_modified == ""


FAULTS: list[tuple[str, Reply, Health, str]] = [
    ("too often", Reply(status=429, headers={"Retry-After": "7200"}), Health.FAILING, "ask too often (HTTP 429)"),
    ("its fault", Reply(status=500), Health.FAILING, "a fault of its own (HTTP 500)"),
    ("gone", Reply(status=410), Health.FAILING, "nothing at its address any more (HTTP 410)"),
    ("not there", Reply(status=404), Health.FAILING, "nothing at its address any more (HTTP 404)"),
    ("forbidden", Reply(status=403), Health.BLOCKED, "does not let us in (HTTP 403)"),
    ("wrong question", Reply(status=422), Health.FAILING, "does not understand the question (HTTP 422)"),
    ("odd", Reply(status=204), Health.FAILING, "a way that we do not know (HTTP 204)"),
    ("cut off", Reply(feeds.rss(*MANY)[:200], cut=True), Health.FAILING, "broke off"),
    ("bot wall", WALL, Health.BLOCKED, "a wall against robots"),
    ("elsewhere", Reply(status=302, headers={"Location": "http://10.0.0.8/feed"}), Health.FAILING, "private address"),
    ("nothing left", feeds.feed(), Health.FAILING, "held 6 items the last time and none now"),
    ("empty", Reply(b""), Health.FAILING, ""),
    ("no feed", Reply(b'{"a": 1}', headers=feeds.JSON), Health.FAILING, ""),
]


@pytest.mark.parametrize(("reply", "state", "why"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_a_state_in_plain_words_and_takes_nothing_away(
    cast: Cast, playback: Playback, reply: Reply, state: Health, why: str
) -> None:
    source = add(cast, playback.put("/feed", feeds.feed(*MANY), reply, feeds.feed(*MANY, feeds.entry(7))))
    read(source)
    reading = read(source, MOMENT + HOUR)

    assert (reading.good, source.health) == (False, state)
    assert why in source.health_why and source.health_why.endswith(".")
    assert Signal.objects.count() == 6 and not Signal.objects.exclude(state="published").exists()
    # It rests before it is asked again, as long as it wishes; and then all is well again.
    wait = timedelta(hours=2) if reply.status == 429 else timedelta(minutes=5)
    assert source.next_at == MOMENT + HOUR + wait
    assert read(source, source.next_at).new == 1 and source.health == Health.OK and source.health_why == ""


def test_waits_grow_from_fault_to_fault(cast: Cast, playback: Playback) -> None:
    source = add(cast, playback.put("/feed", Reply(status=500)))
    waits = []
    for turn in range(8):
        now = MOMENT + turn * timedelta(days=1)
        read(source, now)
        waits.append((source.next_at - now).total_seconds() / 60)
    assert waits == [5, 10, 20, 40, 80, 160, 320, 360]


def test_a_slow_source_does_not_hold_the_others_up(
    cast: Cast, playback: Playback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting, "LONGEST_SECONDS", 0.2)
    slow = add(cast, playback.put("/slow", Reply(b"x" * 200, drip=0.02)), name="Slow")
    quick = add(cast, playback.put("/feed", feeds.feed(*MANY)))
    pull_due(MOMENT)
    slow.refresh_from_db()
    assert "took longer than" in slow.health_why and quick.readings.get().new == 6


def test_a_source_that_has_been_quiet_for_thrice_its_habit_is_stale(cast: Cast, playback: Playback) -> None:
    source = add(cast, playback.put("/feed", feeds.feed(*MANY)))
    for day in range(5):
        Reading.objects.create(source=source, at=MOMENT + timedelta(days=day), good=True, new=1, said="")
    read(source, MOMENT + timedelta(days=4, hours=1))
    assert source.health == Health.OK
    read(source, MOMENT + timedelta(days=20))
    assert source.health == Health.STALE and "nothing new for 16 days" in source.health_why


def test_a_list_of_many_pages_is_read_to_its_end(cast: Cast, playback: Playback) -> None:
    """Counted on by the announced total, and asked once past it where the total lies."""
    pages = [[feeds.document(number) for number in range(first, first + 3)] for first in (0, 3)]
    for start, documents in enumerate(pages):
        query = "" if start == 0 else "&start=3"
        playback.put(f"/api/search.json?count=3{query}", feeds.search(*documents, total=9))
    playback.put("/api/search.json?count=3&start=6", feeds.search(total=9))
    source = add(cast, playback.address + "/api/search.json?count=3", kind="govuk-search")

    reading = read(source)

    assert (reading.items, reading.new, Signal.objects.count()) == (6, 6, 6)
    assert "It announces 9" in reading.said and len(playback.asked) == 3


def test_a_list_that_never_ends_is_left_after_some_pages(
    cast: Cast, playback: Playback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "MOST_PAGES", 3)
    playback.put("/api/search.json", feeds.search(feeds.document(1), total=10**6))
    reading = read(add(cast, playback.address + "/api/search.json?count=1", kind="govuk-search"))
    assert len(playback.asked) == 3 and reading.new == 1


def test_an_address_may_ask_for_what_is_new_with_an_overlap(cast: Cast, playback: Playback) -> None:
    playback.put("/feed", feeds.feed(*MANY))
    source = add(cast, playback.address + "/feed?from={since}")
    read(source)
    read(source, MOMENT + timedelta(days=10))
    assert [path for path, _ in playback.asked] == ["/feed?from=2026-10-26", "/feed?from=2026-11-18"]


def test_records_that_cannot_be_read_are_told_beside_those_that_can(cast: Cast, playback: Playback) -> None:
    answer = json.loads(feeds.search(feeds.document(1)).body)
    answer["results"].append("no record")
    source = add(cast, playback.put("/api/search.json", Reply(json.dumps(answer).encode())), kind="govuk-search")
    reading = read(source)
    assert reading.good and "1 record in it could not be read." in reading.said
    assert source.health == Health.OK and source.health_why == "1 record in it could not be read."


def test_a_reading_that_stops_the_worker_lets_the_others_go_first(
    cast: Cast, playback: Playback, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = add(cast, playback.put("/bad", feeds.feed(*MANY)), name="Bad")
    good = add(cast, playback.put("/good", feeds.feed(*MANY)), name="Good")

    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pulling, "take", stop)
        with pytest.raises(KeyboardInterrupt):
            pull_due(MOMENT)
    pull_due(MOMENT + timedelta(minutes=1))
    assert good.readings.get().new == 6 and not bad.readings.exists()

    pull_due(MOMENT + 2 * HOUR)
    assert bad.readings.earliest("pk").said == STOPPED
    assert bad.readings.latest("pk").good


def test_a_paused_source_is_not_read(cast: Cast, playback: Playback) -> None:
    source = add(cast, playback.put("/feed", feeds.feed(*MANY)))
    Source.objects.update(is_paused=True)
    assert pull_due(MOMENT) == "No source was due." and not source.readings.exists()


def cut(cast: Cast, playback: Playback, *replies: Reply) -> Signal:
    """A signal whose whole text stands elsewhere."""
    read(add(cast, playback.put("/api/search.json", feeds.search(feeds.document(1))), kind="govuk-search"))
    url = playback.put("/api/content/government/consultations/marrow-sound-1", *replies)
    Signal.objects.update(full_text_url=url, text_at=MOMENT, text_tries=0)
    return Signal.objects.get()


def test_what_a_list_cuts_is_read_in_full(cast: Cast, playback: Playback) -> None:
    signal = cut(cast, playback, feeds.content(1))
    assert read_texts(MOMENT) == "Read 1 of 1 signals in full."
    signal.refresh_from_db()
    assert "Should they be fast?" in signal.text and signal.closes_at == datetime.fromisoformat("2027-01-08T23:45Z")
    assert signal.full_text_url == "" and not signal.revisions.exists()
    assert read_texts(MOMENT + HOUR) == "Nothing waited to be read in full."


@pytest.mark.parametrize(
    ("reply", "again"),
    [
        (Reply(status=500), timedelta(minutes=5)),
        (Reply(status=429, headers={"Retry-After": "3600"}), HOUR),
        (Reply(status=404), None),
        (WALL, None),
    ],
)
def test_a_text_that_cannot_be_had_now_is_asked_for_again_and_one_that_is_not_there_is_not(
    cast: Cast, playback: Playback, reply: Reply, again: timedelta | None
) -> None:
    signal = cut(cast, playback, reply)
    read_texts(MOMENT)
    signal.refresh_from_db()
    assert signal.text_at == (MOMENT + again if again else None) and bool(signal.full_text_url) == bool(again)
    assert signal.summary == "We want views on the crossings."


def test_after_some_tries_a_text_is_given_up(cast: Cast, playback: Playback) -> None:
    signal = cut(cast, playback, Reply(status=500))
    for day in range(MOST_TRIES):
        read_texts(MOMENT + timedelta(days=day))
    signal.refresh_from_db()
    assert signal.full_text_url == "" and read_texts(MOMENT + timedelta(days=9)).startswith("Nothing")
