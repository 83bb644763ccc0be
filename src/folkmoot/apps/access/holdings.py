"""What people hold: each room tells what it has put in their hands, and how it goes to somebody else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import Account


@dataclass(frozen=True, slots=True)
class Holding:
    """One record in a person's hands: its table and key, what it is called, what they do with it ("leads"), whose
    hands (an account's id), and its mark."""

    table: str
    key: str
    title: str
    what: str
    holder: int
    handling: str = ""


HoldingSource = Callable[[Actor, Sequence[Account], date], Iterable[Holding]]
_sources: list[HoldingSource] = []


def register_holding(source: HoldingSource) -> None:
    """A room tells here how to find what people hold on a day; a source gives only what the actor may see."""
    if source not in _sources:
        _sources.append(source)


def holdings(actor: Actor, account: Account, day: date) -> list[Holding]:
    """Everything that a person holds on a day, as far as the actor may see it."""
    return holdings_of(actor, [account], day)


def holdings_of(actor: Actor, accounts: Sequence[Account], day: date) -> list[Holding]:
    """Everything that these people hold on a day, as far as the actor may see it."""
    return [held for source in _sources for held in source(actor, accounts, day)]


HandOver = Callable[[Actor, str, Account], None]
_hand_overs: dict[str, HandOver] = {}


def register_hand_over(table: str, hand_over: HandOver) -> None:
    """A room tells here by which of its actions a record goes to somebody else (actor, record's key, to whom)."""
    _hand_overs[table] = hand_over


def can_be_handed_over(held: Holding) -> bool:
    """Whether a room has told how such a record goes to somebody else."""
    return held.table in _hand_overs


def hand_over(actor: Actor, held: Holding, to: Account) -> None:
    """Give a record to somebody else, by the action of its room, which asks whether the actor may."""
    _hand_overs[held.table](actor, held.key, to)
