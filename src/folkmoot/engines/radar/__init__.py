"""What government and Parliament publish: read from each source's own format, dated, linked, scored, paired.

Bytes and values in, values out: nothing is fetched, no clock is read, and a record keeps the key of its own source.
"""

from ._errors import NotThisSource, RadarError
from ._item import STATES, Date, Item, Problem, Reading, State

__all__ = [
    "STATES",
    "Date",
    "Item",
    "NotThisSource",
    "Problem",
    "RadarError",
    "Reading",
    "State",
]
