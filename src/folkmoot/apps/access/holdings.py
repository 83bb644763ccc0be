"""What a person holds: each room tells what it has put in their hands, for whoever takes over or sees them leave."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import Account


@dataclass(frozen=True, slots=True)
class Holding:
    """One record in a person's hands: its table and key, what it is called, and what they do with it ("leads")."""

    table: str
    key: str
    title: str
    what: str


HoldingSource = Callable[[Actor, Account, date], Iterable[Holding]]
_sources: list[HoldingSource] = []


def register_holding(source: HoldingSource) -> None:
    """A room tells here how to find what a person holds on a day; a source gives only what the actor may see."""
    if source not in _sources:
        _sources.append(source)


def holdings(actor: Actor, account: Account, day: date) -> list[Holding]:
    """Everything that a person holds on a day, as far as the actor may see it."""
    return [held for source in _sources for held in source(actor, account, day)]
