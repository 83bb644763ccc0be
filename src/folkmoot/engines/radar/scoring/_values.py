"""What is scored, for whom, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Part = Literal["phrase", "words", "related", "organisation", "exclusion"]
TEXT_FIELDS = ("title", "summary", "text")


@dataclass(frozen=True, slots=True)
class Priority:
    """What the network cares about; `terms` are its words, `excluded` what looks like it and is not meant."""

    id: str
    name: str
    terms: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What of an item can speak for it."""

    id: str
    title: str = ""
    text: str = ""
    summary: str = ""
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score. `span` counts characters within `field`, or entries where the field is a list.
    `because` is the term, word or body, for people to read."""

    part: Part
    field: str
    span: tuple[int, int]
    weight: float
    because: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A document's score for each priority, and the reasons that it is the sum of."""

    id: str
    scores: Mapping[str, float]
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
