"""Any RSS or Atom feed. The address of an entry is its key, its guid where several share one address or it has none.

Never the title, which is corrected, and never the guid alone, which some feeds make anew at each edit.
"""

import re
from collections import Counter
from collections.abc import Sequence

from .._item import Item, Problem, Reading
from ._address import WEB
from ._feed import Entry, read_feed
from ._record import BadRecord, each, once
from ._text import looks_clipped

NAME = "rss"
TRACKING = re.compile(r"(?:utm_[a-z]+|at_medium|at_campaign|fbclid|gclid|mc_[ce]id)=[^&]*&?", re.IGNORECASE)
CANCELLED = re.compile(r"^\W*(?:cancelled|canceled)\b", re.IGNORECASE)


def read(payload: bytes, name: str) -> Reading:
    feed = read_feed(payload, name)
    items, problems = items_of(feed.entries, NAME)
    return Reading(items, problems + feed.problems, next_url=feed.next_url, notes=feed.notes)


def items_of(
    entries: Sequence[Entry], source: str, kind: str = "entry"
) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    addresses = Counter(bare(entry.link) for entry in entries if entry.link)
    return each(entries, lambda entry: _item(entry, source, kind, addresses))


def bare(address: str) -> str:
    """An address as a key: without what only tells where a reader came from, and the same under http and https."""
    found = WEB.match(address)
    if not found:
        return address
    _, host, port, path, query = found.groups()
    query = TRACKING.sub("", query or "").rstrip("?&")
    return f"{host.lower()}{port or ''}{path.rstrip('/') or '/'}{query}"


def _item(entry: Entry, source: str, kind: str, addresses: Counter[str]) -> Item:
    key = _key(entry, addresses)
    if not key:
        raise BadRecord("The entry has neither a link nor an id, so it could not be known again.")
    if not entry.title and not entry.text:
        raise BadRecord("The entry has neither a title nor a text.")
    return Item(
        source=source,
        id=key,
        url=entry.link,
        type=kind,
        title=entry.title or entry.summary[:200] or key,
        summary=entry.summary,
        text=entry.text,
        published=entry.published or entry.updated,
        updated=entry.updated or entry.published,
        people=entry.people,
        topics=entry.categories,
        state="cancelled" if CANCELLED.match(entry.title) else "published",
        aliases=once(*(alias for alias in (entry.id, bare(entry.link), entry.link) if alias != key)),
        clipped=looks_clipped(entry.summary) and entry.text == entry.summary,
        full_text_url=entry.link,
        facts=(
            *(("date", raw) for raw in entry.raw_dates),
            *(("enclosure", one) for one in entry.enclosures),
        ),
    )


def _key(entry: Entry, addresses: Counter[str]) -> str:
    address = bare(entry.link)
    if not address:
        return bare(entry.id)
    if addresses[address] == 1 or not entry.id or bare(entry.id) == address:
        return address
    return f"{address} {entry.id}"
