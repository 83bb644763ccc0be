"""The tables of a Word file as rows of texts, with what was tracked in them counted as done: for a table filled in."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ._body import MARKS, cell_marks, read_blocks, texts
from ._decided import Table, says_a_decision
from ._names import w
from ._package import Package
from ._paragraphs import cells_of

_TBL, _TR = w("tbl"), w("tr")


@dataclass(frozen=True, slots=True)
class WrittenTables:
    """The tables of a file in their order, and whether changes were tracked in them, which are read as accepted."""

    tables: tuple[Table, ...]
    tracked: bool


def read_tables(data: bytes) -> WrittenTables:
    """Every table of the body that stands in no other one; a cell merged over rows says the same in each of them."""
    body = Package.open(data).document.find(w("body"))
    if body is None:
        return WrittenTables((), tracked=False)
    _forget_prompts(body)
    tables = [table for table in body.iter(_TBL) if next(table.iterancestors(_TBL), None) is None]
    tracked = any(next(table.iter(*MARKS), None) is not None for table in tables)
    return WrittenTables(tuple(tuple(_rows(table)) for table in tables), tracked)


def _forget_prompts(body: etree._Element) -> None:
    """What a content control asks for is not what somebody wrote.

    A program that lets people type over it may leave it marked as asking, so whatever says a decision is one.
    """
    for control in list(body.iter(w("sdt"))):
        content = control.find(w("sdtContent"))
        asks = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None
        if (
            asks
            and content is not None
            and not says_a_decision("".join(text.text or "" for text in content.iter(w("t"))))
        ):
            for run in list(content.iter(w("r"))):
                holder = run.getparent()
                if holder is not None:
                    holder.remove(run)


def _rows(table: etree._Element) -> Iterator[tuple[str, ...]]:
    above: dict[int, str] = {}
    for row in table.iter(_TR):
        if next(row.iterancestors(_TBL)) is table and row.find(f"{w('trPr')}/{w('del')}") is None:
            yield tuple(_cells(row, above))


def _cells(row: etree._Element, above: dict[int, str]) -> Iterator[str]:
    """The texts by the columns of the grid; `above` holds what each column's merged cell says."""
    column = _count(row, "trPr", "gridBefore", 0)
    yield from [""] * column
    for cell in cells_of(row):
        if any(mark.tag == w("cellDel") for mark in cell_marks(cell)):
            continue
        said = "\n".join(texts(read_blocks(cell), "accepted")).strip()
        merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
        if merge is not None and merge.get(w("val"), "continue") == "continue":
            said = said or above.get(column, "")
        else:
            above[column] = said
        yield said
        span = _count(cell, "tcPr", "gridSpan", 1)
        yield from [""] * (span - 1)
        column += span


def _count(element: etree._Element, properties: str, name: str, usual: int) -> int:
    found = element.find(f"{w(properties)}/{w(name)}")
    said = "" if found is None else found.get(w("val"), "")
    # A table of Word has 63 columns at most; a number beyond is a damaged one.
    return int(said) if said.isascii() and said.isdigit() and len(said) < 3 and int(said) <= 63 else usual
