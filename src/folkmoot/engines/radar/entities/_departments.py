"""Departments and other bodies with dates: a name means the body that bore it on the day that is told."""

from collections.abc import Iterator, Sequence
from datetime import date

from . import _cues as cues
from ._look import Look, at_start_of
from ._scan import Candidate, Hit
from ._values import Doubt, Entity, Link

_SHORT = 2  # letters; so short a form stands for too much to be taken at its word


def bodies(hit: Hit, candidates: Sequence[Candidate], look: Look) -> Iterator[Link | Doubt]:
    """The body that is meant, and, where its name is out of use, what came of it by that day."""
    candidates = [each for each in candidates if not at_start_of(hit.sentence, each.name.unlike)]
    if not candidates or not _is_meant(hit, candidates[0], look):
        return
    entities = [each.entity for each in candidates]
    told = hit.sentence.told
    if told and not all(first > look.day for first, _ in told):
        yield from _as_told(hit, candidates[0], entities, look)
        return
    alive = [each for each in entities if each.period.holds(look.day)]
    if alive:
        yield _link(hit, candidates[0], alive[-1], look, "name on the day", str(look.day))
        return
    ended = [each for each in entities if each.period.over(look.day)]
    if not ended:
        yield _doubt(hit, entities, f"did not exist yet on {look.day}")
        return
    latest = max(ended, key=lambda each: each.period.until or date.max)
    yield from _former(hit, candidates[0], latest, look)


def _as_told(hit: Hit, candidate: Candidate, entities: Sequence[Entity], look: Look) -> Iterator[Link | Doubt]:
    """A sentence with a day of its own means the body of that day and no other."""
    for first, last in hit.sentence.told:
        fitting = [each for each in entities if each.period.meets(first, last)]
        if fitting:
            best = max(fitting, key=lambda each: (each.period.holds(last), each.period.since or date.min))
            yield _link(hit, candidate, best, look, "name on the day that the sentence tells", f"{first} to {last}")
            return
    if cues.FORMER.search(hit.before):
        ended = [each for each in entities if each.period.over(look.day)]
        yield from (_link(hit, candidate, each, look, "former body", "former") for each in ended[-1:])
        return
    first, last = hit.sentence.told[0]
    yield _doubt(hit, entities, f"did not exist in the time that the sentence tells, {first} to {last}")


def _former(hit: Hit, candidate: Candidate, entity: Entity, look: Look) -> Iterator[Link]:
    yield _link(hit, candidate, entity, look, "former name", f"until {entity.period.until}")
    for heir in look.heirs(entity):
        rule = f"what became of {entity.id}"
        yield Link(heir.id, heir.kind, heir.name_on(look.day), hit.start, hit.end, rule, "", "likely", "successor")


def _is_meant(hit: Hit, candidate: Candidate, look: Look) -> bool:
    if cues.OTHER_STATE.search(hit.before) or cues.OTHER_CAPITAL.search(hit.after) or cues.ABROAD.search(hit.after):
        return False
    if candidate.name.shape != "short" or len(hit.surface) > _SHORT:
        return True
    return bool(
        cues.OFFICE_WORK.search(hit.after)
        or cues.BESIDE_ANOTHER.search(hit.before)
        or (cues.ACTS.search(hit.after) and not cues.ARTICLE.search(hit.before))
        or candidate.entity.id in look.spelt_out
    )


def _link(hit: Hit, candidate: Candidate, entity: Entity, look: Look, rule: str, cue: str) -> Link:
    if candidate.name.shape == "office":
        rule = f"{rule}, by the office of its head"
    sure = "likely" if candidate.name.shape == "short" and len(hit.surface) <= _SHORT else "certain"
    return Link(entity.id, entity.kind, entity.name_on(look.day), hit.start, hit.end, rule, cue, sure)  # type: ignore[arg-type]


def _doubt(hit: Hit, entities: Sequence[Entity], why: str) -> Doubt:
    return Doubt(entities[-1].id, hit.start, hit.end, f"“{hit.surface}” {why}; an error, or an old page quoted.")
