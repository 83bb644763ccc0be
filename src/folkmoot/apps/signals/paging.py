"""Where a list goes on: by the link that it gives, else by counting on in its address."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from folkmoot.engines import radar

# What the parameter is called that says how many items to leave out.
SKIPS = {
    "govuk-search": "start",
    "parliament-bills": "Skip",
    "parliament-questions": "skip",
    "parliament-committees": "Skip",
    "parliament-members": "skip",
}


def next_page(kind: str, here: str, reading: radar.Reading) -> str:
    """The address of the next page, or nothing. A page past the end is empty, and so is the last."""
    if not reading.items:
        return ""
    if reading.next_url:
        # A list goes on at its own host and nowhere else.
        same = urlsplit(reading.next_url)[:2] == urlsplit(here)[:2]
        return reading.next_url if same else ""
    if kind not in SKIPS or reading.total is None:
        return ""
    return _counted_on(here, SKIPS[kind], len(reading.items) + len(reading.problems), reading.total)


def _counted_on(here: str, name: str, read: int, total: int) -> str:
    parts = urlsplit(here)
    query = parse_qsl(parts.query, keep_blank_values=True)
    skipped = next((value for key, value in query if key.lower() == name.lower()), "0")
    place = (int(skipped) if skipped.isascii() and skipped.isdecimal() else 0) + read
    if place >= total:
        return ""
    kept = [(key, value) for key, value in query if key.lower() != name.lower()]
    return urlunsplit(parts._replace(query=urlencode([*kept, (name, str(place))])))
