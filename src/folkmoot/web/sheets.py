"""Lists that leave as spreadsheets: plain CSV, with the handling mark on top and never a formula in a cell."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from folkmoot.web.files import download

# A spreadsheet reads a cell that begins so as a formula; a leading apostrophe makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
