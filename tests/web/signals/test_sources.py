"""The pages of sources: added by pasting an address, seen to do well or badly, changed and paused."""

from typing import Any

import pytest
from django.urls import reverse

from folkmoot.apps.signals.models import Source
from tests.apps.signals import feeds
from tests.apps.signals.playback import Playback, Reply
from tests.apps.signals.world import add, item, read, tell
from tests.cast import MOMENT, Cast
from tests.web.issues.test_issues import page, send

GIVEN = {"name": "Ferry news", "kind": "rss", "every_minutes": "60", "licence": "", "attribution": ""}


def refused(client: Any, where: str, *keys: str, **fields: str) -> str:
    """The page that shows the form again, with what is wrong."""
    response = client.post(reverse(where, args=keys), fields)
    assert response.status_code == 200
    text: str = response.content.decode()
    assert "There is a problem" in text
    return text


def test_an_address_is_pasted_looked_at_and_added(cast: Cast, sign_in_as: Any, playback: Playback) -> None:
    officer = sign_in_as("officer")
    url = playback.put("/feed", feeds.feed(*(feeds.entry(number) for number in range(20))))

    seen = officer.post(reverse("source_new"), {"url": url}).content.decode()

    assert "20 items" in seen and "20 of the last thirty days" in seen and "Ferry timetable 19" in seen
    assert not Source.objects.exists()
    assert "is read within a minute" in send(officer, "source_new", **GIVEN | {"url": url})
    source = Source.objects.get()
    assert read(source).new == 20
    text = page(officer, "source", source.key)
    assert "20 items: 20 new, 0 changed." in text and "Fresh" in text and "Ferry timetable 3" in text


def test_the_licence_of_what_government_and_parliament_publish_is_known(cast: Cast, sign_in_as: Any) -> None:
    line = "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
    source = add(cast, attribution=line, licence="Open Parliament Licence v3.0")
    (signal,) = tell(source, item(1))
    for name, key in (("signal", signal.key), ("source", source.key)):
        assert line in page(sign_in_as("officer"), name, key)
    assert line in sign_in_as("officer").get(reverse("signals_export")).content.decode()


PAGE = b'<html><link rel="alternate" type="application/rss+xml" href="/news.rss"></html>'
WRONG: list[tuple[str, Reply | None, str]] = [
    ("", None, "Paste the address of the source."),
    ("x" * 1001, None, "The address is too long."),
    ("ferries", None, "An address begins with https:// or http://"),
    ("file:///etc/passwd", None, "An address begins with https:// or http://"),
    ("http://169.254.169.254/", None, "private address"),
    ("/page", Reply(b"<html><p>News</p></html>"), "No feed, calendar or list that we can read"),
    ("/page", Reply(PAGE), "paste this address: "),
    ("/gone", Reply(status=404), "nothing at its address any more"),
    ("/wall", Reply(status=403), "does not let us in"),
    ("/fault", Reply(status=500), "a fault of its own"),
    ("/broken", Reply(b"half", cut=True), "broke off"),
    ("/xml", Reply(b"<rss><channel>" + b"<a>" * 3_000), "The feed is damaged"),
]


@pytest.mark.parametrize(("url", "reply", "words"), WRONG)
def test_what_a_wrong_address_gets(
    cast: Cast, sign_in_as: Any, playback: Playback, url: str, reply: Reply | None, words: str
) -> None:
    if reply is not None:
        url = playback.put(url, reply)
    assert words in refused(sign_in_as("officer"), "source_new", url=url)
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Give the source a name."),
        ({"kind": "rumour"}, "Choose one of the list."),
        ({"every_minutes": "1"}, "Choose one of the list."),
        ({"url": "https://news.example.org/feed"}, "This address is read already."),
        ({"name": "Old news"}, "There is a source called Old news already."),
    ],
)
def test_what_a_wrong_source_gets(cast: Cast, sign_in_as: Any, changes: dict[str, str], words: str) -> None:
    add(cast, name="Old news")
    fields = GIVEN | {"url": "https://other.example.org/feed"} | changes
    assert words in refused(sign_in_as("officer"), "source_new", **fields)
    assert Source.objects.count() == 1


def test_a_source_is_changed_paused_resumed_and_read_at_once(cast: Cast, sign_in_as: Any) -> None:
    officer, source = sign_in_as("officer"), add(cast)
    fields = GIVEN | {"name": "Ferries", "attribution": "By the Ferry Board."}
    assert "By the Ferry Board." in send(officer, "source_change", source.key, **fields)
    assert "Paused. What it told stays." in send(officer, "source_pause", source.key)
    assert "paused already" in send(officer, "source_pause", source.key)
    assert "Resume it first" in send(officer, "source_read", source.key)
    assert "from now on" in send(officer, "source_resume", source.key)
    assert "within a minute" in send(officer, "source_read", source.key)
    assert "Give the source a name." in refused(officer, "source_change", source.key)


def test_what_is_wrong_with_a_source_stands_where_people_look(cast: Cast, sign_in_as: Any, playback: Playback) -> None:
    read(add(cast, playback.put("/feed", Reply(status=500))), MOMENT)
    officer = sign_in_as("officer")
    for name in ("radar", "sources"):
        assert "It has a fault of its own (HTTP 500). We try again later." in page(officer, name)
    assert "1 source does not answer as it should" in page(officer, "home")
    assert "No source is in this state." in page(officer, "sources", health="blocked")
    assert "Ferry news" in page(officer, "sources", health="failing", sort="-new")


def test_an_office_looks_at_the_sources_and_keeps_none(cast: Cast, sign_in_as: Any) -> None:
    source, mayor = add(cast), sign_in_as("mayor")
    assert "Ferry news" in page(mayor, "sources") and "Pause" not in page(mayor, "source", source.key)
    assert mayor.get(reverse("source_new")).status_code == 403
    assert mayor.post(reverse("source_pause", args=[source.key])).status_code == 403
