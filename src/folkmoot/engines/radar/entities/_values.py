"""What the register holds for linking, and what a link, a doubt and their text together are."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["department", "authority", "mayoralty", "bill", "person", "place", "term"]
Confidence = Literal["certain", "likely", "possible"]
Role = Literal["named", "successor"]
Shape = Literal["name", "also", "short", "office", "surname"]


@dataclass(frozen=True, slots=True)
class Period:
    """From a first day up to, and without, a last one; None is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def meets(self, first: date, last: date) -> bool:
        """Whether any day of the span from `first` to `last`, both included, falls in it."""
        return (self.since is None or self.since <= last) and (self.until is None or first < self.until)

    def over(self, day: date) -> bool:
        return self.until is not None and self.until <= day


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write an entity; a short one or an office may need a look at the words around it. `unlike` are
    beginnings of words that tell of something else with that name."""

    text: str
    shape: Shape = "name"
    period: Period = Period()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """An office that somebody holds or held: the entity of the office, the body, and when."""

    office: str
    organisation: str
    period: Period


@dataclass(frozen=True, slots=True)
class Entity:
    """A body, office, person, bill, place or term of policy, by a key that it keeps whatever it is called."""

    id: str
    kind: Kind
    names: tuple[Name, ...]
    period: Period = Period()
    successors: tuple[str, ...] = ()
    within: tuple[str, ...] = ()  # authorities in whose area it lies
    about: str = ""  # of an office or a council: the place that it stands for
    equals_a_word: bool = False
    elsewhere: tuple[str, ...] = ()  # countries that have a place of this name
    terms: tuple[Term, ...] = ()  # of a person
    acts: bool = False  # a short form that is meant where it decides, meets or asks
    company: tuple[str, ...] = ()  # beginnings of words one of which must be near
    unlike: tuple[str, ...] = ()  # beginnings of words none of which may be near

    def name_on(self, day: date) -> str:
        """What it was called on that day: the latest name that held; else the nearest that ever did."""
        whole = [name for name in self.names if name.shape == "name"] or list(self.names)
        held = [name for name in whole if name.period.holds(day)] or whole
        return max(held, key=lambda name: name.period.since or date.min).text


@dataclass(frozen=True, slots=True)
class Link:
    """An entity that a text names: where (characters of the text as given), by which rule, on what cue."""

    id: str
    kind: Kind
    name: str
    start: int
    end: int
    rule: str
    cue: str = ""
    confidence: Confidence = "certain"
    role: Role = "named"
    holder: str = ""  # of an office: who held it on the day that is meant


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that stands where it cannot be right: a body that did not exist on the day that the text tells."""

    id: str
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Linked:
    """What a text names, in the order of the text, and what in it deserves a second look."""

    links: tuple[Link, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())
