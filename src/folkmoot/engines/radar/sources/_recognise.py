"""Which source a pasted address and what it answered are of."""

import json
import re

from ._address import host_of, path_of

HOSTS = {
    "bills-api.parliament.uk": "parliament-bills",
    "questions-statements-api.parliament.uk": "parliament-questions",
    "committees-api.parliament.uk": "parliament-committees",
    "members-api.parliament.uk": "parliament-members",
    "whatson-api.parliament.uk": "parliament-calendar",
    "oralquestionsandmotions-api.parliament.uk": "parliament-calendar",
}
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|entry)[\s>]", re.IGNORECASE)
OURS = re.compile(rb"<feed[^>]*>.{0,600}?<id>\s*(?:tag:|https?://)www\.gov\.uk[,/]", re.DOTALL)
# A field of the first record that only one source has.
FIELDS = (
    (("billId", "stageSittings", "shortTitle"), "parliament-bills"),
    (("questionText", "answeringBodyName", "dateMade"), "parliament-questions"),
    (("openSubmissionPeriods", "publicationStartDate", "activityId", "cancelledDate"), "parliament-committees"),
    (("nameDisplayAs", "postHolders"), "parliament-members"),
    (("SummarisedDetails", "MotionText", "AnsweringWhen"), "parliament-calendar"),
    (("schema_name", "base_path"), "govuk-content"),
    (("es_score", "content_store_document_type", "elasticsearch_type"), "govuk-search"),
)


def recognise(payload: bytes, url: str) -> str | None:
    """The name of the source, by the words of the payload first and by the address where those say nothing."""
    head = payload[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    host, path = host_of(url), path_of(url).lower()
    if head[:15].upper() == b"BEGIN:VCALENDAR":
        return "moderngov" if "mgvcalendar" in path or b"/ieListDocuments.aspx" in payload[:20_000] else "ical"
    if head[:1] == b"<" or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _xml(head.replace(b"\x00", b""), host, path)
    if head[:1] in (b"{", b"["):
        return _json(payload, host, path)
    return None


def _xml(head: bytes, host: str, path: str) -> str | None:
    low = head.lower()
    if FEED.search(low):
        if b"legislation.gov.uk" in low and (host.endswith("legislation.gov.uk") or b"<rss" not in low):
            return "legislation-atom"
        if host == "www.gov.uk" or OURS.search(low):
            return "govuk-atom"
        return "moderngov" if "mgrss" in path or b"/ielistdocuments.aspx" in low else "rss"
    if re.search(rb"<(?:committees|getmeetings|councillorsbyward|meeting)>", low):
        return "moderngov"
    return None


def _json(payload: bytes, host: str, path: str) -> str | None:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    if host in HOSTS:
        return HOSTS[host]
    if host == "www.gov.uk" and path.startswith("/api/"):
        return "govuk-search" if path.startswith("/api/search") else "govuk-content"
    if isinstance(answer, dict) and "_response_info" in answer:
        return "govuk-content"
    first = _first(answer)
    return next((source for names, source in FIELDS if any(name in first for name in names)), None)


def _first(answer: object) -> dict[str, object]:
    """The first record, out of whichever list it is wrapped in."""
    for _ in range(4):
        if isinstance(answer, list):
            answer = answer[0] if answer else {}
            continue
        if not isinstance(answer, dict):
            return {}
        inner = next(
            (answer[key] for key in ("results", "items", "Response", "value", "metadata") if key in answer), None
        )
        if not isinstance(inner, (dict, list)) or not inner:
            return answer
        answer = inner
    return answer if isinstance(answer, dict) else {}
