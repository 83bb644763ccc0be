"""One JSON record read field by field: a field of the wrong type refuses the record, in a sentence that names it."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from .._errors import NotThisSource
from .._item import Item, Problem
from ._dates import Stamp, read_iso
from ._text import clean, title_text

LONGEST_FACT = 2_000
NO_YEARS = ("0001-01-01", "9999-12-31")
KINDS = {bool: "a yes or no", int: "a number", float: "a number", str: "text", list: "a list", dict: "a record"}

T = TypeVar("T")


class BadRecord(Exception):
    """A record that cannot be read; the text says which field and why."""


def load(payload: bytes) -> Any:
    """The JSON value of a payload, in whichever of the encodings of JSON it was sent."""
    try:
        return json.loads(payload)
    except UnicodeDecodeError as problem:
        raise NotThisSource(f"It is not UTF-8 at byte {problem.start + 1}, as JSON must be.") from None
    except RecursionError:
        raise NotThisSource("It is nested too deeply to be an answer of this source.") from None
    except json.JSONDecodeError as problem:
        raise NotThisSource(_not_json(payload, f"line {problem.lineno}, column {problem.colno}")) from None
    except ValueError:  # a number of thousands of digits
        raise NotThisSource("It holds a number that is too long to be read.") from None


def _not_json(payload: bytes, place: str) -> str:
    start = payload.lstrip()[:1]
    if not start:
        return "It is empty; fetch it again."
    if start == b"<":
        return "It is a web page or XML, not JSON; check the address, or whether the site refuses us."
    return f"It is not JSON ({place}); it may be cut short, so fetch it again."


class Record:
    """A JSON object and where it stands in its parent, for the sentences."""

    __slots__ = ("_where", "data")

    def __init__(self, data: Any, where: str = "") -> None:
        if not isinstance(data, dict):
            raise BadRecord(f"{where or 'The record'} is {_kind(data)}, where a record is expected.")
        self.data: dict[str, Any] = data
        self._where = where

    def _name(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def _wrong(self, key: str, expected: str) -> BadRecord:
        return BadRecord(f"{self._name(key)} is {_kind(self.data[key])}, where {expected} is expected.")

    def __contains__(self, key: str) -> bool:
        return self.data.get(key) is not None

    def text(self, key: str) -> str:
        """The text of a field, cleaned; none and null are the empty text."""
        value = self.data.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._wrong(key, "text")
        return clean(value)

    def need(self, key: str) -> str:
        text = self.text(key).strip()
        if not text:
            raise BadRecord(f"{self._name(key)} is missing.")
        return text

    def title(self, key: str) -> str:
        """A line that must be there and say something."""
        line = title_text(self.need(key))
        if not line:
            raise BadRecord(f"{self._name(key)} says nothing.")
        return line

    def key(self, key: str) -> str:
        """The identifier in a field, which must be there."""
        value = self.data.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.need(key)

    def optional_key(self, key: str) -> str:
        return self.key(key) if key in self else ""

    def number(self, key: str) -> int | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(key, "a whole number")
        return value

    def flag(self, key: str) -> bool:
        value = self.data.get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self._wrong(key, "a yes or no")
        return value

    def moment(self, key: str) -> datetime | None:
        stamp = self.stamp(key)
        return stamp.at if stamp else None

    def stamp(self, key: str) -> Stamp | None:
        """The date of a field; the years by which some sources say that there is none are none."""
        text = self.text(key).strip()
        if not text or text.startswith(NO_YEARS):
            return None
        found = read_iso(text)
        if found is None:
            raise BadRecord(f"{self._name(key)} is no date: {text[:40]!r}.")
        return found

    def record(self, key: str) -> "Record":
        value = self.data.get(key)
        return Record({} if value is None else value, self._name(key))

    def values(self, key: str) -> list[Any]:
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(key, "a list")
        return value

    def records(self, key: str) -> list["Record"]:
        return [Record(value, f"{self._name(key)}[{at}]") for at, value in enumerate(self.values(key))]

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.values(key)
        for value in values:
            if not isinstance(value, str):
                raise BadRecord(f"{self._name(key)} holds {_kind(value)}, where text is expected.")
        return tuple(clean(value) for value in values)

    def rest(self, *used: str) -> tuple[tuple[str, str], ...]:
        """Every plain value that has no field of its own, by name, so that nothing is thrown away."""
        return tuple(_flat({key: value for key, value in self.data.items() if key not in used}, ""))


def _flat(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    if value is None or value == "" or depth > 4:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{clean(str(key))}" if name else clean(str(key)), depth + 1)
    elif isinstance(value, list):
        plain = [_plain(one) for one in value if isinstance(one, (str, int, float, bool))]
        if plain:
            yield name, ", ".join(plain)[:LONGEST_FACT]
        for one in value:
            if isinstance(one, (dict, list)):
                yield from _flat(one, name, depth + 1)
    else:
        yield name, _plain(value)[:LONGEST_FACT]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return clean(str(value))


def _kind(value: Any) -> str:
    return KINDS.get(type(value), "nothing")


def each(
    values: Iterable[T], make: Callable[[T], Item | Iterable[Item]], *, start: int = 1
) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """The items of all records that can be read, and a problem by number for each that cannot."""
    items: list[Item] = []
    problems: list[Problem] = []
    for number, value in enumerate(values, start):
        try:
            made = make(value)
            items.extend([made] if isinstance(made, Item) else made)
        except BadRecord as problem:
            problems.append(Problem(number, str(problem)))
    return tuple(items), tuple(problems)


def must_know(values: Iterable[Any], kind_of: Callable[[dict[str, Any]], str], what: str) -> None:
    """A list of other things that is wrapped in the same way is another source's, not a list of broken records."""
    records = [value for value in values if isinstance(value, dict)]
    if records and not any(map(kind_of, records)):
        raise NotThisSource(f"It holds no {what}; check the address or choose another kind of source.")


def total_of(answer: dict[str, Any], key: str) -> int | None:
    value = answer.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def once(*values: str) -> tuple[str, ...]:
    """The values that say something, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))
