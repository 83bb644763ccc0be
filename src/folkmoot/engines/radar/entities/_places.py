"""Places: towns and cities whose names are words, surnames, months, brands and towns elsewhere, and areas of mayors."""

import re
from collections.abc import Iterator, Sequence

from . import _capitals as capitals
from . import _cues as cues
from ._look import Look
from ._scan import Candidate, Hit
from ._values import Entity, Link

_MONTHS = frozenset(["March", "May", "August"])
_COMPOUND = re.compile(r"^-(?!based|born|wide|area|to-|led|bound|style)[A-Za-z]")
_IN_COMPOUND = re.compile(r"\b(?:on|upon|under|in|le|la|by|the|super|next|with|de|sub)-$")
_CAPITAL_AFTER = re.compile(r"^ ([A-Z][\w'-]*)")
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w'-]*) $")
_INITIALS = re.compile(r"(?:^|[\s(])(?:[A-Z]\. ?)+$")
_TITLED = re.compile(rf"\b(?:{'|'.join(sorted(capitals.TITLES))})\.? (?:[A-Z][\w'-]+ )?$")
_LOWER_BEFORE = re.compile(r"[a-z][\w'-]*,? $|\([a-z]{1,3}\) $")
_ROW_BEFORE = re.compile(r"([A-Z][\w'-]+),? (?:and )?$")
_OF_AFTER = re.compile(r"^ (?:of|and [a-z])\b")
_INFLECTED = re.compile(r"(?:ing|ed|s)$")


def places(hit: Hit, candidates: Sequence[Candidate], look: Look) -> Iterator[Link]:
    """The town that is meant, if one is."""
    near = None if hit.surface in _MONTHS else at_home(hit, [each.entity for each in candidates], look)
    entity = near or candidates[0].entity
    if _is_a_date(hit) or _is_something_else(hit, entity, bool(near), look):
        return
    is_word = entity.equals_a_word and " " not in hit.surface
    cue = _sign_of_a_place(hit, look)
    if near and not (cue or is_word):  # “Battle over cuts in Hastings” is of no town
        cue = f"its area or a place of it: {near.within[0]}"
    if is_word and (
        _follows_a_capital(hit) or hit.after.startswith(" of ") or not (cue or _has_a_telling_capital(hit))
    ):
        return
    if hit.surface in cues.CAPITALS and not (cue or hit.sentence.cue(cues.LOCAL)):
        return
    rule = "place equal to a word, with a cue" if is_word else "place"
    several = len(candidates) > 1 and not near
    sure = "possible" if several else "certain" if cue else "likely"
    for each in [each.entity for each in candidates] if several else [entity]:
        yield Link(each.id, each.kind, each.name_on(look.day), hit.start, hit.end, rule, cue or "a capital", sure)  # type: ignore[arg-type]


def at_home(hit: Hit, entities: Sequence[Entity], look: Look) -> Entity | None:
    """The one of these whose area, or another place of it, the sentence names."""
    named = look.areas_named(hit.sentence)
    for entity in entities:
        for area in entity.within:
            if named.get(area, set()) - {hit.surface, *(name.text for name in entity.names)}:
                return entity
    return None


def is_part_of_a_name(hit: Hit) -> bool:
    """Whether capitals beside it make another name of it: a person, a firm, a university, a title of a work."""
    if _COMPOUND.search(hit.after) or _IN_COMPOUND.search(hit.before):
        return True
    if _TITLED.search(hit.before) or _INITIALS.search(hit.before) or cues.PART_OF_NAME.search(hit.before):
        return True
    if cues.IN_A_TITLE.search(hit.before):
        return True
    before, after = _CAPITAL_BEFORE.search(hit.before), _CAPITAL_AFTER.search(hit.after)
    if before and before[1] in capitals.FIRST_NAMES:
        return True
    if hit.sentence.is_heading:
        return False
    if after and after[1].removesuffix("'s") not in capitals.FOLLOWERS | capitals.OPENERS:
        return True
    return bool(before) and not _may_stand_before(before[1] if before else "", hit)


def _may_stand_before(word: str, hit: Hit) -> bool:
    if word in capitals.OPENERS:
        return True
    opens = not any(character.isalnum() for character in hit.before.removesuffix(word + " "))
    return opens and bool(_INFLECTED.search(word))


def _follows_a_capital(hit: Hit) -> bool:
    """A word with a capital after a word with a capital that is not merely the first of the sentence: “New Deal”."""
    before = _CAPITAL_BEFORE.search(hit.before)
    if not before:
        return False
    opens = not any(character.isalnum() for character in hit.before.removesuffix(before.group()))
    return not (opens and before[1] in capitals.OPENERS - {"New"})


def _is_something_else(hit: Hit, entity: Entity, at_home: bool, look: Look) -> bool:
    if is_part_of_a_name(hit) or cues.ABROAD.search(hit.after) or cues.BRAND.search(hit.after):
        return True
    if cues.SCHOLARS.search(hit.before) or cues.READING.search(hit.before):
        return True
    if cues.ARTICLE.search(hit.before) and (cues.IDEA.search(hit.after) or cues.IN_ANOTHER_NATION.search(hit.after)):
        return True
    if hit.sentence.cue(cues.SCORE) or (hit.sentence.cue(cues.SPORT) and not hit.sentence.cue(cues.PUBLIC)):
        return True
    return bool(entity.elsewhere) and not at_home and _is_elsewhere(hit, entity)


def _is_elsewhere(hit: Hit, entity: Entity) -> bool:
    """A town of the same name in another country: by travel, by what states do, by a place of that country."""
    if cues.TRAVEL.search(hit.before):
        return True
    if "US" in entity.elsewhere and hit.sentence.cue(cues.DIPLOMACY):
        return True
    others = any(country.startswith("GB-") for country in entity.elsewhere)
    return others and bool(hit.sentence.cue(cues.OTHER_NATION))


def _sign_of_a_place(hit: Hit, look: Look) -> str:
    """The words beside it that say it is a place."""
    if hit.surface in _MONTHS:
        signs = [cues.FAST_BEFORE.search(hit.before), cues.REACHED.search(hit.before), _residents(hit)]
        signs += [_in_a_row_of_places(hit, look)]
        if not cues.EVENT_AFTER.search(hit.after):
            signs += [cues.SITE_AFTER.search(hit.after), cues.TOWN_WANTS.search(hit.after)]
    elif cues.ARTICLE.search(hit.before):
        signs = [cues.SITE_AFTER.search(hit.after)]
    else:
        signs = [
            cues.SITE_AFTER.search(hit.after),
            cues.GOES_TO.search(hit.before),
            cues.ACTS_AS_A_TOWN.search(hit.after) if _starts(hit) else None,
            _residents(hit),
        ]
    found = next((sign for sign in signs if sign), None)
    if found:
        return found.group().strip()
    other = cues.TO_A_PLACE.search(hit.after)
    if other and hit.surface in _MONTHS and hit.after.startswith(","):  # “In March, Peterborough agreed”
        return ""
    return f"to {other[1]}" if other and other[1].split(" ")[0] in look.place_names else ""


def _is_a_date(hit: Hit) -> bool:
    """A month with its day, year or part: “31 March”, “March 2025”, “end of March”."""
    return hit.surface in _MONTHS and bool(cues.NUMBER.search(hit.before) or cues.YEAR_AFTER.search(hit.after))


def _in_a_row_of_places(hit: Hit, look: Look) -> "re.Match[str] | None":
    """“Ely, Wisbech and March”."""
    row = _ROW_BEFORE.search(hit.before)
    return row if row and row[1] in look.place_names else None


def _residents(hit: Hit) -> "re.Match[str] | None":
    return _RESIDENTS.search(hit.before)


_RESIDENTS = re.compile(
    r"\b(?:[Rr]esidents|[Pp]eople|[Cc]itizens|[Tt]own|[Cc]ity|[Vv]illage|[Bb]orough|MP|[Cc]ommuters|[Mm]embers?) "
    r"(?:of|for|in) $"
)


def _starts(hit: Hit) -> bool:
    return hit.opens or hit.before.rstrip().endswith((":", "–", "|"))


def _has_a_telling_capital(hit: Hit) -> bool:
    """Whether nothing but a name explains the capital: mid-sentence, after a word in small letters, no article."""
    if hit.surface in _MONTHS or hit.sentence.is_heading or cues.ARTICLE.search(hit.before):
        return False
    if cues.IN_A_PHRASE.search(hit.before) or _OF_AFTER.search(hit.after):
        return False
    return bool(_LOWER_BEFORE.search(hit.before))
