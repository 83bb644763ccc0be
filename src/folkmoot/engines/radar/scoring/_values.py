"""What is scored, for whom, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Part = Literal["phrase", "words", "related", "organisation", "place", "learned", "deadline", "exclusion"]
TEXT_FIELDS = ("title", "summary", "text")


@dataclass(frozen=True, slots=True)
class Priority:
    """What the network cares about; `terms` are its words, `excluded` what looks like it and is not meant."""

    id: str
    name: str
    terms: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Where a document is known to speak of a place, with every name in lower case that this satisfies: the place's
    own, its area's, its authority's."""

    names: frozenset[str]
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Due:
    """A date of a document that somebody may have to act by."""

    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Document:
    """What of an item can speak for it. Without links (None) places are looked for by their names alone."""

    id: str
    title: str = ""
    text: str = ""
    summary: str = ""
    organisations: tuple[str, ...] = ()
    links: tuple[Link, ...] | None = None
    deadlines: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word that a reason rests on, and where it stands first."""

    word: str
    field: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score. `span` counts characters within `field`, or entries where the field is a list.
    `because` is the term, word or body, for people to read; what was learnt rests on several words, its evidence."""

    part: Part
    field: str
    span: tuple[int, int] | None
    weight: float
    because: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """A document's score for each priority, and the reasons that it is the sum of."""

    id: str
    scores: Mapping[str, float]
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
