"""What a source may send that is wrong: each ends in a clear state on the source's page, and nothing is lost."""

from typing import Any

import pytest

from folkmoot.apps.signals import visiting
from folkmoot.apps.signals.models import Health, Revision, Signal
from tests.apps.signals import feeds
from tests.apps.signals.playback import Playback, Reply
from tests.apps.signals.world import add, read
from tests.cast import MOMENT, Cast

GOOD = [feeds.entry(number) for number in range(6)]
WHOLE = feeds.rss(*GOOD)
LATER = MOMENT.replace(hour=12)
LATIN = WHOLE.decode().replace('"1.0"', '"1.0" encoding="iso-8859-1"').replace("quay", "quäy").encode("latin-1")
LYING = WHOLE.decode().replace('"1.0"', '"1.0" encoding="utf-8"').replace("quay", "quäy").encode("latin-1")
GROWING = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'
STATES: list[tuple[str, Reply, Health, str]] = [
    ("cut in the middle", Reply(WHOLE[: len(WHOLE) * 2 // 3]), Health.OK, "could not be read"),
    ("tags that do not close", Reply(WHOLE.replace(b"</title>", b"")), Health.FAILING, "nothing in it can be read"),
    ("a character that XML forbids", Reply(WHOLE.replace(b"quay", b"qu\x0cay")), Health.OK, ""),
    ("no XML at all", Reply(b"\x00\x01\x02" * 100), Health.FAILING, ""),
    (
        "entities that grow",
        Reply(GROWING),
        Health.FAILING,
        "",
    ),
    ("Latin letters as it says", Reply(LATIN), Health.OK, ""),
    ("Latin letters that it calls UTF-8", Reply(LYING), Health.OK, ""),
    ("UTF-16 with its mark", Reply(WHOLE.decode().encode("utf-16")), Health.OK, ""),
    ("a web page", Reply(b"<html><body>News</body></html>"), Health.BLOCKED, "a web page where data was expected"),
    ("JSON", Reply(b"[]", headers=feeds.JSON), Health.FAILING, "It is JSON, not a feed"),
]


@pytest.mark.parametrize(("reply", "state", "why"), [each[1:] for each in STATES], ids=[s[0] for s in STATES])
def test_what_is_wrong_is_a_state_and_nothing_is_lost(
    cast: Cast, playback: Playback, reply: Reply, state: Health, why: str
) -> None:
    source = add(cast, playback.put("/feed", feeds.feed(*GOOD), reply))
    read(source)
    read(source, LATER)
    assert source.health == state and why in source.health_why
    assert Signal.objects.count() == 6 and not Signal.objects.exclude(state="published").exists()
    for signal in Signal.objects.all():
        assert signal.title and "\ufffd" not in signal.title


def test_two_hundred_megabytes_are_not_read(cast: Cast, playback: Playback, monkeypatch: pytest.MonkeyPatch) -> None:
    """Left in the middle: what was sent until then is little more than the limit."""
    monkeypatch.setattr(visiting, "LARGEST", 1024 * 1024)
    source = add(cast, playback.put("/feed", feeds.feed(*GOOD), Reply(b"x", repeat=200 * 1024 * 1024)))
    read(source)
    read(source, LATER)
    assert (source.health, source.health_why) == (Health.FAILING, "Its answer is larger than 1 MB.")
    assert playback.sent < 20 * 1024 * 1024 and Signal.objects.count() == 6


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Fish &amp;amp; boats", "Fish & boats"),
        ("The mayor&amp;#x27;s ferry", "The mayor's ferry"),
        ("<b>Boats</b>", "Boats"),
        ("<script>alert(1)</script>Boats", "Boats"),
        ("", "Boat 1 leaves the quay of the Marrow Sound at another hour from spring onwards."),
        ("x" * 2000, "x" * 500),
    ],
)
def test_titles_are_words(cast: Cast, playback: Playback, title: str, shown: str) -> None:
    read(add(cast, playback.put("/feed", feeds.feed(feeds.entry(1, title=title)))))
    assert Signal.objects.get().title == shown


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("Wed, 08 Jul 2026 09:30:00 BST", "2026-07-08T08:30:00+00:00"),
        ("Wed, 08 Jul 2026 09:30:00 GMT", "2026-07-08T09:30:00+00:00"),
        ("2026-07-08 09:30", "2026-07-08T08:30:00+00:00"),
        ("Tue, 01 Jan 2041 00:00:00 GMT", MOMENT.isoformat()),
        ("yesterday", MOMENT.isoformat()),
        ("", MOMENT.isoformat()),
    ],
)
def test_dates_that_lie(cast: Cast, playback: Playback, told: str, published: str) -> None:
    read(add(cast, playback.put("/feed", feeds.feed(feeds.entry(1, pubDate=told)))))
    signal: Any = Signal.objects.get()
    assert signal.published.timestamp() == MOMENT.fromisoformat(published).timestamp()


def test_ids_that_are_used_again_make_no_revision(cast: Cast, playback: Playback) -> None:
    first = feeds.feed(feeds.entry(1, guid="1"), feeds.entry(2, guid="2"))
    second = feeds.feed(feeds.entry(3, guid="1"), feeds.entry(4, guid="1"))
    source = add(cast, playback.put("/feed", first, second))
    read(source)
    read(source, LATER)
    assert Signal.objects.count() == 4 and not Revision.objects.exists()
