"""GOV.UK Search API: results with title and description, no body; the same document comes back after a major update."""

from typing import Any

from .._errors import NotThisSource
from .._item import Date, Item, Reading, State
from ._address import GOVUK, under
from ._govuk import slug_of, state_of
from ._record import Record, each, load, must_know, once, total_of
from ._text import clean, one_line, title_text

NAME = "govuk-search"
USED = (
    *(
        "title",
        "link",
        "content_id",
        "description",
        "public_timestamp",
        "first_published_at",
        "organisations",
        "people",
    ),
    *(
        "taxons",
        "topics",
        "policy_areas",
        "is_withdrawn",
        "content_store_document_type",
        "es_score",
        "details",
        "parts",
    ),
    *("expanded_organisations", "indexable_content", "popularity", "popularity_b", "superseded_organisations", "_id"),
)


def read(payload: bytes, name: str) -> Reading:
    answer = load(payload)
    if isinstance(answer, dict) and isinstance(answer.get("metadata"), dict):
        answer = answer["metadata"]  # a recording in an envelope
    if isinstance(answer, dict) and "raw_source" in answer:
        answer = {"results": [answer["raw_source"]]}  # one document, as /api/search/content gives it
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        raise NotThisSource(_why(answer))
    must_know(answer["results"], _kind, "results of a GOV.UK search")
    items, problems = each(answer["results"], _item)
    return Reading(items, problems, total=total_of(answer, "total"))


def _why(answer: Any) -> str:
    if isinstance(answer, dict) and isinstance(answer.get("error"), str):
        return f"GOV.UK refused the search: {one_line(answer['error'])[:200]}"
    return "It has no list of results, so it is no answer of the GOV.UK search."


def _kind(data: dict[str, Any]) -> str:
    return "result" if "link" in data or "content_id" in data or "es_score" in data else ""


def _item(value: Any) -> Item:
    record = Record(value)
    link = record.text("link").strip()
    content_id = record.text("content_id")
    if not content_id and not link:
        record.need("link")
    document_type = record.text("content_store_document_type") or record.text("document_type") or record.text("format")
    path = f"/{link}" if link and "://" not in link and not link.startswith("/") else link
    return Item(
        source=NAME,
        id=content_id or path,
        url=under(GOVUK, path),
        type=document_type,
        title=record.title("title"),
        summary=title_text(record.text("description")),
        text=title_text(record.text("indexable_content")),
        published=record.moment("first_published_at") or record.moment("public_timestamp"),
        updated=record.moment("public_timestamp"),
        organisations=_organisations(record),
        people=_names(record, "people"),
        topics=once(*_names(record, "taxons"), *_names(record, "policy_areas"), *_names(record, "topics")),
        deadlines=_deadlines(record),
        state=_state(record, document_type),
        supersedes=_names(record, "superseded_organisations"),
        aliases=(path,) if content_id and path else (),
        clipped=not record.text("indexable_content"),
        full_text_url=under(f"{GOVUK}/api/content", path) if path.startswith("/") else "",
        facts=record.rest(*USED),
    )


def _state(record: Record, document_type: str) -> State:
    if record.flag("is_withdrawn"):
        return "withdrawn"
    if record.text("statistics_announcement_state") == "cancelled":
        return "cancelled"
    if record.text("organisation_state") == "closed":
        return "closed"
    return state_of(document_type)


def _deadlines(record: Record) -> tuple[Date, ...]:
    found: list[Date] = []
    if stamp := record.stamp("closing_date"):
        found.append(Date("closing", stamp.at, not stamp.has_time))
    if moment := record.moment("release_timestamp"):
        found.append(Date("release", moment, record.text("statistics_announcement_state") == "provisional"))
    return tuple(found)


def _organisations(record: Record) -> tuple[str, ...]:
    found: list[str] = []
    for value in record.values("organisations"):
        if isinstance(value, str):
            found.append(clean(value))
        else:
            organisation = Record(value, "organisations")
            found.append(organisation.text("slug") or slug_of(organisation.text("link")))
    return once(*found)


def _names(record: Record, key: str) -> tuple[str, ...]:
    """Names or keys in a list whose entries are plain text or small records, as the fields asked for decide."""
    found: list[str] = []
    for value in record.values(key):
        if isinstance(value, str):
            found.append(clean(value))
        else:
            one = Record(value, key)
            found.append(one.text("title") or one.text("slug") or one.text("content_id"))
    return once(*found)
