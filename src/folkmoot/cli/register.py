"""The shipped facts as a register to link texts by; read from the package, so that no installation is needed."""

from folkmoot.engines.radar.entities import TABLES, Entity, entities_of
from folkmoot.facts import tables


def shipped_register() -> tuple[Entity, ...]:
    """Every entity of the tables that come with the product."""
    return entities_of(tables(TABLES))
