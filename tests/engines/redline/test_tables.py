"""Where in a table a paragraph stands."""

import io
from typing import Any

from docx import Document

from folkmoot.engines import redline


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_each_paragraph_of_a_table_says_its_row_and_column() -> None:
    document = Document()
    document.add_paragraph("Before.")
    table = document.add_table(rows=2, cols=2)
    for row, column, text in ((0, 0, "Stage"), (0, 1, "Months"), (1, 0, "Audit"), (1, 1, "6")):
        table.cell(row, column).text = text
    table.cell(1, 0).add_paragraph("And consultation")
    document.add_paragraph("After.")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Second"
    data = saved(document)

    places = dict(zip(redline.text(data, view="rejected"), redline.cells(data), strict=True))

    assert places["Before."] is places["After."] is None
    assert places["Months"] == redline.Cell(0, 0, 1)
    assert places["Audit"] == places["And consultation"] == redline.Cell(0, 1, 0)
    assert places["Second"] == redline.Cell(1, 0, 0)


def test_a_table_within_a_cell_counts_as_that_cell() -> None:
    document = Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 1).add_table(rows=1, cols=1).cell(0, 0).text = "Inner"
    data = saved(document)

    places = dict(zip(redline.text(data, view="rejected"), redline.cells(data), strict=True))

    assert places["Inner"] == redline.Cell(0, 0, 1)
