"""The values of the rule: things, the edges between them, and the chains by which they are related."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A record, by its table and its key."""

    table: str
    key: str


class Kind(StrEnum):
    """What an edge says: that people linked two things, or that one stands for the other."""

    LINK = "link"
    STANDS_FOR = "stands-for"


@dataclass(frozen=True, slots=True)
class Edge:
    """Two things and why they hang together, in words. It holds both ways."""

    a: Thing
    b: Thing
    why: str
    kind: Kind = Kind.LINK


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain: to which thing, and why."""

    thing: Thing
    why: str


Chain: TypeAlias = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A thing, how strongly it is related (greater is more), and the chains that make it so, the strongest first."""

    thing: Thing
    score: float
    chains: tuple[Chain, ...]
