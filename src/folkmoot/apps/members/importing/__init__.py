"""Imports the register's facts from CSV files; running it twice changes nothing the second time.

report = import_facts(actor, folder=SHIPPED, today=today)
for line in report.lines: print(line)
"""

import csv
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import Role
from folkmoot.apps.members.importing._files import FILES, File, Row
from folkmoot.apps.members.importing._register import Register, rechecked
from folkmoot.apps.members.importing._report import ImportReport, Outcome, RefusedRow, RowResult
from folkmoot.apps.members.models import FactImport
from folkmoot.apps.members.partial import NotADate, span

__all__ = ["SHIPPED", "ImportReport", "Outcome", "RowResult", "import_at_the_terminal", "import_facts", "rechecked"]

# The facts that come with the product.
SHIPPED = Path(__file__).resolve().parents[3] / "facts"


@transaction.atomic
def import_facts(actor: Actor, *, folder: Path, today: date, dry_run: bool = False) -> ImportReport:
    """Bring the rows of a file, or of every known file in a folder, into the register."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    report = ImportReport(dry_run=dry_run)
    tables = [(path.name, FILES[path.name], _read(path, FILES[path.name])) for path in _paths(folder)]
    register = Register()
    for name, file, rows in tables:
        _take(register, report, name, file, rows, today)
    register.settle_terms()
    register.flush()
    if dry_run:
        transaction.set_rollback(True)
    elif report.changes_anything:
        counts = {"added": report.count(Outcome.ADDED), "changed": report.count(Outcome.CHANGED)}
        done = FactImport.objects.create(
            at=actor.now, account_id=actor.account_id, name=actor.name, refused=len(report.refused), **counts
        )
        record(actor, "register.imported", done, by=authority, **counts)
    return report


def import_at_the_terminal(path: Path, *, now: datetime, today: date, dry_run: bool = False) -> tuple[int, list[str]]:
    """What `folkmoot import facts PATH [--dry-run]` does: its exit status, and the lines to print."""
    actor = Actor(account_id=None, name="The command line", role=Role.COORDINATOR, now=now, today=today)
    try:
        report = import_facts(actor, folder=path, today=today, dry_run=dry_run)
    except Invalid as error:
        return 3, [str(error)]
    return (3 if report.refused else 0), report.lines


def _paths(place: Path) -> list[Path]:
    """The files to read, in the order in which they build on each other."""
    if place.is_dir():
        found = [place / name for name in FILES if (place / name).is_file()]
        if not found:
            raise Invalid(f"The folder holds none of the register’s files: {', '.join(FILES)}.")
        return found
    if not place.is_file():
        raise Invalid(f"There is no file or folder {place}. Give the path of one.")
    if place.name not in FILES:
        raise Invalid(f"{place.name} is not one of the register’s files: {', '.join(FILES)}.")
    return [place]


def _read(path: Path, file: File) -> list[Row]:
    """The rows of a file, or Invalid when it is not the table that it should be."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened, strict=True)
            missing = sorted(file.columns - set(reader.fieldnames or ()))
            if missing:
                raise Invalid(f"{path.name} lacks the columns {', '.join(missing)}. Add them to its first row.")
            return list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise Invalid(f"{path.name} is not a CSV file in UTF-8. Save it again as “CSV UTF-8”.") from None


def _take(register: Register, report: ImportReport, name: str, file: File, rows: list[Row], today: date) -> None:
    """Take one file: each step over every row, then one result a row."""
    outcomes: dict[int, set[Outcome]] = {number: set() for number in range(2, len(rows) + 2)}
    words: dict[int, list[str]] = {number: [] for number in outcomes}
    for step in file.steps:
        for number, row in enumerate(rows, start=2):
            if Outcome.REFUSED in outcomes[number]:
                continue
            try:
                _check_row(row, file, today)
                for outcome, said in step(register, row):
                    outcomes[number].add(outcome)
                    words[number] += [said] if said else []
            except RefusedRow as refusal:
                outcomes[number].add(Outcome.REFUSED)
                words[number].append(str(refusal))
        register.flush()
    for number in outcomes:
        report.rows.append(RowResult(name, number, _gravest(outcomes[number]), " ".join(words[number])))


def _gravest(outcomes: set[Outcome]) -> Outcome:
    """A row made of several records is refused, added or changed when one of them is."""
    for outcome in (Outcome.REFUSED, Outcome.ADDED, Outcome.CHANGED):
        if outcome in outcomes:
            return outcome
    return Outcome.UNCHANGED


def _check_row(row: Row, file: File, today: date) -> None:
    """Refuse a row that is cut short, lacks what it needs or holds a date that is none."""
    if None in row or None in row.values():
        raise RefusedRow("The row has more or fewer cells than the first row. Check its commas and quotation marks.")
    for column in file.needed:
        if not row[column].strip():
            raise RefusedRow(f"The column {column} is empty and must not be.")
    if not row["source"].strip() or not row["as_of"].strip():
        raise RefusedRow("A fact needs a source and an as-of date. Fill both columns.")
    for column in (*file.dates, "as_of"):
        try:
            earliest, _ = span(row[column])
        except NotADate as error:
            raise RefusedRow(f"In the column {column}: {error}") from None
        if column == "as_of" and earliest and earliest > today:
            raise RefusedRow(f"The as-of date {row[column]} lies in the future.")
