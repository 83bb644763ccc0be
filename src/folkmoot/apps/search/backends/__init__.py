"""The two databases behind one interface: how each is asked for words, ranks, and shows where they stand."""

from typing import Any, Protocol

from django.db import connection

from folkmoot.apps.search.backends import postgresql, sqlite
from folkmoot.apps.search.words import Wanted

# Around each hit in a title or a snippet. Nobody types these, and pages turn them into marks after escaping.
START, STOP = "\x02", "\x03"


class Backend(Protocol):
    """What a database must be able to do. `any_word` finds what holds some of the words instead of all."""

    FROM: str  # the tables, search_entry among them
    MATCHES: str  # the condition, with one parameter
    RANK: str  # smaller is better; with RANK_PARAMETERS parameters
    NEWEST: str  # the order of what was added last
    AGAIN: str  # where the page's rows are looked at again to mark the hits, with AGAIN_PARAMETERS parameters
    ONE_BY_ONE: str  # what ends a rule's question, so that it is asked of the hits and not of whole tables
    SHOWN: str  # the title and a snippet with hits marked
    RANK_PARAMETERS: int
    AGAIN_PARAMETERS: int
    SHOWN_PARAMETERS: int
    CREATE: tuple[str, ...]  # what a migration runs to make the index, and to take it away
    FILL: str  # what fills an index that was made after the entries
    DROP: tuple[str, ...]

    def expression(self, wanted: Wanted, *, any_word: bool) -> str: ...

    def looks_up_first(self, wanted: Wanted) -> bool: ...

    def literal(self, value: Any) -> str | None: ...


def backend() -> Backend:
    """That of this installation's database."""
    return postgresql if connection.vendor == "postgresql" else sqlite
