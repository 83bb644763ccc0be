"""Where rooms tell what they keep, for how long and why, and what they hold about a person.

A room above registers in its apps.py `ready()`; this room registers what the access room keeps.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from folkmoot.apps.access.actor import Actor

NOTHING: tuple[tuple[str, str], ...] = ()


def nowhere(row: Any) -> Iterable[tuple[str, str]]:
    """For a class whose rows stand on no other record."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class RecordClass:
    """A class of records: why it is kept, for how many months, which rows are due, and how one is removed.

    `due` takes the moment before which a row's period must have begun, and gives the rows with the longest wait first.
    `stands_on` tells the records (table, key) whose hold keeps a row, too.
    """

    name: str
    title: str
    basis: str
    months: int
    due: Callable[[datetime], "QuerySet[Any]"]
    remove: Callable[[Actor, Any], None]
    stands_on: Callable[[Any], Iterable[tuple[str, str]]] = nowhere


@dataclass(frozen=True, slots=True)
class Subject:
    """The person about whom it is asked: their account, their key in the register, their names and mail addresses."""

    account_id: int | None
    person: str
    names: tuple[str, ...]
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """One thing that is held about a person. `withheld` says why a third party's words are left out of the text.

    `others` are words by others that name the person: they leave only through a request, once other people's names are
    taken out of them and a second person has looked. `files` are stored files by name and number.
    """

    title: str
    text: str
    at: datetime | date | None
    table: str
    key: str
    withheld: str = ""
    others: str = ""
    files: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalSource:
    """What a room holds about people. `erase` gives how many rows it changed; `kept` says what stays, and why."""

    name: str
    title: str
    find: Callable[[Subject], list[Extract]]
    erase: Callable[[Actor, Subject], int]
    kept: str = ""


_classes: dict[str, RecordClass] = {}
_sources: dict[str, PersonalSource] = {}


def register_record_class(record_class: RecordClass) -> None:
    """A room tells here of a class of records; told twice, it is one."""
    _classes[record_class.name] = record_class


def register_personal_source(source: PersonalSource) -> None:
    """A room tells here what it holds about people; told twice, it is one."""
    _sources[source.name] = source


def record_classes() -> list[RecordClass]:
    """Every class, by its title."""
    return sorted(_classes.values(), key=lambda each: each.title)


def personal_sources() -> list[PersonalSource]:
    """Every source, by its title."""
    return sorted(_sources.values(), key=lambda each: each.title)


def key_of(row: Model) -> str:
    """The key by which a row is named outside its table: its own key, or its number where it has none."""
    return str(getattr(row, "key", row.pk))
