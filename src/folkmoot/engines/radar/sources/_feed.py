"""RSS and Atom as they are found: feedparser reads the form, this module the dates, the ids, and the words."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import feedparser

from .._errors import NotThisSource
from .._item import Problem
from ._address import web
from ._dates import read_date
from ._record import once
from ._text import any_text, clean, title_text
from ._xml import as_utf8, is_whole

DAMAGED = "The feed is damaged; what could be read of it is here."
CUT = "The feed is cut short inside this entry; fetch it again."
LONGEST = 400_000  # characters of one entry's body
# Characters that XML forbids make a strict reader give up on the whole feed.
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
A_PAGE = "It is a web page, not a feed; look on it for the feed's address."
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel|entry|item)[\s>/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its own id as the feed gives it, which is evidence and never the key."""

    id: str
    link: str
    title: str
    summary: str
    text: str
    published: datetime | None
    updated: datetime | None
    raw_dates: tuple[str, ...]
    categories: tuple[str, ...]
    people: tuple[str, ...]
    enclosures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    link: str
    next_url: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_feed(payload: bytes, address: str) -> Feed:
    head = payload[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise NotThisSource("It is empty; fetch it again.")
    if head[:1] in (b"{", b"["):
        raise NotThisSource("It is JSON, not a feed; check the address or choose another kind of source.")
    if head[:5].upper() == b"BEGIN":
        raise NotThisSource("It is a calendar, not a feed; read it as ical.")
    payload = as_utf8(payload)
    found = _parsed(payload, address)
    if not found.get("version") and not found.entries and not FEED.search(payload[:20_000]):
        page = b"<html" in head.lower() or b"<!doctype html" in head.lower()
        raise NotThisSource(A_PAGE if page else "It is neither RSS nor Atom; check the address.")
    damaged = bool(found.get("bozo"))
    whole = any(is_whole(payload, root) for root in ("rss", "feed", "rdf", "entry"))
    cut = damaged and bool(found.entries) and not whole
    meta = found.get("feed", {})
    return Feed(
        title=title_text(_text(meta.get("title"))),
        link=web(_text(meta.get("link"))),
        next_url=next((web(_text(one.get("href"))) for one in _records(meta, "links") if one.get("rel") == "next"), ""),
        entries=tuple(_entry(entry) for entry in (found.entries[:-1] if cut else found.entries)),
        notes=(DAMAGED,) if damaged else (),
        problems=(Problem(len(found.entries), CUT),) if cut else (),
    )


def _parsed(payload: bytes, address: str) -> Any:
    try:
        return feedparser.parse(
            io.BytesIO(payload.translate(None, CONTROLS)),
            response_headers={"content-location": web(address), "content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as problem:
        # What a damaged feed makes of it inside the library.
        raise NotThisSource(f"The feed is too damaged to be read ({type(problem).__name__}); fetch it again.") from None


def _entry(entry: Any) -> Entry:
    contents = [_text(content.get("value")) for content in _records(entry, "content")]
    links = _records(entry, "links")
    summary, body = _text(entry.get("summary")), max(contents, key=len, default="")
    # Asked for `updated` where there is none, feedparser answers with `published`, and warns.
    raw = [_text(entry[name]) if dict.__contains__(entry, name) else "" for name in ("published", "created", "updated")]
    dates = [stamp.at if (stamp := read_date(value)) else None for value in raw]
    return Entry(
        id=clean(_text(entry.get("id"))).strip(),
        link=_link(entry),
        title=title_text(_text(entry.get("title"))),
        summary=title_text(summary)[:2_000],
        text=any_text((body or summary)[:LONGEST]),
        published=dates[0] or dates[1],
        updated=dates[2],
        raw_dates=once(*map(clean, raw)),
        categories=once(*(title_text(_text(one.get("label") or one.get("term"))) for one in _records(entry, "tags"))),
        people=once(*_people(entry)),
        enclosures=once(*(web(_text(one.get("href"))) for one in links if one.get("rel") == "enclosure")),
    )


def _link(entry: Any) -> str:
    links = [link for link in _records(entry, "links") if link.get("rel", "alternate") == "alternate"]
    pages = sorted(links, key=lambda link: "html" not in _text(link.get("type")))
    chosen = next(filter(None, (web(_text(link.get("href"))) for link in pages)), "")
    return chosen or web(_text(entry.get("link"))) or web(_text(entry.get("id")))


def _people(entry: Any) -> Iterable[str]:
    for author in _records(entry, "authors"):
        yield title_text(_text(author.get("name")))
    if not entry.get("authors"):
        yield title_text(_text(entry.get("author")))


def _records(entry: Any, name: str) -> list[Any]:
    """A damaged feed has text where a list of records should be."""
    found = entry.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
