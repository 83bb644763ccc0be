"""Who and what a signal names, by the register that comes with the product, as of the day on which it was published."""

from datetime import date
from functools import lru_cache
from typing import Any

from folkmoot.apps.signals.models import Signal
from folkmoot.engines.radar import entities, scoring
from folkmoot.facts import tables

# A name that may as well be another word is no help on a card.
TOLD = ("certain", "likely")


@lru_cache(maxsize=1)
def _register() -> tuple[entities.Entity, ...]:
    return entities.entities_of(tables(entities.TABLES))


@lru_cache(maxsize=1)
def linker() -> entities.Linker:
    return entities.Linker(_register())


@lru_cache(maxsize=1)
def doubtful_names() -> frozenset[str]:
    """Names of places that are also words: for these the links decide."""
    return scoring.doubtful_names(_register())


def day_of(signal: Signal) -> date:
    """The day as of which a signal's names are read."""
    return (signal.published or signal.seen_at).date()


def named_in(signal: Signal) -> list[dict[str, Any]]:
    """Each body, office, person, bill and place once, in the order in which it is named first."""
    text = f"{signal.title}\n{signal.summary}\n{signal.text}"
    found: dict[str, dict[str, Any]] = {}
    for link in linker().link(text, on=day_of(signal)).links:
        if link.kind != "term" and link.role == "named" and link.confidence in TOLD:
            found.setdefault(link.id, {"id": link.id, "kind": link.kind, "name": link.name, "holder": link.holder})
    return list(found.values())
