"""GOV.UK's Atom feeds. Their ids change with each update in some feeds, so the path of the link is the key."""

from .._errors import NotThisSource
from .._item import Item, Reading
from ._address import GOVUK, last_part, path_of
from ._feed import Entry, read_feed
from ._govuk import STATES, state_of
from ._record import BadRecord, each, once
from ._text import looks_clipped

NAME = "govuk-atom"
KINDS = (
    ("/government/consultations/", "consultation"),
    ("/government/calls-for-evidence/", "call-for-evidence"),
    ("/government/statistics/announcements/", "statistics_announcement"),
    ("/government/statistics/", "statistics"),
    ("/government/speeches/", "speech"),
    ("/government/news/", "news"),
    ("/government/publications/", "publication"),
    ("/government/collections/", "document_collection"),
    ("/guidance/", "guidance"),
)
ENDED = "/feed-ended"
RETIRED = "GOV.UK has retired this feed; choose another address for it."


def read(payload: bytes, name: str) -> Reading:
    feed = read_feed(payload, name)
    if feed.entries and not any(_is_ours(entry) for entry in feed.entries):
        raise NotThisSource("It is a feed, but not of GOV.UK; read it as rss.")
    ended = [entry for entry in feed.entries if _path(entry).endswith(ENDED) or entry.id.endswith(ENDED)]
    kept = [entry for entry in feed.entries if entry not in ended]
    items, problems = each(kept, _item)
    notes = (RETIRED,) if ended else feed.notes
    return Reading(items, problems + feed.problems, next_url=feed.next_url, notes=notes)


def _is_ours(entry: Entry) -> bool:
    return entry.link.startswith((GOVUK, "http://www.gov.uk")) or "www.gov.uk" in entry.id


def _path(entry: Entry) -> str:
    return path_of(entry.link).rstrip("/")


def _item(entry: Entry) -> Item:
    path = _path(entry)
    if not path or not path.startswith("/"):
        raise BadRecord("The entry has no link, and its id is no key.")
    label, _, rest = entry.title.partition(": ")
    document_type = label.lower().replace(" ", "_") if rest else ""
    kind = next((kind for start, kind in KINDS if path.startswith(start)), "")
    return Item(
        source=NAME,
        id=path,
        url=f"{GOVUK}{path}",
        type=document_type if document_type in STATES else kind or "document",
        title=entry.title or last_part(path),
        summary=entry.summary,
        text=entry.text,
        published=entry.published,
        updated=entry.updated,
        people=entry.people,
        topics=entry.categories,
        state=state_of(document_type),
        aliases=once(entry.id),
        clipped=looks_clipped(entry.summary) or not entry.text,
        full_text_url=f"{GOVUK}/api/content{path}",
        facts=tuple(("date", raw) for raw in entry.raw_dates),
    )
