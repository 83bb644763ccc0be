"""What invented sources tell, in the formats that real ones use. Every body, place and matter here is made up."""

import json
from typing import Any
from xml.sax.saxutils import escape

from tests.apps.signals.playback import Reply

XML = {"Content-Type": "application/rss+xml; charset=utf-8"}
JSON = {"Content-Type": "application/json"}


def rss(*items: dict[str, str]) -> bytes:
    """A feed; each item is what stands in its elements."""
    inner = "".join(
        "<item>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in item.items()) + "</item>"
        for item in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{inner}</channel></rss>'.encode()


def entry(number: int, **changes: str) -> dict[str, str]:
    """One item of a feed, told on some day of November 2026."""
    return {
        "title": f"Ferry timetable {number} of the Marrow Sound",
        "link": f"https://news.example.org/ferries/{number}",
        "guid": f"ferry-{number}",
        "description": f"Boat {number} leaves the quay of the Marrow Sound at another hour from spring onwards.",
        "pubDate": f"{number % 24 + 1:02d} Nov 2026 09:00:00 +0000",
        **changes,
    }


def feed(*items: dict[str, str], **headers: str) -> Reply:
    return Reply(rss(*items), headers=XML | {name.replace("_", "-"): value for name, value in headers.items()})


def search(*documents: dict[str, Any], total: int | None = None) -> Reply:
    """An answer of GOV.UK’s search."""
    answer = {"results": list(documents), "total": len(documents) if total is None else total, "start": 0}
    return Reply(json.dumps(answer).encode(), headers=JSON)


def document(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "content_id": f"00000000-0000-4000-8000-{number:012d}",
        "link": f"/government/consultations/marrow-sound-{number}",
        "title": f"Marrow Sound crossings {number}",
        "description": "We want views on the crossings.",
        "content_store_document_type": "open_consultation",
        "public_timestamp": "2026-11-20T09:00:00.000+00:00",
        "organisations": [{"slug": "department-for-ferries"}],
        "es_score": None,
        **changes,
    }


def content(number: int, **changes: Any) -> Reply:
    """The whole of a document, as GOV.UK’s content API gives it."""
    answer = {
        "content_id": f"00000000-0000-4000-8000-{number:012d}",
        "base_path": f"/government/consultations/marrow-sound-{number}",
        "schema_name": "consultation",
        "document_type": "open_consultation",
        "locale": "en",
        "title": f"Marrow Sound crossings {number}",
        "description": "We want views on the crossings.",
        "first_published_at": "2026-11-20T09:00:00+00:00",
        "public_updated_at": "2026-11-20T09:00:00+00:00",
        "updated_at": "2026-11-20T09:00:00+00:00",
        "details": {
            "body": "<p>The crossings of the Marrow Sound are slow. Should they be fast?</p>",
            "opening_date": "2026-11-20T09:00:00+00:00",
            "closing_date": "2027-01-08T23:45:00+00:00",
        },
        "links": {},
        **changes,
    }
    return Reply(json.dumps(answer).encode(), headers=JSON)
