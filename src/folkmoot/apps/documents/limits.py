"""Which engine functions look into files from outside, and how much each may use while it does."""

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may use; more than that ends it."""

    memory: int = 1536 * MEGABYTE
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    answer: int = 256 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Reader:
    """One function of an engine's public page."""

    module: str
    function: str
    limits: Limits = Limits()
    # Looking for rings of objects takes a fifth of a round; a reader that makes none and ends soon need not.
    makes_rings: bool = True


ONE_FILE: Final = Limits()
# The engine refuses a Word file that would take more, so whatever meets these has tripped it up.
WORD_FILE: Final = Limits(memory=600 * MEGABYTE, cpu_seconds=10)
# A consolidation reads every office's return in one go.
MANY_FILES: Final = Limits(cpu_seconds=240, wall_seconds=300.0)

REDLINE: Final = "folkmoot.engines.redline"
POST: Final = "folkmoot.engines.post"
PAPER: Final = "folkmoot.engines.paper"
READERS: Final = {
    "paper.read_pdf": Reader(PAPER, "read_pdf"),
    "paper.read_properties": Reader(PAPER, "read_properties"),
    "paper.read_sheets": Reader(PAPER, "read_sheets"),
    "paper.read_table": Reader(PAPER, "read_table"),
    "paper.unpack": Reader(PAPER, "unpack"),
    "post.read_mail": Reader(POST, "read_mail"),
    "redline.token_of": Reader(REDLINE, "token_of", WORD_FILE),
    "redline.text": Reader(REDLINE, "text", WORD_FILE),
    "redline.changes": Reader(REDLINE, "changes", WORD_FILE),
    "redline.clauses": Reader(REDLINE, "clauses", WORD_FILE),
    "redline.flatten": Reader(REDLINE, "flatten", WORD_FILE),
    "redline.read_tables": Reader(REDLINE, "read_tables", WORD_FILE),
    "redline.consolidate": Reader(REDLINE, "consolidate", MANY_FILES, makes_rings=False),
    "redline.consolidate_and_merge": Reader(REDLINE, "consolidate_and_merge", MANY_FILES, makes_rings=False),
    "redline.next_draft": Reader(REDLINE, "next_draft", MANY_FILES, makes_rings=False),
}
