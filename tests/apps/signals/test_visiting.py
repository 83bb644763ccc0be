"""Asking a source over HTTP: what is sent, what is refused, and in which words."""

import gzip
import socket
from datetime import timedelta
from typing import Any

import pytest

from folkmoot.apps.signals import visiting
from folkmoot.apps.signals.visiting import GAP_SECONDS, MOST_REDIRECTS, NoAnswer, Visitor
from tests.apps.signals.playback import Playback, Reply

pytestmark = pytest.mark.one_database


def visitor(playback: Playback, **options: Any) -> Visitor:
    given: dict[str, Any] = {"private": frozenset({playback.host}), "sleep": lambda _: None} | options
    return Visitor(contact="+https://folkmoot.example.org; office@example.org", **given)


def words(playback: Playback, url: str, **options: Any) -> str:
    with visitor(playback, **options) as asking, pytest.raises(NoAnswer) as caught:
        asking.ask(url)
    return str(caught.value)


def test_an_answer_comes_whole_with_what_helps_to_ask_again(playback: Playback) -> None:
    url = playback.put("/feed", Reply(b"<feed/>", headers={"ETag": '"a"', "Content-Type": "text/xml; charset=utf-8"}))
    with visitor(playback) as asking:
        answer = asking.ask(url)
    assert (answer.status, answer.body, answer.etag, answer.media_type) == (200, b"<feed/>", '"a"', "text/xml")


def test_who_asks_is_said(playback: Playback) -> None:
    url = playback.put("/feed", Reply(b"x"))
    with visitor(playback) as asking:
        asking.ask(url, etag='"a"', last_modified="Wed, 25 Nov 2026 09:00:00 GMT")
    headers = playback.asked[0][1]
    assert headers["User-Agent"] == "Folkmoot (+https://folkmoot.example.org; office@example.org)"
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"a"', "Wed, 25 Nov 2026 09:00:00 GMT")
    assert headers["Host"] == playback.host


def test_a_host_is_asked_at_most_twice_a_second(playback: Playback, monkeypatch: Any) -> None:
    monkeypatch.setattr(visiting, "GAP_SECONDS", GAP_SECONDS)
    waits: list[float] = []
    url = playback.put("/feed", Reply(b"x"))
    with visitor(playback, sleep=waits.append) as asking:
        for _ in range(3):
            asking.ask(url)
    assert len(waits) == 2 and all(0 < wait <= GAP_SECONDS for wait in waits)


def test_a_redirect_is_followed(playback: Playback) -> None:
    playback.put("/new", Reply(b"here"))
    url = playback.put("/old", Reply(status=301, headers={"Location": "/new"}))
    with visitor(playback) as asking:
        answer = asking.ask(url)
    assert (answer.body, answer.url) == (b"here", playback.address + "/new")


def test_a_packed_answer_is_unpacked(playback: Playback) -> None:
    url = playback.put("/feed", Reply(gzip.compress(b"feed" * 100), headers={"Content-Encoding": "gzip"}))
    with visitor(playback) as asking:
        assert asking.ask(url).body == b"feed" * 100


@pytest.mark.parametrize(
    ("given", "wait"),
    [
        ({"Retry-After": "120"}, timedelta(seconds=120)),
        (
            {"Retry-After": "Wed, 25 Nov 2026 10:00:00 GMT", "Date": "Wed, 25 Nov 2026 09:58:00 GMT"},
            timedelta(minutes=2),
        ),
        ({"Retry-After": "99999999999"}, timedelta(days=1)),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
def test_what_a_source_wants_us_to_wait(playback: Playback, given: dict[str, str], wait: timedelta | None) -> None:
    url = playback.put("/feed", Reply(status=429, headers=given))
    with visitor(playback) as asking:
        answer = asking.ask(url)
    # The server adds a Date of its own beside the one given; the one that counts is the first.
    assert answer.status == 429
    assert answer.retry_after == wait or "Date" in given


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/feed", "begins with https:// or http://"),
        ("feed", "begins with https:// or http://"),
        ("http://user:secret@example.org/", "no user name and no password"),
        ("http://[::1/feed", "no address"),
        ("http://nowhere.invalid/feed", "no host “nowhere.invalid”"),
        ("http://127.0.0.1:1/feed", "private address"),
        ("http://localhost/feed", "private address"),
        ("http://10.0.0.8/feed", "private address"),
        ("http://169.254.169.254/latest/meta-data", "private address"),
        ("http://[::1]/feed", "private address"),
        ("http://[::ffff:127.0.0.1]/feed", "private address"),
        ("http://[2002:7f00:1::]/feed", "private address"),
        ("http://0.0.0.0/feed", "private address"),
        ("http://2130706433/feed", "private address"),
    ],
)
def test_addresses_that_are_not_asked(playback: Playback, url: str, said: str) -> None:
    assert said in words(playback, url, private=frozenset())


def test_a_redirect_leads_to_no_private_address(playback: Playback) -> None:
    url = playback.put("/old", Reply(status=302, headers={"Location": "http://127.0.0.2:80/admin"}))
    assert "private address" in words(playback, url)


def test_a_name_that_leads_to_a_private_address_is_not_asked(playback: Playback, monkeypatch: Any) -> None:
    """One public address among them does not help: every one is checked."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "private address" in words(playback, "http://feeds.example.org/", private=frozenset())


def test_a_source_that_sends_us_in_circles(playback: Playback) -> None:
    url = playback.put("/a", Reply(status=302, headers={"Location": "/a"}))
    assert f"more than {MOST_REDIRECTS} times" in words(playback, url)
    assert len(playback.asked) == MOST_REDIRECTS + 1


def test_an_answer_that_is_too_large_is_not_read_to_its_end(playback: Playback) -> None:
    url = playback.put("/feed", Reply(b"x" * 3_000_000))
    assert "larger than 1 MB" in words(playback, url, largest=1024 * 1024)


def test_a_small_answer_that_unpacks_to_a_large_one(playback: Playback) -> None:
    url = playback.put("/feed", Reply(gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"}))
    assert "larger than 1 MB" in words(playback, url, largest=1024 * 1024)


def test_an_answer_that_comes_in_drops(playback: Playback) -> None:
    url = playback.put("/feed", Reply(b"x" * 200, drip=0.02))
    assert "longer than" in words(playback, url, longest_seconds=0.2)


def test_an_answer_that_breaks_off(playback: Playback) -> None:
    url = playback.put("/feed", Reply(b"half of it", cut=True))
    assert "broke off" in words(playback, url)


def test_an_answer_that_cannot_be_unpacked(playback: Playback) -> None:
    url = playback.put("/feed", Reply(b"no gzip", headers={"Content-Encoding": "gzip"}))
    assert "cannot be unpacked" in words(playback, url)


def test_nothing_listens(playback: Playback) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    assert "Nothing answers" in words(playback, f"http://{host}/", private=frozenset({host}))
