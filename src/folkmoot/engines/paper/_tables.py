"""Reads a small table, CSV or Excel, as texts: the first row names the columns."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ._errors import UnreadableFile

MOST_ROWS = 5000
MOST_COLUMNS = 40


def read_table(name: str, data: bytes) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, each cell a text, empty rows left out; a day in a cell reads 2024-03-05."""
    rows = tuple(row for row in next(_sheets(name, data), ()) if any(row))
    if not rows:
        raise UnreadableFile("This table is empty.", "Name its columns in the first row.")
    return rows


def read_sheets(name: str, data: bytes) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Every sheet of a workbook, or the one of a CSV file, with its empty rows: a row is where a person sees it."""
    return tuple(tuple(sheet) for sheet in _sheets(name, data))


def _sheets(name: str, data: bytes) -> Iterator[list[tuple[str, ...]]]:
    for rows in _excel(data) if name.lower().endswith(".xlsx") else (_csv(data),):
        if sum(map(any, rows)) > MOST_ROWS:
            raise UnreadableFile(f"This table has more than {MOST_ROWS:,} rows.", "Split it.")
        yield rows


def _csv(data: bytes) -> list[tuple[str, ...]]:
    try:
        text = data.decode("utf-8-sig")
        dialect = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        rows = list(csv.reader(io.StringIO(text), delimiter=dialect, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile("This is not a CSV file in UTF-8.", "Save it again as “CSV UTF-8”.") from error
    return [tuple(cell.strip() for cell in row) for row in rows]


def _excel(data: bytes) -> Iterator[list[tuple[str, ...]]]:
    try:
        for sheet in load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets:
            limits = {"max_row": MOST_ROWS + 1, "max_col": MOST_COLUMNS, "values_only": True}
            yield [tuple(_cell(value) for value in row) for row in sheet.iter_rows(**limits)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, AttributeError) as error:
        raise UnreadableFile("This is not an Excel file.", "Save it again as .xlsx or as “CSV UTF-8”.") from error


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value).strip()
