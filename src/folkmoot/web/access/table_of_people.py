"""A table of people, CSV or Excel: read into rows, and each row added or told what is wrong with it."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from folkmoot.apps.access import actions
from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.roles import ROLES, Role
from folkmoot.web.access.register import people_of_members

COLUMNS = ("name", "address", "role", "person")
MOST_ROWS = 500
LARGEST = 1024 * 1024
# A sheet of a few hundred people unpacks to far less; more is a trap.
LARGEST_UNPACKED = 20 * 1024 * 1024
# Other words for a column that people write at the head of a table.
ALSO = {"email": "address", "e-mail": "address", "mail": "address", "mail address": "address", "person key": "person"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, as it was written."""

    number: int
    name: str
    address: str
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a row: the account, or why not."""

    row: Row
    account: Account | None
    problem: str = ""


def read_table(data: bytes) -> list[Row]:
    """The rows of a table; Invalid for what is none."""
    if len(data) > LARGEST:
        raise Invalid("The table is larger than a megabyte. Leave only the columns name, address, role and person.")
    lines = [[cell.strip() for cell in line] for line in (_excel(data) if data[:2] == b"PK" else _csv(data))]
    lines = [line for line in lines if any(line)]
    if not lines:
        raise Invalid("The table is empty. Its first row names the columns: name, address, role, person.")
    heads = [ALSO.get(cell.lower(), cell.lower()) for cell in lines[0]]
    missing = [column for column in COLUMNS[:3] if column not in heads]
    if missing:
        raise Invalid(f"The first row must name the columns; {', '.join(missing)} is not there.")
    if len(lines) - 1 > MOST_ROWS:
        raise Invalid(f"The table has {len(lines) - 1} rows; {MOST_ROWS} at a time can be taken. Split it.")
    if len(lines) == 1:
        raise Invalid("The table names its columns and nobody in them. Write a row for each person.")
    return [_row(number, dict(zip(heads, line, strict=False))) for number, line in enumerate(lines[1:], start=2)]


def _row(number: int, cells: dict[str, str]) -> Row:
    return Row(number, *(cells.get(column, "")[:254] for column in COLUMNS))


def _csv(data: bytes) -> Iterator[Sequence[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Invalid("This file is no table. Save it as CSV or as an Excel workbook (.xlsx).")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=delimiter)
    except csv.Error:
        raise Invalid("The table breaks off inside a cell. Save it anew as CSV or Excel workbook.") from None


def _excel(data: bytes) -> Iterator[Sequence[str]]:
    unreadable = Invalid("This Excel file cannot be read. Save it anew as .xlsx without a password, or as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise unreadable
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        lines = [["" if cell is None else str(cell) for cell in line] for line in _lines(book)]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, TypeError, IndexError):
        raise unreadable from None
    return iter(lines)


def _lines(book: object) -> Iterator[Sequence[object]]:
    sheet = book.worksheets[0]  # type: ignore[attr-defined]
    yield from sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=20, values_only=True)


def _role(text: str) -> Role:
    """A role by its name or its key, in any case."""
    wanted = text.strip().lower().replace("-", " ")
    for role, description in ROLES.items():
        if wanted in {description.name.lower().replace("-", " "), role.value.replace("-", " ")}:
            return role
    names = ", ".join(description.name for description in ROLES.values())
    raise Invalid(f"“{text}” is no role. Write one of: {names}.")


def _person(text: str, day: date) -> str:
    """The key of a person in the register, by key or by name."""
    if not text:
        return ""
    known = [
        (key, label.rpartition(", ")[0])
        for _, people in people_of_members(day)
        if not isinstance(people, str)
        for key, label in people
    ]
    keys = {key for key, name in known if text.lower() in {key.lower(), name.lower()}}
    if len(keys) != 1:
        why = "is not among the members’ people of the register" if not keys else "is the name of several people"
        raise Invalid(f"“{text}” {why}. Write the key that stands in the person’s address on the page Members.")
    return keys.pop()


def _add(actor: Actor, row: Row) -> Outcome:
    try:
        with transaction.atomic():
            account = actions.create_account(
                actor,
                email=row.address,
                name=row.name[:120],
                role=_role(row.role),
                person=_person(row.person, actor.today),
            )
    except Invalid as error:
        return Outcome(row, None, str(error))
    return Outcome(row, account)


def try_out(actor: Actor, rows: Sequence[Row]) -> list[Outcome]:
    """What would become of each row: done for real, then taken back whole."""
    with transaction.atomic():
        outcomes = [_add(actor, row) for row in rows]
        transaction.set_rollback(True)
    return outcomes


@transaction.atomic
def add_all(actor: Actor, rows: Sequence[Row]) -> list[Outcome]:
    """Add everybody whose row is right."""
    return [_add(actor, row) for row in rows]


def as_csv(rows: Sequence[Row]) -> str:
    """The rows as text, to come back with the button that adds them."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    writer.writerows((row.name, row.address, row.role, row.person) for row in rows)
    return sheet.getvalue()
