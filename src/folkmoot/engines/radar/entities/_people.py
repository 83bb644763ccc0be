"""People by their offices: a name alone proves nothing, so an office, a place or public business must stand near."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from . import _capitals as capitals
from . import _cues as cues
from ._look import Look
from ._scan import Candidate, Hit, told_of
from ._values import Entity, Link

_TITLE_BEFORE = re.compile(r"\b(?:[Mm]ayor|[Mm]inister|Secretary|Secretary of State|Chancellor),? $")
_OFFICE_AFTER = re.compile(
    r"^,? (?:as |the )?(?:metro |regional |elected |then |former |current |and |[A-Z]\w+,? )*"
    r"(?:[Mm]ayor|[Mm]inister|Secretary|Chancellor)\b|"
    r"^'s (?:office|spokes\w+|team|administration|deputy|plans?|budget)\b"
)
_FORMER_AFTER = re.compile(r"^,? (?:the |a )?(?:former|then)\b")
_COMPOUND = re.compile(r"^-[A-Za-z]")
_CAPITAL_AFTER = re.compile(r"^ [A-Z][a-z]")
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w'-]+)\.? $")
_MAY_PRECEDE = frozenset(
    [
        "Mayor",
        "Minister",
        "Secretary",
        "Mr",
        "Mrs",
        "Ms",
        "Sir",
        "Dame",
        "Cllr",
        "Councillor",
        "Lord",
        "In",
        "As",
        "And",
        "But",
        "With",
        "When",
        "That",
    ]
)


def people(hit: Hit, candidates: Sequence[Candidate], look: Look) -> Iterator[Link]:
    """Those of this name whose office fits the words and the day."""
    if _COMPOUND.search(hit.after) or (_CAPITAL_AFTER.search(hit.after) and not hit.sentence.is_heading):
        return
    fitting = [each for each in candidates if _is_meant(hit, each, look)]
    if len(fitting) != 1:
        return
    [(person, name)] = fitting
    cue = hit.sentence.cue(cues.OFFICE_NEAR) or _area(hit, person, look) or hit.sentence.cue(cues.PUBLIC)
    rule = "surname with an office" if name.shape == "surname" else "name with an office, a place or public business"
    sure = "certain" if hit.sentence.cue(cues.OFFICE_NEAR) and name.shape != "surname" else "likely"
    yield Link(person.id, person.kind, person.name_on(look.day), hit.start, hit.end, rule, cue, sure)  # type: ignore[arg-type]


def _is_meant(hit: Hit, candidate: Candidate, look: Look) -> bool:
    person, name = candidate
    held = _in_office(hit, person, look)
    if name.shape == "surname":
        return held and _surname_is_meant(hit, person, look)
    before = _CAPITAL_BEFORE.search(hit.before)
    if before and before[1] in capitals.FIRST_NAMES:
        return False
    if hit.sentence.told and not held:
        return False
    if _has_office(hit) or (_area(hit, person, look) and hit.sentence.cue(cues.OFFICE_NEAR)):
        return held or bool(cues.FORMER.search(hit.before) or _FORMER_AFTER.search(hit.after))
    if not held or hit.sentence.cue(cues.ANOTHER_LIFE):
        return False
    return bool(hit.sentence.cue(cues.PUBLIC) or hit.sentence.cue(cues.OFFICE_NEAR) or _area(hit, person, look))


def _in_office(hit: Hit, person: Entity, look: Look) -> bool:
    return any(term.period.meets(first, last) for term in person.terms for first, last in _times(hit, look))


def _times(hit: Hit, look: Look) -> Iterator[tuple[date, date]]:
    """When the person is said to act: in the time that is told of them, in any that the sentence tells, or on the day
    of the text, which an office beside the name speaks for even where the sentence tells of other times."""
    bound = told_of(hit)
    if bound:
        yield bound.first, bound.last
        return
    yield from ((told.first, told.last) for told in hit.sentence.told)
    if not hit.sentence.told or _has_office(hit):
        yield look.day, look.day


def _has_office(hit: Hit) -> bool:
    return bool(_TITLE_BEFORE.search(hit.before) or _OFFICE_AFTER.search(hit.after))


def _surname_is_meant(hit: Hit, person: Entity, look: Look) -> bool:
    before = _CAPITAL_BEFORE.search(hit.before)
    if before and before[1] not in _MAY_PRECEDE:
        return False
    return _has_office(hit) or person.id in look.spelt_out


def _area(hit: Hit, person: Entity, look: Look) -> str:
    """The area of one of the person's offices, where the sentence names it."""
    for term in person.terms:
        area = look.entities.get(f"area-{term.organisation}") or look.entities.get(term.organisation)
        for name in area.names if area else ():
            if name.text in hit.sentence.text:
                return name.text
    return ""
