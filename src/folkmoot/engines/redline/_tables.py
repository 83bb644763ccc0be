"""Where in a table a paragraph stands, for a reader who shows rows as rows."""

from dataclasses import dataclass

from lxml import etree

from ._body import Paragraph, assemble, read_blocks
from ._names import w
from ._package import Package
from ._paragraphs import cells_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by the number of its table in the document, of its row and of its column, each from 0."""

    table: int
    row: int
    column: int


def read_cells(data: bytes) -> tuple[Cell | None, ...]:
    """For each paragraph of the rejected view its cell in the outermost table; None outside tables."""
    body = Package.open(data).document.find(w("body"))
    if body is None:
        return ()
    tables = {table: number for number, table in enumerate(body.iter(w("tbl")))}
    paragraphs = assemble(read_blocks(body), "rejected", keep_last=True).paragraphs
    return tuple(_cell_of(paragraph, tables) for paragraph in paragraphs)


def _cell_of(paragraph: Paragraph, tables: dict[etree._Element, int]) -> Cell | None:
    cells = list(paragraph.element.iterancestors(w("tc")))
    if not cells:
        return None
    cell = cells[-1]
    row = next(cell.iterancestors(w("tr")))
    table = next(row.iterancestors(w("tbl")))
    rows = [each for each in table.iter(w("tr")) if next(each.iterancestors(w("tbl"))) is table]
    return Cell(tables[table], rows.index(row), cells_of(row).index(cell))
