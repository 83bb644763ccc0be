"""Word bytes in, amendments out.

A draft goes out, marked-up copies of it come back. `text` reads a document with its changes accepted or rejected,
`changes` lists what one file marks, `clauses` numbers a draft, and `consolidate` lays all the returns of one draft
beside each other. Everything takes bytes and gives plain values; what cannot be read raises `UnreadableFile`, which
says what to ask the sender for.

    from folkmoot.engines import redline

    returns = [redline.ReturnFile("a.docx", "Aldermere", first), redline.ReturnFile("b.docx", "Eastwold", second)]
    found = redline.consolidate(draft, returns)
    for amendment in found.amendments:
        print(amendment.clause, amendment.office, amendment.before, "->", amendment.after)
"""

from collections.abc import Sequence
from datetime import date, datetime

from ._apply import apply_edits
from ._body import View, read_blocks, texts
from ._carry import merge_round
from ._changes import read_changes
from ._circulate import mark_pages, prepare, token_of
from ._compose import DraftClause, compose
from ._consolidate import base_clauses, read_base, read_round
from ._decided import CHOICES, Decided, Decisions, NoDecisions, Table, read_decisions, wording
from ._drop import drop_paragraphs
from ._edits import Applied, Edit, Unplaced
from ._errors import RedlineError, UnreadableFile
from ._flatten import flatten
from ._grid import WrittenTables, read_tables
from ._identity import follow_clauses
from ._names import w
from ._next_draft import NextDraft, NotPut, Ruling, write_next_draft
from ._package import Package
from ._publish import publishable
from ._relate import relate
from ._table import write_table
from ._table_rows import CommentRow, TableRow, amendment_rows, comment_rows, said_by
from ._tables import Cell, read_cells
from ._top import top_clauses
from ._traces import traces
from ._values import (
    Amendment,
    Change,
    Changes,
    Clause,
    Comment,
    Consolidation,
    Kind,
    Merged,
    NotCarried,
    ReturnFile,
    ReturnStatus,
    Status,
)
from ._versions import compare_paragraphs

__all__ = [
    "CHOICES",
    "Amendment",
    "Applied",
    "Cell",
    "Change",
    "Changes",
    "Clause",
    "Comment",
    "CommentRow",
    "Consolidation",
    "Decided",
    "Decisions",
    "DraftClause",
    "Edit",
    "Kind",
    "Merged",
    "NextDraft",
    "NoDecisions",
    "NotCarried",
    "NotPut",
    "RedlineError",
    "ReturnFile",
    "ReturnStatus",
    "Ruling",
    "Status",
    "Table",
    "TableRow",
    "Unplaced",
    "UnreadableFile",
    "View",
    "WrittenTables",
    "amendment_document",
    "amendment_rows",
    "amendment_table",
    "apply_edits",
    "cells",
    "changes",
    "clauses",
    "comment_rows",
    "compare_paragraphs",
    "compose",
    "consolidate",
    "consolidate_and_merge",
    "drop_paragraphs",
    "flatten",
    "follow_clauses",
    "mark_pages",
    "next_draft",
    "prepare",
    "publishable",
    "read_decisions",
    "read_tables",
    "relate",
    "said_by",
    "table_document",
    "text",
    "token_of",
    "top_clauses",
    "traces",
    "wording",
]


def text(data: bytes, *, view: View) -> tuple[str, ...]:
    """The body's paragraphs, table cells in reading order, as Word's own Accept All or Reject All leaves them."""
    body = Package.open(data).document.find(w("body"))
    return () if body is None else texts(read_blocks(body), view)


def cells(data: bytes) -> tuple[Cell | None, ...]:
    """For each paragraph of `text(data, view="rejected")`, where in a table it stands; None outside tables."""
    return read_cells(data)


def changes(data: bytes) -> Changes:
    """Every tracked change and comment of one file, in every story, and what bears a mark unknown to this engine."""
    return read_changes(data)


def clauses(data: bytes) -> tuple[Clause, ...]:
    """The clauses of a draft before its tracked changes, numbered as a reader sees them."""
    return base_clauses(data)


def consolidate(base: bytes, returns: Sequence[ReturnFile], *, earlier: Sequence[bytes] = ()) -> Consolidation:
    """Every amendment of every return, placed in the base; `earlier` are the drafts that went out before it."""
    return read_round(read_base(base), returns, earlier, keep=False).consolidation


def consolidate_and_merge(
    base: bytes, returns: Sequence[ReturnFile], *, earlier: Sequence[bytes] = ()
) -> tuple[Consolidation, Merged]:
    """The same, and the draft with the marks of all returns in it, in their order; each return is read once.

    Rejecting everything in the file gives the draft back; accepting only one office's marks gives that office's text.
    That is proved of the file itself before it is handed over: what would break it is left out, and named with the
    reason in `not_carried`.
    """
    read = read_round(read_base(base), returns, earlier, keep=True)
    return read.consolidation, merge_round(base, read, returns)


def amendment_table(consolidation: Consolidation) -> bytes:
    """An Excel file with a row an amendment and a sheet of comments, to be decided; whatever a cell holds is text."""
    return write_table(consolidation)


def amendment_document(consolidation: Consolidation, *, title: str, today: date) -> bytes:
    """The same table as a Word document."""
    rows, comments = amendment_rows(consolidation), comment_rows(consolidation)
    return table_document(rows, comments, title=title, handling="", today=today)


def table_document(
    amendments: Sequence[TableRow], comments: Sequence[CommentRow], *, title: str, handling: str, today: date
) -> bytes:
    """Amendments and comments as a Word document in which they are decided; `handling` is the mark on every page."""
    # The library that lays documents out takes long to load, and readers never need it.
    from ._table_layout import lay_out_table

    return lay_out_table(amendments, comments, title=title, handling=handling, today=today)


def next_draft(
    base: bytes,
    returns: Sequence[ReturnFile],
    decisions: Decisions,
    *,
    earlier: Sequence[bytes] = (),
    author: str,
    date: datetime,
) -> NextDraft:
    """The draft that a decided table of these returns makes of the base, clean and with every change tracked."""
    return write_next_draft(base, returns, decisions, earlier=earlier, author=author, date=date)
