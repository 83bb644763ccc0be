"""Copies of the shipped files of facts, with some rows changed, for tests of importing."""

import csv
from collections.abc import Iterable
from pathlib import Path

from folkmoot.apps.members.importing import SHIPPED


def table(folder: Path, name: str, change: dict[str, dict[str, str]]) -> Path:
    """A copy of a shipped file in which the rows named by their first cell have these cells."""
    with (SHIPPED / name).open(encoding="utf-8", newline="") as shipped:
        rows = list(csv.DictReader(shipped))
    for row in rows:
        row.update(change.get(next(iter(row.values())), {}))
    return write(folder / name, rows)


def write(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
