"""The sources by name: each reads its own format, and says in one sentence when a file is not of it."""

from collections.abc import Callable
from datetime import date

from .._errors import NotThisSource
from .._item import Reading
from . import (
    govuk_atom,
    govuk_content,
    govuk_search,
    ical,
    legislation_atom,
    moderngov,
    parliament_bills,
    parliament_calendar,
    parliament_committees,
    parliament_members,
    parliament_questions,
    rss,
)
from ._recognise import recognise

Reader = Callable[[bytes, str], Reading]
MOST_BYTES = 64 * 1024 * 1024  # a fetch stops long before; this is for files that are handed in

READERS: dict[str, Reader] = {
    module.NAME: module.read
    for module in (
        *(govuk_search, govuk_content, govuk_atom),
        *(parliament_bills, parliament_questions, parliament_committees, parliament_members, parliament_calendar),
        *(legislation_atom, rss),
    )
}
REPEATING = {moderngov.NAME: moderngov.read, ical.NAME: ical.read}
SOURCES = (*READERS, *REPEATING)


def read(source: str, payload: bytes, *, name: str, around: date | None = None) -> Reading:
    """The items of one payload. `name` is its address, or the file's name where the address is not known.

    Raises NotThisSource for a payload that is not of the source, and KeyError for a source that does not exist.
    What repeats without an end is expanded around a day, else from its first occurrence.
    """
    if len(payload) > MOST_BYTES:
        size = len(payload) // (1024 * 1024)
        raise NotThisSource(f"It is {size} MB long; the most that is read is {MOST_BYTES // (1024 * 1024)} MB.")
    if source in REPEATING:
        return REPEATING[source](payload, name, around)
    return READERS[source](payload, name)


__all__ = ["MOST_BYTES", "SOURCES", "read", "recognise"]
