"""A new Word document from a title and its clauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DraftClause:
    """One clause: its level (1, 2 or 3 for 1, 1.1 and (a)), its heading and its paragraphs.

    With a heading the heading bears the number and the paragraphs stand under it; without one, every
    paragraph bears a number of its own.
    """

    number_level: int
    heading: str
    paragraphs: tuple[str, ...] = ()


def compose(title: str, clauses: Sequence[DraftClause], *, today: date, handling: str = "") -> bytes:
    """The bytes of a Word document; the same arguments always give the same bytes."""
    # The library that lays documents out takes longer to load than a return takes to read, and readers never need it.
    from ._layout import lay_out

    return lay_out(title, clauses, today=today, handling=handling)
