"""Departments and other bodies with dates: a name means the body that bore it on the day that is told."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from . import _cues as cues
from ._days import Told
from ._look import Look, at_start_of
from ._scan import Candidate, Hit, told_of
from ._values import Confidence, Doubt, Entity, Link

_SHORT = 2  # letters; so short a form stands for too much to be taken at its word
_PLANNED = timedelta(days=2 * 365)  # a body to come is written about by its name before it is


def bodies(hit: Hit, candidates: Sequence[Candidate], look: Look) -> Iterator[Link | Doubt]:
    """The body that is meant, and, where its name is out of use, what came of it by that day."""
    candidates = [each for each in candidates if not at_start_of(hit.sentence, each.name.unlike)]
    if not candidates or not _is_meant(hit, candidates[0], look):
        return
    entities = [each.entity for each in candidates]
    told = told_of(hit)
    if told and told.first <= look.day:
        fitting = [each for each in entities if each.period.meets(told.first, told.last)]
        if fitting:
            best = max(fitting, key=lambda each: (each.period.holds(told.last), each.period.since or date.min))
            cue = f"{told.first} to {told.last}"
            yield _link(hit, candidates[0], best, look, "name on the day that the sentence tells", cue)
            return
        if told.start < hit.start - hit.sentence.start or not any(each.period.holds(look.day) for each in entities):
            yield from _out_of_its_time(hit, candidates[0], entities, look, told)
            return
    yield from _of_the_day(hit, candidates[0], entities, look)


def _of_the_day(hit: Hit, candidate: Candidate, entities: Sequence[Entity], look: Look) -> Iterator[Link | Doubt]:
    alive = [each for each in entities if each.period.holds(look.day)]
    if alive:
        yield _link(hit, candidate, alive[-1], look, "name on the day", str(look.day))
        return
    ended = [each for each in entities if each.period.over(look.day)]
    if ended:
        yield from _former(hit, candidate, max(ended, key=lambda each: each.period.until or date.max), look)
        return
    coming = min(entities, key=lambda each: each.period.since or date.max)
    by_name = candidate.name.shape != "short"  # initials were often another body's before
    if by_name and coming.period.since and coming.period.since <= look.day + _PLANNED:
        yield _link(hit, candidate, coming, look, "body that was planned", f"from {coming.period.since}", "likely")
        return
    yield _doubt(hit, entities, f"on {look.day}")


def _out_of_its_time(
    hit: Hit, candidate: Candidate, entities: Sequence[Entity], look: Look, told: Told
) -> Iterator[Link | Doubt]:
    ended = [each for each in entities if each.period.over(look.day)]
    if cues.FORMER.search(hit.before) and ended:
        yield _link(hit, candidate, ended[-1], look, "former body", "former")
        return
    yield _doubt(hit, entities, f"in the time that the sentence tells, {told.first} to {told.last}")


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


def _link(
    hit: Hit, candidate: Candidate, entity: Entity, look: Look, rule: str, cue: str, sure: Confidence = "certain"
) -> Link:
    if candidate.name.shape == "office":
        rule = f"{rule}, by the office of its head"
    if candidate.name.shape == "short" and len(hit.surface) <= _SHORT:
        sure = "likely"
    return Link(entity.id, entity.kind, entity.name_on(look.day), hit.start, hit.end, rule, cue, sure)


def _doubt(hit: Hit, entities: Sequence[Entity], when: str) -> Doubt:
    why = "an error, an old page quoted, or a gap in the register."
    return Doubt(entities[-1].id, hit.start, hit.end, f"The register has no body called “{hit.surface}” {when}: {why}")
