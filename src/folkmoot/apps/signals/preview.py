"""Looks at an address before it becomes a source: what format it is, what it tells, and how much of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from selectolax.lexbor import LexborHTMLParser

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.signals import health
from folkmoot.apps.signals.paging import next_page
from folkmoot.apps.signals.pulling import SINCE, Trouble, ask, parsed, visitor
from folkmoot.apps.signals.visiting import Answer
from folkmoot.engines import radar

LATELY = timedelta(days=30)
SHOWN = 5
MOST_PAGE = 500_000
FEEDS = ("application/rss+xml", "application/atom+xml", "text/calendar")
# What people call each format of the radar's engine.
KINDS = (
    ("govuk-search", "GOV.UK search"),
    ("govuk-content", "GOV.UK page"),
    ("govuk-atom", "GOV.UK feed"),
    ("parliament-bills", "Parliament: bills and their stages"),
    ("parliament-questions", "Parliament: written questions and statements"),
    ("parliament-committees", "Parliament: committees"),
    ("parliament-members", "Parliament: members and posts"),
    ("parliament-calendar", "Parliament: what’s on"),
    ("legislation-atom", "legislation.gov.uk feed"),
    ("moderngov", "Council meetings (ModernGov)"),
    ("rss", "RSS or Atom feed"),
    ("ical", "Calendar (iCalendar)"),
)
OGL = "Open Government Licence v3.0"
OPL = "Open Parliament Licence v3.0"
# Whose licence is known by the end of the host's name; of any other host it has to be looked up by hand.
LICENCES = {
    "gov.uk": (OGL, "Contains public sector information licensed under the Open Government Licence v3.0."),
    "parliament.uk": (OPL, "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."),
}
# Councils' sites end like the government's own, and many have terms of their own.
GOVERNMENT = ("www.gov.uk", "www.legislation.gov.uk")


class NotRecognised(Exception):
    """Nothing that can be read stands at the address; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What stands at an address: its latest items, how many of the last thirty days, and what to suggest."""

    latest: tuple[radar.Item, ...]
    count: int
    lately: int
    undated: int
    unread: int
    goes_on: bool  # on further pages, which are read once it is a source
    suggested: dict[str, Any]


def look(actor: Actor, url: str) -> Preview:
    """Ask an address once and say what it is. Nothing is kept."""
    check(actor, Permission.SOURCE_KEEP)
    if settings.ENVIRONMENT.demo:
        raise NotRecognised("The demonstration asks nobody on the network; your own installation does.")
    url = url.strip()
    since = (actor.today - LATELY).isoformat()
    try:
        with visitor() as asking:
            answer = ask(asking, url.replace(SINCE, since))
        kind = radar.recognise(answer.body, answer.url)
        if kind is None:
            raise NotRecognised(_what_instead(answer))
        reading = parsed(kind, answer, actor.now)
    except Trouble as trouble:
        raise NotRecognised(trouble.why) from None
    if not reading.items and (reading.notes or reading.problems):
        raise NotRecognised(health.of_rest(len(reading.problems), reading.notes))
    dated = sorted(reading.items, key=_stamp, reverse=True)
    return Preview(
        latest=tuple(dated[:SHOWN]),
        count=len(dated),
        lately=sum(_stamp(item) >= (actor.now - LATELY).timestamp() for item in dated),
        undated=sum(_stamp(item) == 0 for item in dated),
        unread=len(reading.problems),
        goes_on=bool(next_page(kind, answer.url, reading)),
        suggested=_suggested(url, kind),
    )


def _suggested(url: str, kind: str) -> dict[str, Any]:
    licence, attribution = _licence(url)
    return {
        "url": url,
        "kind": kind,
        "name": urlsplit(url).hostname or "",
        "every_minutes": 60,
        "licence": licence,
        "attribution": attribution,
    }


def _what_instead(answer: Answer) -> str:
    """Most people paste the address of a page; the page itself often names its feed."""
    found = LexborHTMLParser(answer.body[:MOST_PAGE]).css('link[rel~="alternate"][href]')
    feed = next((link.attributes for link in found if link.attributes.get("type") in FEEDS), None)
    if feed:
        return f"This is a page for people. It names a feed; paste this address: {urljoin(answer.url, feed['href'])}"
    return (
        "No feed, calendar or list that we can read stands at this address. On the page itself, look for a link "
        "called RSS, Atom, feed, subscribe or calendar, and paste where that leads."
    )


def _stamp(item: radar.Item) -> float:
    moment = item.updated or item.published
    return moment.timestamp() if moment else 0.0


def _licence(url: str) -> tuple[str, str]:
    host = urlsplit(url).hostname or ""
    if host in GOVERNMENT:
        return LICENCES["gov.uk"]
    return LICENCES["parliament.uk"] if host.endswith(".parliament.uk") else ("", "")
