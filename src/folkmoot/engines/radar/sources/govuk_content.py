"""GOV.UK Content API: one document with its body, or a page of the list of organisations."""

from datetime import datetime
from typing import Any

from .._errors import NotThisSource
from .._item import Date, Item, Reading, State
from ._address import GOVUK, under, web
from ._dates import read_date, read_month
from ._govuk import slug_of, state_of
from ._record import BadRecord, Record, each, load, must_know, once, total_of
from ._text import any_text, html_text, title_text

NAME = "govuk-content"
BODIES = ("body", "introduction", "more_information", "hidden_search_terms", "explanation", "scope")
OUTCOMES = ("final_outcome_detail", "outcome_detail", "public_feedback_detail")
PEOPLE = ("people", "speaker", "ministers", "ordered_ministers")
TOPICS = ("taxons", "policy_areas", "topical_events", "mainstream_browse_pages", "related_policies")
STATUS = ("govuk_status", "govuk_closed_status")
SUCCESSORS = ("superseding_organisations", "superseded_organisations")
ATTACHMENTS = ("attachments", "featured_attachments", "outcome_attachments", "final_outcome_attachments")
# What is read above or says only how a page looks.
SEEN = (
    *(*BODIES, *OUTCOMES, *ATTACHMENTS, "parts", "change_history", "opening_date", "closing_date", "delivered_on"),
    *("display_date", "cancellation_reason", "cancelled_at", "previous_display_date", "alternative_path", "metadata"),
    *(
        "government",
        "tags",
        "emphasised_organisations",
        "image",
        "images",
        "headers",
        "logo",
        "brand",
        "max_cache_time",
    ),
    *("default_news_image", "organisation_govuk_status", "first_public_at", "outcome_documents", "collection_groups"),
    *("final_outcome_documents", "public_feedback_documents", "ordered_featured_documents", "step_by_step_nav"),
)
MOST_FACTS = 200


def read(payload: bytes, name: str) -> Reading:
    answer = load(payload)
    if isinstance(answer, dict) and isinstance(answer.get("metadata"), dict) and "kind" in answer:
        answer = answer["metadata"]  # a recording in an envelope
    if isinstance(answer, list):
        must_know(answer, _kind, "documents of GOV.UK")
        return Reading(*each(answer, _item))
    if not isinstance(answer, dict):
        raise NotThisSource("It is no document of GOV.UK; the content API gives one record.")
    if isinstance(answer.get("results"), list) and "_response_info" in answer:
        items, problems = each(answer["results"], _listed)
        return Reading(items, problems, total=total_of(answer, "total"), next_url=_next(answer))
    must_know([answer], _kind, "document of GOV.UK")
    return Reading(*each([answer], _item))


def _kind(data: dict[str, Any]) -> str:
    return "document" if "base_path" in data or "schema_name" in data else ""


def _next(answer: dict[str, Any]) -> str:
    found = answer.get("next_page_url")
    return under(GOVUK, found) if isinstance(found, str) else ""


def _item(value: Any) -> Item:
    record = Record(value)
    details, links = record.record("details"), record.record("links")
    document_type = record.text("document_type") or record.text("schema_name")
    path = record.text("base_path")
    locale = record.text("locale") or "en"
    content_id = record.text("content_id")
    if not content_id and not path:
        raise BadRecord("content_id and base_path are both missing.")
    notice = record.record("withdrawn_notice")
    return Item(
        source=NAME,
        id=(content_id or path) + ("" if locale == "en" else f":{locale}"),
        url=under(GOVUK, path),
        type=document_type,
        title=title_text(record.text("title")) or f"{document_type.replace('_', ' ')}: {path}",
        summary=_summary(record),
        text=_text(details),
        published=record.moment("first_published_at") or details.moment("first_public_at"),
        updated=record.moment("public_updated_at") or record.moment("updated_at"),
        organisations=_organisations(record, links),
        people=once(*(title for key in PEOPLE for title in _titles(links, key))),
        topics=once(*(title for key in TOPICS for title in _titles(links, key))),
        deadlines=_deadlines(details),
        state=_state(document_type, notice, details, links),
        supersedes=once(*(one.text("content_id") for one in links.records("superseded_organisations"))),
        aliases=(path,) if content_id and path else (),
        facts=_facts(record, details, links, notice),
    )


def _summary(record: Record) -> str:
    value = record.data.get("description")
    if isinstance(value, list):  # finders give one description for each form
        parts = [one.text("content") for one in record.records("description")]
        return title_text(" ".join(parts))
    return title_text(record.text("description"))


def _text(details: Record) -> str:
    bodies = [_body(details, key) for key in BODIES]
    bodies += [_body(details, key) for key in OUTCOMES]
    for part in details.records("parts"):
        bodies.append("\n".join((title_text(part.text("title")), _body(part, "body"))))
    return "\n\n".join(body for body in bodies if body)


def _body(details: Record, key: str) -> str:
    """A body is HTML, or a list of the same words in several forms, of which the HTML is taken."""
    value = details.data.get(key)
    if isinstance(value, list):
        forms = {one.text("content_type"): one.text("content") for one in details.records(key)}
        return html_text(forms.get("text/html") or next(iter(forms.values()), ""))
    return any_text(details.text(key))


def _deadlines(details: Record) -> tuple[Date, ...]:
    found: list[Date] = []
    for record in (details, details.record("metadata")):
        if stamp := record.stamp("closing_date"):
            found.append(Date("closing", stamp.at, not stamp.has_time))
    if display := details.text("display_date"):
        stamp = read_date(display)
        provisional = details.text("state") == "provisional"
        if stamp:
            found.append(Date("release", stamp.at, provisional or not stamp.has_time))
        elif month := read_month(display):
            found.append(Date("release", month, True))
    return tuple(found)


def _state(document_type: str, notice: Record, details: Record, links: Record) -> State:
    if notice.data:  # {} and nothing both mean: not withdrawn
        return "withdrawn"
    if details.text("state") == "cancelled" or "cancelled_at" in details:
        return "cancelled"
    replaced = document_type == "organisation" and bool(links.values("superseding_organisations"))
    if replaced or details.record("organisation_govuk_status").text("status") == "closed":
        return "closed"
    case = details.record("metadata").data.get("case_state")
    if case in ("open", "closed"):
        return "open" if case == "open" else "closed"
    return state_of(document_type)


def _organisations(record: Record, links: Record) -> tuple[str, ...]:
    if record.text("document_type") == "organisation":
        return (slug_of(record.text("base_path")),)
    listed = [*links.records("primary_publishing_organisation"), *links.records("organisations")]
    return once(*(slug_of(one.text("base_path")) or one.text("content_id") for one in listed))


def _titles(links: Record, key: str) -> tuple[str, ...]:
    return tuple(title_text(one.text("title")) for one in links.records(key))


def _facts(record: Record, details: Record, links: Record, notice: Record) -> tuple[tuple[str, str], ...]:
    facts: list[tuple[str, str]] = []
    if moment := details.moment("opening_date"):
        facts.append(("opens", moment.isoformat()))
    if moment := details.moment("delivered_on"):
        facts.append(("delivered", moment.isoformat()))
    facts += [("withdrawn", any_text(notice.text("explanation"))), ("withdrawn_at", notice.text("withdrawn_at"))]
    facts += [("cancelled", details.text("cancellation_reason")), ("cancelled_at", details.text("cancelled_at"))]
    facts += [("previous_date", details.text("previous_display_date"))]
    facts += [("change", title_text(change.text("note"))) for change in details.records("change_history")]
    facts += [("moved_to", one.text("destination")) for one in record.records("redirects")]
    facts += [("moved_to", details.text("alternative_path"))]
    facts += [("attachment", _attachment(one)) for key in ATTACHMENTS for one in details.values(key)]
    facts += [(key, title_text(one.text("title"))) for key in SUCCESSORS for one in links.records(key)]
    status = details.record("organisation_govuk_status")
    facts += [("organisation_status", status.text("status")), ("taken_over_at", status.text("url"))]
    more = (*details.rest(*SEEN), *details.record("metadata").rest(), ("phase", record.text("phase")))
    return tuple((name, value) for name, value in (*facts, *more) if value)[:MOST_FACTS]


def _attachment(value: Any) -> str:
    """A title with its address; older documents name only a key."""
    if isinstance(value, str):
        return title_text(value)
    one = Record(value, "attachments")
    return " ".join(once(title_text(one.text("title")), web(one.text("url"))))


def _listed(value: Any) -> Item:
    """An organisation in the paged list of all of them."""
    record = Record(value)
    details = record.record("details")
    slug = details.text("slug") or slug_of(record.text("id"))
    closed: datetime | None = details.moment("closed_at")
    status = details.text("govuk_status")
    return Item(
        source=NAME,
        id=details.text("content_id") or record.need("id"),
        url=under(GOVUK, record.text("web_url")),
        type="organisation",
        title=record.title("title"),
        summary=title_text(record.text("format")),
        updated=record.moment("updated_at"),
        organisations=once(slug),
        state="closed" if closed or status == "closed" else "published",
        supersedes=once(*(slug_of(one.text("id")) for one in record.records("superseded_organisations"))),
        aliases=once(record.text("id")),
        facts=tuple(
            (name, value)
            for name, value in (
                *((name, details.text(name)) for name in ("abbreviation", "closed_at", *STATUS)),
                *(("superseded_by", slug_of(one.text("id"))) for one in record.records("superseding_organisations")),
                *(("parent", slug_of(one.text("id"))) for one in record.records("parent_organisations")),
            )
            if value
        ),
    )
