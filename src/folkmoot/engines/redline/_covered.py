"""Marks that no view shows: what they add or take stands inside what another mark adds or takes.

A word struck out in a row that is itself new, a second office's insertion inside a moved clause, a number given to a
paragraph: accepting or rejecting everything gives the same text without them, yet each was made by somebody. Marks of
the person whose change covers them are folded into it; every other one is a change of its own. What holds nothing at
all is only counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ._body import ADDS, CELL_DEL, CELL_INS, CHARACTERS, MARKS, TC, TR, P, R
from ._drafts import Draft
from ._formats import FORMAT_TAGS, describe_format
from ._marks import ENVELOPE_MARKS, Reading, elsewhere, when
from ._names import w
from ._values import Kind

CELL_MARKS: Final = (CELL_INS, CELL_DEL)
_AUTHOR: Final = w("author")
_TEXT: Final = frozenset({w("t"), w("delText")})
_FIELDS: Final = frozenset({w("instrText"), w("delInstrText"), w("fldChar")})
# A comment is told of as a comment; a page that was broken at last printing says nothing.
_SILENT: Final = frozenset({w("rPr"), w("commentReference"), w("annotationRef"), w("lastRenderedPageBreak")})
_GRID: Final = w("tblGridChange")


@dataclass(slots=True)
class Covered:
    """What is left of a story's marks once its changes are told."""

    drafts: list[Draft] = field(default_factory=list)
    empty: int = 0


def covered(reading: Reading, drafts: Sequence[Draft]) -> Covered:
    """The changes that others cover; the marks of one person are added to the draft that covers them."""
    owners = {mark: draft for draft in drafts for mark in draft.marks}
    rows = {next(mark.iterancestors(TR), mark): mark for mark in owners if _holder(mark) == w("trPr")}
    found = Covered()
    latest: Draft | None = None
    for mark in _left(reading, owners):
        cover = next((other for other in _around(mark, rows) if _same_hand(mark, other) and other in owners), None)
        if cover is not None:
            owners[cover].marks.append(mark)
            owners[mark] = owners[cover]
            continue
        fresh = _draft(mark, reading)
        if fresh is None:
            found.empty += 1
        elif latest is not None and _continues(mark, fresh, latest):
            latest.before, latest.after = latest.before + fresh.before, latest.after + fresh.after
            latest.marks.append(mark)
        else:
            found.drafts.append(fresh)
            latest = fresh
    return found


def _left(reading: Reading, owners: Mapping[etree._Element, Draft]) -> Iterator[etree._Element]:
    for mark in reading.story.root.iter(*MARKS, *FORMAT_TAGS, *ENVELOPE_MARKS, _GRID):
        if mark not in owners and not elsewhere(mark, reading.story):
            yield mark


def _holder(mark: etree._Element) -> object:
    holder = mark.getparent()
    return None if holder is None else holder.tag


def _around(mark: etree._Element, rows: Mapping[etree._Element, etree._Element]) -> Iterator[etree._Element]:
    """The marks that cover this one, nearest first: those beside it on the same end of line, around it, on its row."""
    if _holder(mark) in (w("rPr"), w("numPr")):
        yield from mark.itersiblings(preceding=True)
        yield from mark.itersiblings()
    if mark.tag in CELL_MARKS and (cell := next(mark.iterancestors(TC), None)) is not None:
        yield from cell.iter(*MARKS)
    for ancestor in mark.iterancestors():
        if ancestor.tag in MARKS or ancestor.tag in FORMAT_TAGS:
            yield ancestor
        elif ancestor.tag == TC:
            yield from ancestor.iterfind(f"{w('tcPr')}/*")
        elif ancestor in rows:
            yield rows[ancestor]


def _same_hand(mark: etree._Element, other: etree._Element) -> bool:
    """Whether both are of one person and do the same, or this one belongs to the looks that the other replaced."""
    if other.tag in FORMAT_TAGS:
        return True
    if mark.tag not in MARKS or other.tag not in MARKS or (mark.tag in ADDS) != (other.tag in ADDS):
        return False
    return mark.get(_AUTHOR) == other.get(_AUTHOR)


def _continues(mark: etree._Element, fresh: Draft, latest: Draft) -> bool:
    return (
        mark.getprevious() is not None
        and mark.getprevious() is latest.marks[-1]
        and (fresh.kind, fresh.author) == (latest.kind, latest.author)
    )


def _draft(mark: etree._Element, reading: Reading) -> Draft | None:
    signed = _signed(mark)
    at, start, end = _place(mark, reading)

    def change(kind: Kind, before: str, after: str) -> Draft:
        author, date = signed.get(_AUTHOR, ""), when(signed)
        return Draft(kind, at, start, end, before, after, author, date, True, 0, marks=[mark])

    if mark.tag == _GRID:
        return change("format", "", "table column widths")
    if mark.tag not in MARKS:
        return change("format", *describe_format(mark))
    holder = _holder(mark)
    if holder == w("numPr"):
        return change("format", "", "paragraph list")
    adds = mark.tag in ADDS
    if holder == w("trPr"):
        text = _row_text(mark)
        return change("row-insert", "", text) if adds else change("row-delete", text, "")
    if holder == w("rPr"):
        return change("paragraph-insert", "", "\n") if adds else change("paragraph-delete", "\n", "")
    text = _cell_text(mark) if mark.tag in CELL_MARKS else _said(mark)
    if not text:
        return None
    return change("insert", "", text) if adds else change("delete", text, "")


def _signed(mark: etree._Element) -> etree._Element:
    """A table's grid changes without a name: it is that of whoever changed the table."""
    if mark.tag != _GRID:
        return mark
    table = next(mark.iterancestors(w("tbl")), mark)
    return next((other for other in table.iter(*FORMAT_TAGS) if other.get(_AUTHOR)), mark)


def _place(mark: etree._Element, reading: Reading) -> tuple[int, int, int]:
    """The place of the paragraph that holds it, else of the first one in what holds it; the end of the story else."""
    for ancestor in mark.iterancestors():
        if ancestor in reading.spans:
            at, start, _ = reading.spans[ancestor]
            return at, start, start
        if ancestor.tag in (TR, TC) or ancestor is reading.story.root:
            inside = next(ancestor.iter(P), None)
            if inside is not None and inside in reading.spans:
                return reading.spans[inside][0], 0, 0
            return max(len(reading.paragraphs) - 1, 0), 0, 0
    return 0, 0, 0


def _cell_text(mark: etree._Element) -> str:
    return _said(next(mark.iterancestors(TC), mark)) or "[cell]"


def _row_text(mark: etree._Element) -> str:
    row = next(mark.iterancestors(TR), mark)
    cells = [cell for cell in row.iter(TC) if next(cell.iterancestors(TR), None) is row]
    return "\t".join("\n".join(_said(paragraph) for paragraph in cell.iter(P)) for cell in cells)


def _said(element: etree._Element) -> str:
    """All the words inside, else what stands there without words."""
    words = "".join(
        (node.text or "") if node.tag in _TEXT else CHARACTERS[str(node.tag)]
        for node in element.iter(*_TEXT, *CHARACTERS)
        if _holder(node) == R
    )
    if words:
        return words
    things = [node for run in element.iter(R) for node in run if node.tag not in _SILENT]
    if not things:
        return ""
    return "[field]" if any(node.tag in _FIELDS for node in things) else "[object]"
