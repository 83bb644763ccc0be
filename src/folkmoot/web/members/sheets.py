"""Lists of the register as CSV files, each row with its source and its as-of date."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from folkmoot.apps.members.provenance import Fact
from folkmoot.web.members.reading import Reading

ORIGIN = ("source", "as_of", "cautions")


def sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], reading: Reading) -> HttpResponse:
    """A CSV file named after the list and the day that it shows."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{reading.on.isoformat()}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return response


def origin(fact: Fact, reading: Reading) -> tuple[str, str, str]:
    """The last cells of each row: source, as-of date, cautions in words."""
    return fact.source, fact.as_of, " ".join(flag.reason for flag in reading.flags(fact))


def _cell(value: object) -> str:
    """A cell that a spreadsheet takes for text, whatever it begins with."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
