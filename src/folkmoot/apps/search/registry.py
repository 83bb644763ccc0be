"""What can be found: each room tells its kinds of record, what words stand in one, and who may see it.

A source's `visible` is the room's own rule; the search puts it into its query, so that nothing else decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, cast

from django.db.models import Model, QuerySet

from folkmoot.apps.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Document:
    """A record as the index holds it. `table` and `key` lead to its page; absent, the table is the record's own.

    `handling` is the mark of what its words stand in; absent, it is the record's own.
    """

    title: str
    body: str
    key: str
    day: date | None = None
    table: str = ""
    handling: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """A relation of a record, such as "meeting__group", and the fields of the row there that stand in its document."""

    path: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchSource:
    """One kind of result: its name in addresses, what people call many of them, and the two rules.

    `document` gives None for a record that is not to be found. `related` names the relations that `document` follows;
    `follows` those of them whose fields it writes down, so that it is written anew when one of these changes.
    """

    kind: str
    label: str
    model: type[Model]
    document: Callable[[Any], Document | None]
    visible: Callable[[Actor], QuerySet[Any]]
    related: tuple[str, ...] = ()
    follows: tuple[Follow, ...] = ()


_sources: dict[str, SearchSource] = {}


def register_search_source(source: SearchSource) -> None:
    """A room tells here of one kind, when the installation starts."""
    _sources[source.kind] = source


def search_sources() -> list[SearchSource]:
    """Every kind, by what people call it."""
    return sorted(_sources.values(), key=lambda source: source.label)


def sources_of(model: type[Model]) -> list[SearchSource]:
    """The kinds that a table's rows make."""
    return [source for source in _sources.values() if source.model is model]


@dataclass(frozen=True, slots=True)
class Follower:
    """A kind whose documents hold some fields of another table's rows, and the way there."""

    source: SearchSource
    path: str
    fields: tuple[str, ...]


def followers_of(model: type[Model]) -> list[Follower]:
    """The kinds in whose documents fields of this table stand."""
    return [
        Follower(source, follow.path, follow.fields)
        for source in _sources.values()
        for follow in source.follows
        if _led_to(source.model, follow.path) is model
    ]


@lru_cache
def _led_to(model: type[Model], path: str) -> type[Model]:
    for name in path.split("__"):
        model = cast(type[Model], model._meta.get_field(name).related_model)
    return model
