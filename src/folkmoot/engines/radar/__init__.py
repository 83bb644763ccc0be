"""What government and Parliament publish: read from each source's own format, dated, linked, scored, paired.

Bytes and values in, values out: nothing is fetched, no clock is read, and a record keeps the key of its own source.
"""

from ._as_json import item_to_json
from ._errors import NotThisSource, RadarError
from ._item import STATES, Date, Item, Problem, Reading, State
from .sources import MOST_BYTES, SOURCES, read, recognise

__all__ = [
    "MOST_BYTES",
    "SOURCES",
    "STATES",
    "Date",
    "Item",
    "NotThisSource",
    "Problem",
    "RadarError",
    "Reading",
    "State",
    "item_to_json",
    "read",
    "recognise",
]
