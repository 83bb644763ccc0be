"""The tables of facts that come with the product, as rows; what they mean is for the reader to say."""

import csv
from collections.abc import Iterable
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def tables(names: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """The rows of these tables, each by its name without “.csv”."""
    found = {}
    for name in names:
        with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
            found[name] = list(csv.DictReader(opened))
    return found
