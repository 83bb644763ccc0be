"""The shipped facts as a register to link texts by; read from the package, so that no installation is needed."""

import csv
from importlib.resources import files

from folkmoot.engines.radar.entities import TABLES, Entity, entities_of


def shipped_register() -> tuple[Entity, ...]:
    """Every entity of the tables that come with the product."""
    folder = files("folkmoot") / "facts"
    return entities_of(
        {
            name: list(csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
            for name in TABLES
        }
    )
