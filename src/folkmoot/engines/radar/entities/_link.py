"""The linker: a register made ready once, then one text after another, each in time that grows with its length."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from . import _bills
from ._departments import bodies
from ._look import Areas, Look
from ._mentions import Mention, mentions
from ._offices import areas, authorities
from ._people import people
from ._places import places
from ._scan import Candidate, Hit, Scanner
from ._short_forms import short_forms
from ._text import Text
from ._values import Doubt, Entity, Link, Linked, Name

_Judge = Callable[[Hit, Sequence[Candidate], Look], Iterable[Link | Doubt]]


class Linker:
    """Finds the entities of a register in texts.

    The register is only read; links hold nothing of the text but places in it, so that what is linked can be kept
    apart from it.
    """

    def __init__(self, register: Iterable[Entity]) -> None:
        self._entities: Mapping[str, Entity] = {entity.id: entity for entity in register}
        surfaces: dict[str, list[Candidate]] = {}
        for entity in self._entities.values():
            for name in _surfaces(entity):
                surfaces.setdefault(name.text, []).append(Candidate(entity, name))
        for word, found in self._shared_words().items():
            surfaces.setdefault(word, []).extend(found)
        self._scanner = Scanner(surfaces)
        self._holders = self._by_office()
        self._place_names = frozenset(text for text, found in surfaces.items() if found[0].entity.kind == "place")
        self._areas_of_names = Areas(self._entities.values())

    def link(self, text: str, *, on: date) -> Linked:
        """What the text names, as of a day; where a sentence tells a day of its own, that one counts."""
        read = Text(text)
        look = Look(on, self._entities, self._holders, self._place_names, self._areas_of_names)
        hits = list(self._scanner.hits(read))
        look.spelt_out |= {each.entity.id for hit in hits for each in hit.candidates if each.name.shape == "name"}
        titles = list(_bills.unregistered(read, look))
        begins = [title.start for title in titles]
        found: list[Link | Doubt] = [
            each for hit in hits if not _is_inside(hit, titles, begins) for each in self._judged(hit, look)
        ]
        known = sorted(each.start for each in found)
        found += [title for title in titles if bisect_left(known, title.start) == bisect_left(known, title.end)]
        links = {(each.start, each.end, each.id): each for each in found if isinstance(each, Link)}
        order = sorted(links.values(), key=lambda each: (each.start, -each.end, each.role, each.id))
        return Linked(tuple(order), tuple(each for each in found if isinstance(each, Doubt)))

    def mentions(self, links: Iterable[Link]) -> tuple[Mention, ...]:
        """The places that links speak of, as scoring weighs them: see `Mention`."""
        return mentions(links, self._entities)

    def _judged(self, hit: Hit, look: Look) -> Iterator[Link | Doubt]:
        by_judge: dict[_Judge, list[Candidate]] = {}
        for candidate in hit.candidates:
            by_judge.setdefault(_judge_of(candidate), []).append(candidate)
        # Who is meant as a person is not meant as the town of that name.
        if people in by_judge and (found := list(people(hit, by_judge.pop(people), look))):
            return iter(found)
        return chain.from_iterable(judge(hit, candidates, look) for judge, candidates in by_judge.items())

    def _areas(self) -> list[Entity]:
        return [each for each in self._entities.values() if _is_area(each)]

    def _shared_words(self) -> dict[str, list[Candidate]]:
        """Words that stand for areas only beside a mayor: “the four Yorkshire mayors”, “the Lincolnshire mayor”."""
        # The mayor of Manchester is not the mayor of Greater Manchester: a town has, or had, a mayor of its own.
        towns = {each.about for each in self._entities.values() if "County" not in each.names[0].text}
        found: dict[str, list[Candidate]] = {}
        for area in self._areas():
            greater, _, word = area.names[0].text.rpartition(" ")
            if word.endswith("shire") or (greater == "Greater" and f"place-{word.lower()}" not in towns):
                found.setdefault(word, []).append(Candidate(area, Name(word, "short")))
        return found

    def _by_office(self) -> dict[str, list[Entity]]:
        found: dict[str, list[Entity]] = {}
        for person in self._entities.values():
            for term in person.terms:
                found.setdefault(term.office, []).append(person)
        return found


def _surfaces(entity: Entity) -> Iterator[Name]:
    """What of an entity is looked for: an office is found by its area, a kind of body by its short forms."""
    if entity.kind == "mayoralty":
        return
    described = entity.company or entity.unlike or entity.acts or entity.kind == "term"
    for name in entity.names:
        if not (described and name.shape == "also"):
            yield from (replace(name, text=text) for text in dict.fromkeys(_spellings(entity, name.text)))


def _spellings(entity: Entity, text: str) -> Iterator[str]:
    """A name with “and” and with “&”; a long one of a body also in the letters of a careless note or of a heading."""
    forms = (text, text.replace(" and ", " & "), text.replace(" & ", " and "))
    yield from forms
    if entity.kind in ("department", "authority", "bill") and text.count(" ") > 1:
        yield from (changed for form in forms for changed in (form.lower(), form.upper()))


def _is_area(entity: Entity) -> bool:
    return entity.kind == "place" and entity.id.startswith("area-")


def _judge_of(candidate: Candidate) -> _Judge:
    entity = candidate.entity
    if entity.kind == "person":
        return people
    if entity.kind == "place":
        return areas if _is_area(entity) else places
    if entity.kind == "term" or entity.company or entity.acts:
        return short_forms
    if entity.about.startswith("place-"):
        return authorities
    return bodies


def _is_inside(hit: Hit, titles: Sequence[Link], begins: Sequence[int]) -> bool:
    """Whether a name is only a part of a title; titles follow one another, so the one that began last decides."""
    last = bisect_right(begins, hit.start) - 1
    return last >= 0 and hit.end < titles[last].end
