"""Areas of mayors, and the mayors' offices: the office by its form, never by the word “mayor” alone."""

from collections.abc import Iterator, Sequence

from . import _cues as cues
from ._look import Look
from ._places import at_home, is_part_of_a_name
from ._scan import Candidate, Hit, told_of
from ._values import Entity, Link

# Regions of England that share their name with an authority of less extent.
REGIONS = frozenset(["North East", "West Midlands", "East Midlands"])


def areas(hit: Hit, candidates: Sequence[Candidate], look: Look) -> Iterator[Link]:
    """An area, the office of its mayor where one is named with it, or nothing where only the region can be meant."""
    if cues.ABROAD.search(hit.after) or cues.ANOTHER_MAYOR.search(hit.before):
        return
    offices = [office for each in candidates for office in _offices(each.entity, look)]
    mayor = _mayor(hit)
    if mayor and offices and (len(offices) == 1 or mayor.plural):
        yield from (_office(hit, office, look, mayor) for office in offices)
    if not mayor and len(candidates) == 1 and candidates[0].name.shape == "short":
        yield from _by_authority(hit, candidates[0].entity, look)
    whole = [each.entity for each in candidates if each.name.shape != "short"]
    if len(whole) == 1 and (mayor or _is_the_area(hit, whole[0], look)):
        area = whole[0]
        yield Link(area.id, area.kind, area.name_on(look.day), hit.start, hit.end, "area of an authority")


def _by_authority(hit: Hit, area: Entity, look: Look) -> Iterator[Link]:
    """“Essex devolution” speaks of Greater Essex."""
    cue = cues.AUTHORITY_AFTER.search(hit.after)
    if cue:
        rule = "short name of an area, beside its authority"
        name = area.name_on(look.day)
        yield Link(area.id, area.kind, name, hit.start, hit.end, rule, cue.group().strip(), "likely")


def _offices(area: Entity, look: Look) -> list[Entity]:
    offices = (look.entities.get(f"mayor-{key}") for key in area.within)
    return [office for office in offices if office and not office.period.over(look.day)]


class _Mayor:
    """The words of the office around an area."""

    __slots__ = ("end", "plural", "start")

    def __init__(self, start: int, end: int, plural: bool) -> None:
        self.start, self.end, self.plural = start, end, plural


def _mayor(hit: Hit) -> _Mayor | None:
    before = cues.MAYOR_OF.search(hit.before)
    if before:
        return _Mayor(hit.start - len(hit.before) + before.start(), hit.end, False)
    if cues.MAYORS_OF.search(hit.before):
        return _Mayor(hit.start, hit.end, False)
    after = cues.MAYOR_AFTER.search(hit.after)
    return _Mayor(hit.start, hit.end + after.end(), bool(cues.MAYORS_AFTER.search(hit.after))) if after else None


def _office(hit: Hit, office: Entity, look: Look, mayor: _Mayor) -> Link:
    former = cues.FORMER.search(hit.before[: len(hit.before) - (hit.start - mayor.start)])
    holder = "" if former else look.holder(office.id, told_of(hit))
    rule = "office of a mayor, of a former holder" if former else "office of a mayor"
    cue = "mayor"
    return Link(
        *(office.id, office.kind, office.name_on(look.day), mayor.start, mayor.end, rule, cue, "certain"), holder=holder
    )


def _is_the_area(hit: Hit, area: Entity, look: Look) -> bool:
    if hit.surface in REGIONS:
        return bool(cues.AUTHORITY_AFTER.search(hit.after)) and not hit.sentence.is_heading
    if " " in hit.surface:
        return True
    # One word, such as a county or a city: what makes another name of a town's makes another of its, too.
    return not (is_part_of_a_name(hit) or cues.SCHOLARS.search(hit.before) or cues.TRAVEL.search(hit.before))


def authorities(hit: Hit, candidates: Sequence[Candidate], look: Look) -> Iterator[Link]:
    """A council by its name, and the place that it is the council of."""
    near = at_home(hit, [each.entity for each in candidates], look)
    entity = near or candidates[0].entity
    yield Link(entity.id, entity.kind, entity.name_on(look.day), hit.start, hit.end, "name of a council")
    place = look.entities.get(entity.about)
    if place:
        name = next((each.text for each in place.names if each.text in hit.surface), "")
        start = hit.start + hit.surface.find(name)
        rule = "place of a council"
        yield Link(place.id, place.kind, place.name_on(look.day), start, start + len(name), rule, hit.surface)
