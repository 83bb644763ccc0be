"""What government and Parliament publish: read from each source's own format, dated, linked, scored, paired.

Bytes and values in, values out: nothing is fetched, no clock is read, and a record keeps the key of its own source.
"""

from ._as_json import item_from_json, item_to_json
from ._dated import deadlines_of
from ._errors import NotThisSource, RadarError
from ._item import STATES, Date, Item, Problem, Reading, State
from ._revisions import FieldChange, as_seen, differences, fingerprint, newest
from .deadlines import Deadline, bank_holidays, easter, find_deadlines, published_holidays
from .sources import MOST_BYTES, SOURCES, read, recognise

__all__ = [
    "MOST_BYTES",
    "SOURCES",
    "STATES",
    "Date",
    "Deadline",
    "FieldChange",
    "Item",
    "NotThisSource",
    "Problem",
    "RadarError",
    "Reading",
    "State",
    "as_seen",
    "bank_holidays",
    "deadlines_of",
    "differences",
    "easter",
    "find_deadlines",
    "fingerprint",
    "item_from_json",
    "item_to_json",
    "newest",
    "published_holidays",
    "read",
    "recognise",
]
