"""Lists that leave as spreadsheets, CSV or Excel, with the handling mark on top and never a formula in a cell."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from folkmoot.apps.documents.upload import EXCEL
from folkmoot.web.files import download

# A spreadsheet reads a cell that begins so as a formula; a leading apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

LONGEST_CELL = 32_767  # Excel's own limit

# A cell holds a text, or the pieces of one with what is drawn on each: "struck", "underlined" or nothing.
Cell = str | Sequence[tuple[str, str]]
LOOKS: Final = {"": InlineFont(), "struck": InlineFont(strike=True), "underlined": InlineFont(u="single")}


def safe_cell(value: object) -> str:
    """A cell's text, which no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_response(name: str, rows: Iterable[Sequence[object]], *, handling: str = "") -> HttpResponse:
    """Rows as a CSV file to save, in UTF-8 with the mark that Excel needs to see that."""
    text = io.StringIO()
    writer = csv.writer(text)
    if handling:
        writer.writerow([handling])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return download(text.getvalue().encode("utf-8-sig"), name=name, media_type="text/csv; charset=utf-8")


def excel_response(
    name: str, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]], *, handling: str
) -> HttpResponse:
    """Sheets, each a title, its head and its rows, as an Excel file to save; each begins with the handling mark."""
    book = Workbook(write_only=True)
    for title, head, rows in sheets:
        sheet = book.create_sheet(title)
        for row in ([handling], head, *rows):
            sheet.append([_text_cell(sheet, text) for text in row])
    data = io.BytesIO()
    book.save(data)
    return download(data.getvalue(), name=name, media_type=EXCEL)


def _text_cell(sheet: Any, text: Cell) -> WriteOnlyCell:
    """A cell that holds text whatever it looks like, cut where Excel would refuse the file."""
    pieces = [(text, "")] if isinstance(text, str) else text
    legible = [(ILLEGAL_CHARACTERS_RE.sub("", words), look) for words, look in pieces if words]
    whole = "".join(words for words, _ in legible)
    value: Any = whole[:LONGEST_CELL]
    if value == whole and any(look for _, look in legible):
        value = CellRichText([TextBlock(LOOKS[look], words) for words, look in legible])
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell
