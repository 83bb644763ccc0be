"""From what a source told to signals: each thing once, however often and in whatever order it is told."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.signals.models import Revision, Signal, SignalName
from folkmoot.apps.signals.taking import take
from folkmoot.engines import radar
from tests.apps.signals import feeds
from tests.apps.signals.world import add, closing, item, tell
from tests.cast import MOMENT, Cast

CLOSES = MOMENT + timedelta(days=44)


def test_what_is_told_becomes_a_signal_with_its_date(cast: Cast) -> None:
    source = add(cast)
    (signal,) = tell(source, item(1, deadlines=closing(CLOSES), state="open"))

    assert (signal.title, signal.state, signal.closes_at) == ("Ferry number 1 over the Marrow Sound", "open", CLOSES)
    assert (signal.closes_kind, signal.closes_has_time, signal.audience) == ("closing", True, "network")
    assert list(signal.sources.all()) == [source]


def test_reading_twice_in_any_order_changes_nothing(cast: Cast) -> None:
    """Three pages, told again and again in other orders, in other cuts: the same signals, and no revision."""
    source, dice = add(cast), random.Random(5)
    told = [item(number) for number in range(30)]
    tell(source, *told)
    before = list(Signal.objects.order_by("pk").values("origin_id", "title", "fingerprint", "published", "seen_at"))
    for turn in range(3):
        dice.shuffle(told)
        cut = dice.randrange(1, 29)
        for part in (told[:cut], told[cut:], told[:5]):
            taken = take(part, source=source, at=MOMENT + timedelta(hours=turn))
            assert (taken.new, taken.changed, taken.same) == (0, 0, len(part))

    assert list(Signal.objects.order_by("pk").values(*before[0])) == before
    assert not Revision.objects.exists() and SignalName.objects.count() == 30


def test_a_moved_date_is_a_revision_that_says_so(cast: Cast) -> None:
    source = add(cast)
    first = item(1, deadlines=closing(CLOSES))
    tell(source, first)
    later = replace(first, deadlines=closing(CLOSES + timedelta(days=14)), updated=MOMENT)
    (signal,) = tell(source, later, at=MOMENT + timedelta(hours=1))

    ((field, _, _, sentence, is_major),) = signal.revisions.get().changes
    assert (field, is_major) == ("deadlines", True) and "extended from 8 January 2027" in sentence
    assert signal.closes_at == CLOSES + timedelta(days=14) and not signal.is_weighed

    # An older answer from a store on the way does not take it back.
    tell(source, replace(first, updated=MOMENT - timedelta(hours=2)), at=MOMENT + timedelta(hours=2))
    signal.refresh_from_db()
    assert signal.closes_at == CLOSES + timedelta(days=14) and signal.revisions.count() == 1


def test_a_stop_in_the_middle_leaves_nothing_half_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    source = add(cast)

    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SignalName.objects, "bulk_create", stop)
        with pytest.raises(KeyboardInterrupt):
            take([item(1), item(2)], source=source, at=MOMENT)
    assert not Signal.objects.exists()
    assert take([item(1), item(2)], source=source, at=MOMENT).new == 2


def test_search_feed_and_page_of_one_document_are_one_signal(cast: Cast) -> None:
    """The poorer answer never takes away what the fuller one told."""
    source = add(cast, kind="govuk-search")
    clipped = radar.read("govuk-search", feeds.search(feeds.document(1)).body, name="x").items
    whole = radar.read("govuk-content", feeds.content(1).body, name="x").items
    for told in (clipped, whole, clipped, whole):
        take(told, source=source, at=MOMENT)

    signal = Signal.objects.get()
    assert "Should they be fast?" in signal.text and signal.origin == "govuk-content"
    assert signal.closes_at is not None and not signal.revisions.exists() and not signal.full_text_url


@pytest.mark.parametrize(
    ("first", "second", "cards"),
    [
        # An id that is used again for something else is another thing.
        ({"guid": "1"}, {"guid": "1"}, 2),
        # A corrected headline at the same address is the same thing.
        ({}, {"title": "Corrected", "link": "https://news.example.org/ferries/1"}, 1),
        # A thing that moved to another address keeps its id and its date.
        ({"guid": "a"}, {"guid": "a", "pubDate": "02 Nov 2026 09:00:00 +0000"}, 1),
        # Encrypted or not, with or without www: one address.
        ({"link": "http://news.example.org/x"}, {"link": "https://news.example.org/x"}, 1),
    ],
)
def test_when_two_entries_are_one_thing(cast: Cast, first: dict[str, str], second: dict[str, str], cards: int) -> None:
    source = add(cast)
    for number, changes in ((1, first), (2, second)):
        reading = radar.read("rss", feeds.rss(feeds.entry(number, **changes)), name=source.url)
        take(reading.items, source=source, at=MOMENT)

    assert Signal.objects.filter(copy_of__isnull=True).count() == cards
    if cards == 2:
        assert not Revision.objects.exists()


def test_every_entry_with_one_id_is_still_every_entry(cast: Cast) -> None:
    source = add(cast)
    reading = radar.read("rss", feeds.rss(*(feeds.entry(n, guid="same") for n in range(10))), name=source.url)
    take(reading.items, source=source, at=MOMENT)
    assert Signal.objects.count() == 10


@pytest.mark.parametrize("told", [None, MOMENT + timedelta(days=400)], ids=["none", "in the future"])
def test_a_date_that_lies_is_not_believed(cast: Cast, told: Any) -> None:
    (signal,) = tell(add(cast), item(1, published=told, updated=None))
    assert signal.published == signal.seen_at == MOMENT


def test_two_feeds_with_the_same_ids_are_not_mixed_up(cast: Cast) -> None:
    one, other = add(cast), add(cast, url="https://other.example.org/feed", name="Other")
    tell(one, item(1, id="1"))
    assert len(tell(other, item(2, id="1"))) == 2


def test_a_page_is_taken_in_few_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    source = add(cast)
    with django_assert_max_num_queries(10):
        take([item(number) for number in range(100)], source=source, at=MOMENT)
    with django_assert_max_num_queries(10):
        take([item(number) for number in range(100)], source=source, at=MOMENT)
