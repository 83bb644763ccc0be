"""What an issue can be linked to: each room tells how to find its records by words, and what they are called."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from folkmoot.apps.access.actor import Actor

Find = Callable[[Actor, str], list[tuple[str, str]]]
Titles = Callable[[Actor, Collection[str]], dict[str, str]]


class Group(StrEnum):
    """Under which heading a kind of record stands on an issue's page."""

    BODIES = "Bodies"
    PEOPLE = "People"
    PLACES = "Places"
    WORK = "Work"


@dataclass(frozen=True, slots=True)
class Linkable:
    """A kind of record: `find` those that match words, `titles` of those with these keys, both as far as the actor
    may see them. `groups` says under which heading each stands, where they differ.
    """

    table: str
    label: str
    find: Find
    titles: Titles
    group: Group = Group.WORK
    groups: Callable[[Collection[str]], Mapping[str, Group]] | None = None


_linkables: dict[str, Linkable] = {}


def register_linkable(linkable: Linkable) -> None:
    """A room tells here of one kind of record."""
    _linkables[linkable.table] = linkable


def linkables() -> list[Linkable]:
    """Every kind, by its label."""
    return sorted(_linkables.values(), key=lambda each: each.label)


def linkable_of(table: str) -> Linkable | None:
    """The kind of a table; None where no room has told of it."""
    return _linkables.get(table)


def titles_of(actor: Actor, records: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """What records are called, by table and key; those that the actor may not see are missing. One ask a table."""
    keys: dict[str, set[str]] = defaultdict(set)
    for table, key in records:
        keys[table].add(key)
    return {
        (table, key): title
        for table, wanted in keys.items()
        if table in _linkables
        for key, title in _linkables[table].titles(actor, sorted(wanted)).items()
    }
