"""The register's tables as entities: rows in, as the files of facts hold them; nothing is read from a disk here."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ._days import first_day, period
from ._values import Entity, Name, Period, Shape, Term

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]
TABLES = (
    *("departments", "strategic_authorities", "organisation_names", "authority_councils", "single_council_mayors"),
    *("mayors", "office_holders", "bills", "places", "linking_terms", "other_names"),
)
_COUNCIL = re.compile(
    r"^(?:London Borough of |Royal Borough of |City of )?(?P<base>.+?)"
    r"(?: Metropolitan)?(?: Borough| City| County| District)?(?: Council| Corporation)?$"
)


def entities_of(tables: Tables) -> tuple[Entity, ...]:
    """Every entity of the register's tables; a table that is missing is empty."""
    rows = {name: tables.get(name, ()) for name in TABLES}
    councils, areas = _councils(rows), list(_areas(rows))
    found = [
        *_departments(rows["departments"]),
        *_authorities(rows),
        *councils,
        *_mayoralties(rows),
        *_people((*rows["mayors"], *rows["office_holders"])),
        *_bills(rows["bills"]),
        *areas,
        *_places(rows["places"], councils, frozenset(name.text for area in areas for name in area.names)),
        *_terms(rows["linking_terms"]),
    ]
    return _with_other_names(found, rows["other_names"])


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _listed(text: str) -> tuple[str, ...]:
    # No strip: a cue may begin with a space, which is a word's beginning.
    return tuple(piece for piece in text.split(";") if piece.strip())


def _departments(rows: Iterable[Row]) -> Iterator[Entity]:
    for row in rows:
        names = [Name(row["name"])]
        names += [Name(row["acronym"], "short")] if row["acronym"] else []
        for stem in ("Department for ", "Department of ", "Ministry of "):
            if row["name"].startswith(stem):
                names.append(Name("Secretary of State for " + row["name"].removeprefix(stem), "office"))
        yield Entity(
            row["org_id"],
            "department",
            tuple(names),
            period(row["valid_from"], row["valid_to"]),
            tuple(piece.partition(" (")[0].strip() for piece in row["successors"].split(";") if piece.strip()),
        )


def _authorities(rows: Tables) -> Iterator[Entity]:
    renamed: dict[str, list[Row]] = {}
    for row in rows["organisation_names"]:
        renamed.setdefault(row["org_id"], []).append(row)
    for row in rows["strategic_authorities"]:
        dated = renamed.get(row["id"]) or [dict(row) | {"valid_from": "", "valid_to": ""}]
        names = [Name(each["name"], "name", period(each["valid_from"], each["valid_to"])) for each in dated]
        names += [Name(short, "short") for short in dict.fromkeys(each["short_name"] for each in dated) if short]
        # Up to the day it was made an authority is planned, and planned bodies are written about by their names.
        held = period("", row.get("date_abolished", ""))
        successors = [
            other["id"]
            for other in rows["strategic_authorities"]
            if row["id"] in [piece.partition(" (")[0].strip() for piece in other.get("predecessors", "").split(";")]
        ]
        yield Entity(row["id"], "authority", tuple(names), held, tuple(successors), (row["id"],), _area_id(row["id"]))


def _councils(rows: Tables) -> list[Entity]:
    keys = {row["council_ons_code"]: f"council-{row['id']}" for row in rows["single_council_mayors"]}
    within: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row in (*rows["authority_councils"], *rows["single_council_mayors"]):
        key = keys.get(row["council_ons_code"]) or f"council-{slug(row['council'])}"[:80]
        names.setdefault(key, row["council"])
        if row.get("authority_id") and not row.get("valid_to"):
            within.setdefault(key, []).append(row["authority_id"])
    return [_council(key, name, tuple(within.get(key, ()))) for key, name in names.items()]


def _council(key: str, name: str, within: tuple[str, ...]) -> Entity:
    base = council_place(name)
    forms = dict.fromkeys([name, *(f"{base} {kind}" for kind in _kinds(name))])
    return Entity(key, "authority", tuple(_names(forms)), within=within, about=f"place-{slug(base)}")


def _kinds(name: str) -> Iterator[str]:
    yield from ("Council", "council")
    for kind in ("City", "Borough", "County", "District"):
        if kind in name:
            yield from (f"{kind} Council", f"{kind.lower()} council")


def _names(forms: Iterable[str]) -> Iterator[Name]:
    for number, form in enumerate(forms):
        yield Name(form, "also" if number else "name")


def council_place(name: str) -> str:
    """What a council is the council of: “London Borough of Camden” is Camden's."""
    match = _COUNCIL.match(name)
    return match["base"] if match else name


def _area_id(authority: str) -> str:
    return f"area-{authority}"


def area_name(office: str) -> str:
    """“Mayor of the West Midlands” stands for the West Midlands."""
    return re.sub(r"^(?:City )?Mayor of (?:the )?", "", office)


def _mayoralties(rows: Tables) -> Iterator[Entity]:
    labels: dict[str, dict[str, Period]] = {}
    for row in rows["mayors"]:
        labels.setdefault(row["office_id"], {}).setdefault(row["office"], Period(first_day(row["start_date"])))
    for row in rows["strategic_authorities"]:
        if row["mayoral_office"]:
            office = f"mayor-{row['id']}"
            dated = {row["mayoral_office"]: Period()} | labels.get(office, {})
            names = tuple(Name(label, "name", held) for label, held in dated.items())
            held = period("", row.get("date_abolished", ""))
            yield Entity(office, "mayoralty", names, held, within=(row["id"],), about=_area_id(row["id"]))


def _areas(rows: Tables) -> Iterator[Entity]:
    """The areas of authorities, by every name of their mayors' offices or, without one, of the authority."""
    labels: dict[str, list[str]] = {}
    for row in rows["mayors"]:
        labels.setdefault(row["office_id"], []).append(row["office"])
    for row in rows["strategic_authorities"]:
        name = area_name(row["mayoral_office"]) or re.sub(r" Combined (?:County )?Authority$", "", row["name"])
        forms = dict.fromkeys([name, *map(area_name, labels.get(f"mayor-{row['id']}", ()))])
        yield Entity(_area_id(row["id"]), "place", tuple(_names(forms)), within=(row["id"],))


def _people(rows: Iterable[Row]) -> Iterator[Entity]:
    held: dict[str, list[Row]] = {}
    for row in rows:
        held.setdefault(row["person_id"], []).append(row)
    for key, terms in held.items():
        forms = dict.fromkeys(form for row in terms for form in _spellings(row["person_name"]))
        surnames = dict.fromkeys(form.rpartition(" ")[2] for form in forms)
        names = (*_names(forms), *(Name(form, "surname") for form in surnames))
        yield Entity(key, "person", names, terms=tuple(map(_term, terms)))


def _spellings(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return (name, plain)


def _term(row: Row) -> Term:
    held = period(row["start_date"], row["end_date"])
    elected = first_day(row.get("elected_on", ""))
    if elected and (held.since is None or held.since < elected):
        held = replace(held, since=elected)
    return Term(row["office_id"], row.get("authority_id") or row.get("organisation_id", ""), held)


def _bills(rows: Iterable[Row]) -> Iterator[Entity]:
    for row in rows:
        act = first_day(row["act_from"])
        names = [
            Name(row["name"], "name", Period(None, act)),
            *(Name(short, "also") for short in _listed(row["short_names"])),
        ]
        names += [Name(row["act"], "name", Period(act))] if row["act"] else []
        yield Entity(row["bill_id"], "bill", tuple(names), Period(first_day(row["valid_from"])))


def _places(rows: Iterable[Row], councils: Iterable[Entity], areas: frozenset[str]) -> Iterator[Entity]:
    """The gazetteer, and what councils are councils of where it does not have it; the name of an area is the area's."""
    within: dict[str, tuple[str, ...]] = {}
    bases: dict[str, str] = {}
    for council in councils:
        within.setdefault(council.about, council.within)
        bases.setdefault(council.about, council_place(council.names[0].text))
    known: set[str] = set()
    for row in rows:
        forms = (row["name"], *_listed(row["also"]))
        known.add(row["place_id"])
        known.update(f"place-{slug(form)}" for form in forms)
        if row["name"] in areas:
            continue
        area = (row["authority_id"],) if row["authority_id"] else within.get(row["place_id"], ())
        yield Entity(
            row["place_id"],
            "place",
            tuple(_names(forms)),
            within=area,
            equals_a_word=bool(row["equals_a_word"]),
            elsewhere=_listed(row["elsewhere"]),
        )
    for key, base in bases.items():
        if key not in known and base not in areas:
            yield Entity(key, "place", (Name(base),), within=within[key])


def _terms(rows: Iterable[Row]) -> Iterator[Entity]:
    for row in rows:
        forms = [form for each in _listed(row["written"]) for form in _cases(each)]
        names = (Name(row["name"], "also"), *(Name(form, "short") for form in forms))
        kind = "authority" if row["kind"] == "authority" else "term"
        yield Entity(
            row["term_id"],
            kind,  # type: ignore[arg-type]
            names,
            acts=bool(row["acts"]),
            company=_listed(row["company"]),
            unlike=_listed(row["unlike"]),
        )


def _cases(form: str) -> tuple[str, ...]:
    return (form, form[0].upper() + form[1:]) if form[0].islower() else (form,)


def _with_other_names(entities: Sequence[Entity], rows: Iterable[Row]) -> tuple[Entity, ...]:
    more: dict[str, list[Name]] = {}
    for row in rows:
        shape: Shape = row["what"] if row["what"] in ("also", "short", "office") else "also"  # type: ignore[assignment]
        name = Name(row["name"], shape, Period(first_day(row["valid_from"])), _listed(row["unlike"]))
        more.setdefault(row["entity_id"], []).append(name)
    return tuple(_joined(each, more.get(each.id, ())) for each in entities)


def _joined(entity: Entity, more: Sequence[Name]) -> Entity:
    texts = {name.text for name in more}
    return (
        replace(entity, names=(*(name for name in entity.names if name.text not in texts), *more)) if more else entity
    )
