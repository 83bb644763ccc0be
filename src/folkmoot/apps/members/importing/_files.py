"""The register's files: for each, its columns and how one row becomes records."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from folkmoot.apps.members.importing._register import Register
from folkmoot.apps.members.importing._report import Outcome
from folkmoot.apps.members.models import (
    CalendarEvent,
    CouncilMembership,
    Election,
    Kind,
    Membership,
    Organization,
    OrganizationName,
    Person,
    PolicyArea,
    PolicyTerm,
    Post,
    PostKind,
    Power,
    Succession,
    TierPeriod,
)

Row = dict[str, str]
Put = tuple[Outcome, str]


def _fact(row: Row) -> dict[str, Any]:
    return {name: row.get(name, "") for name in ("source", "as_of", "checked", "unconfirmed", "notes") if name in row}


def _origin(row: Row) -> dict[str, Any]:
    """The source alone, for records that stand beside the one that the row is about."""
    return {"source": row["source"], "as_of": row["as_of"]}


def _pieces(text: str) -> list[tuple[str, str]]:
    """Bodies written “bis; dfe (skills)”, as pairs of name and part."""
    found = []
    for piece in filter(None, (p.strip() for p in text.split(";"))):
        name, bracket, part = piece.partition(" (")
        found.append((name, part.rstrip(")") if bracket else ""))
    return found


def _succession(register: Register, before: tuple[str, str], after: tuple[str, str], row: Row) -> Iterable[Put]:
    """One link between two bodies. Both bodies' rows may name it: the first counts, the second may add the part."""
    (predecessor, part), (successor, other_part) = before, after
    old, new = register.find(Organization, predecessor), register.find(Organization, successor)
    key, part = f"{slugify(predecessor)}/{slugify(successor)}", part or other_part
    link = register.find(Succession, key)
    if link is not None and (link.part or not part):
        return
    values = {
        "predecessor": old,
        "predecessor_name": "" if old else predecessor,
        "successor": new,
        "successor_name": "" if new else successor,
        "part": part,
        "change": link.change if link else row["change"],
        **_origin(row),
    }
    yield register.put(Succession, key, values)


def _election(register: Register, post: Any, day: str, row: Row, *, status: str | None = None) -> Iterable[Put]:
    """A poll that was held, by its day; or with a status the next one, whose day may still move."""
    if not day:
        return
    values = {"post": post, "polled_on": day, "status": status or "", **_origin(row)}
    if status is None:
        yield register.put(Election, f"{post.key}/{day}", values, once=True)
    else:
        yield register.put(Election, f"{post.key}/next", values)


def _authority(register: Register, row: Row) -> Iterable[Put]:
    yield register.put(
        Organization,
        row["id"],
        {
            "kind": Kind.AUTHORITY,
            "legal_form": row["type"],
            "name": row["name"],
            "short_name": row["short_name"],
            "status": row["status"],
            "established_by": row["established_by"],
            "ons_code": row["ons_code"],
            "website": row["website"],
            "meetings_site": row["meetings_site"],
            "meetings_platform": row["meetings_platform"],
            "valid_from": row["date_established"],
            "valid_to": row["date_abolished"],
            **_fact(row),
        },
    )
    if row["mayoral_office"]:
        values = {
            "organization": register.find(Organization, row["id"]),
            "kind": PostKind.MAYOR,
            "label": row["mayoral_office"],
            **_origin(row),
        }
        yield register.put(Post, f"mayor-{row['id']}", values)
        post = register.find(Post, f"mayor-{row['id']}")
        following = row["next_mayoral_election"]
        for day in {row["first_mayoral_election"], row["last_mayoral_election"]} - {following}:
            yield from _election(register, post, day, row)
        yield from _election(register, post, following, row, status="")


def _authority_links(register: Register, row: Row) -> Iterable[Put]:
    for before in _pieces(row["predecessors"]):
        yield from _succession(register, before, (row["id"], ""), row)


def _department(register: Register, row: Row) -> Iterable[Put]:
    is_department = row["kind"].endswith("department")  # not “executive non-departmental public body”
    yield register.put(
        Organization,
        row["org_id"],
        {
            "kind": Kind.DEPARTMENT if is_department else Kind.PUBLIC_BODY,
            "legal_form": row["kind"],
            "name": row["name"],
            "short_name": row["acronym"],
            "govuk_slug": row["govuk_slug"],
            "valid_from": row["valid_from"],
            "valid_to": row["valid_to"],
            "parent_since": row["parent_since"],
            "relevance": row["relevance_to_devolution"],
            **_fact(row),
        },
    )


def _department_links(register: Register, row: Row) -> Iterable[Put]:
    for before in _pieces(row["predecessors"]):
        yield from _succession(register, before, (row["org_id"], ""), row)
    for after in _pieces(row["successors"]):
        yield from _succession(register, (row["org_id"], ""), after, row)
    if row["parent_org_id"]:
        parent = register.need(Organization, row["parent_org_id"], "parent department")
        yield register.put(Organization, row["org_id"], {"parent": parent})


def _name(register: Register, row: Row) -> Iterable[Put]:
    values = {
        "organization": register.need(Organization, row["org_id"], "organisation"),
        "name": row["name"],
        "short_name": row["short_name"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
        **_fact(row),
    }
    yield register.put(OrganizationName, f"{row['org_id']}/{slugify(row['name'])}", values)


def _tier(register: Register, row: Row) -> Iterable[Put]:
    values = {
        "organization": register.need(Organization, row["authority_id"], "authority"),
        "tier": row["tier"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
        **_fact(row),
    }
    yield register.put(TierPeriod, f"{row['authority_id']}/{slugify(row['tier'])}", values)


def _council_with_mayor(register: Register, row: Row) -> Iterable[Put]:
    key = f"council-{row['id']}"
    values = {"kind": Kind.COUNCIL, "name": row["council"], "ons_code": row["council_ons_code"], **_fact(row)}
    yield register.put(Organization, key, values)
    council = register.find(Organization, key)
    values = {"organization": council, "kind": PostKind.MAYOR, "label": row["office"], **_origin(row)}
    yield register.put(Post, f"mayor-{row['id']}", values)
    post = register.find(Post, f"mayor-{row['id']}")
    yield from _election(register, post, row["last_election"], row)
    yield from _election(register, post, row["next_election"], row, status=row["next_election_status"])


def _council(register: Register, row: Row) -> Iterable[Put]:
    authority = register.need(Organization, row["authority_id"], "authority")
    key = register.council_key(row["council_ons_code"]) or f"council-{slugify(row['council'])}"[:80]
    values: dict[str, Any] = {
        "kind": Kind.COUNCIL,
        "legal_form": row["council_type"],
        "ons_code": row["council_ons_code"],
        "ons_code_alternative": row["council_ons_code_alternative"],
    }
    if register.find(Post, f"mayor-{key.removeprefix('council-')}") is None:  # else the file of mayors names it
        values |= {"name": row["council"], **_origin(row)}
    yield register.put(Organization, key, values)
    values = {
        "authority": authority,
        "council": register.find(Organization, key),
        "role": row["role"],
        "basis": row["basis"],
        "valid_to": row["valid_to"],
        **_fact(row),
    }
    yield register.put(CouncilMembership, f"{row['authority_id']}/{key}", values)


def _term(register: Register, row: Row) -> Iterable[Put]:
    post = register.find(Post, row["office_id"])
    if post is None:
        values = {
            "organization": register.need(Organization, row["authority_id"], "authority"),
            "kind": PostKind.MAYOR,
            "label": row["office"],
            **_origin(row),
        }
        yield register.put(Post, row["office_id"], values)
        post = register.find(Post, row["office_id"])
    yield register.put(Person, row["person_id"], {"name": row["person_name"], **_origin(row)}, once=True)
    values = {
        "person": register.find(Person, row["person_id"]),
        "post": post,
        "party": register.party(row["party"], row),
        "label": "" if post is None or row["office"] == post.label else row["office"],
        "elected_on": row["elected_on"],
        "valid_from": row["start_date"],
        "valid_to": row["end_date"],
        "end_basis": row["end_date_basis"],
        "end_reason": row["end_reason"],
        "current": row["current"] == "yes",
        **_fact(row),
    }
    yield register.put(Membership, f"{row['office_id']}/{row['elected_on']}", values)
    yield from _election(register, post, row["elected_on"], row)


def _event(register: Register, row: Row) -> Iterable[Put]:
    values = {
        "kind": row["kind"],
        "title": row["title"],
        "starts_on": row["start_date"],
        "ends_on": row["end_date"],
        "scope": row["scope"],
        "certainty": row["certainty"],
        **_fact(row),
    }
    yield register.put(CalendarEvent, row["event_id"], values)


def _policy_term(register: Register, row: Row) -> Iterable[Put]:
    yield register.put(PolicyArea, row["area_id"], {"name": row["area"]})
    values = {
        "area": register.find(PolicyArea, row["area_id"]),
        "term": row["term"],
        "kind": row["term_kind"],
        "caution": row["match_caution"],
        "govuk_topic_path": row["govuk_topic_path"],
        **_fact(row),
    }
    key = f"{row['area_id']}/{row['term_kind']}/{row['term']}"
    yield register.put(PolicyTerm, key, values)


def _power(register: Register, row: Row) -> Iterable[Put]:
    values = {
        "text": row["power_or_duty"],
        "area": register.need(PolicyArea, row["area_id"], "policy area") if row["area_id"] else None,
        "foundation": row["foundation"],
        "mayoral": row["mayoral"],
        "established_mayoral": row["established_mayoral"],
        **_fact(row),
    }
    yield register.put(Power, slugify(row["power_or_duty"])[:120], values)


@dataclass(frozen=True, slots=True)
class File:
    """One file: the columns it must have, which of them may not be empty and which hold dates, and its steps.

    Each step runs over every row before the next begins, so that rows may name rows further down.
    """

    columns: frozenset[str]
    needed: tuple[str, ...]
    dates: tuple[str, ...]
    steps: tuple[Callable[[Register, Row], Iterable[Put]], ...]


def _columns(text: str) -> frozenset[str]:
    return frozenset(text.split())


# In the order in which a whole folder is read: each file may name rows of those above it.
FILES: dict[str, File] = {
    "strategic_authorities.csv": File(
        _columns(
            "id name short_name ons_code type tier status has_mayor mayoral_office date_established established_by "
            "first_mayoral_election last_mayoral_election next_mayoral_election website meetings_site "
            "meetings_platform notes date_abolished predecessors change unconfirmed source as_of"
        ),
        ("id", "name", "type", "status"),
        (
            "date_established",
            "date_abolished",
            "first_mayoral_election",
            "last_mayoral_election",
            "next_mayoral_election",
        ),
        (_authority, _authority_links),
    ),
    "departments.csv": File(
        _columns(
            "org_id name acronym govuk_slug kind valid_from valid_to predecessors successors change parent_org_id "
            "parent_since relevance_to_devolution notes unconfirmed source as_of"
        ),
        ("org_id", "name", "kind"),
        ("valid_from", "valid_to", "parent_since"),
        (_department, _department_links),
    ),
    "organisation_names.csv": File(
        _columns("org_id name short_name valid_from valid_to notes unconfirmed source as_of"),
        ("org_id", "name"),
        ("valid_from", "valid_to"),
        (_name,),
    ),
    "tiers.csv": File(
        _columns("authority_id tier valid_from valid_to unconfirmed source as_of"),
        ("authority_id", "tier"),
        ("valid_from", "valid_to"),
        (_tier,),
    ),
    "single_council_mayors.csv": File(
        _columns(
            "id council council_ons_code office last_election next_election next_election_status notes source as_of"
        ),
        ("id", "council", "office"),
        ("last_election", "next_election"),
        (_council_with_mayor,),
    ),
    "authority_councils.csv": File(
        _columns(
            "authority_id council council_ons_code council_ons_code_alternative council_type role basis notes valid_to "
            "unconfirmed source as_of"
        ),
        ("authority_id", "council", "council_ons_code"),
        ("valid_to",),
        (_council,),
    ),
    "mayors.csv": File(
        _columns(
            "person_id person_name office_id office authority_id party elected_on start_date end_date end_date_basis "
            "end_reason current checked notes source as_of"
        ),
        ("person_id", "person_name", "office_id", "office", "authority_id", "elected_on", "start_date"),
        ("elected_on", "start_date", "end_date"),
        (_term,),
    ),
    "calendar.csv": File(
        _columns("event_id kind title start_date end_date scope certainty notes source as_of"),
        ("event_id", "kind", "title"),
        ("start_date", "end_date"),
        (_event,),
    ),
    "policy_areas.csv": File(
        _columns("area_id area term term_kind match_caution govuk_topic_path source as_of"),
        ("area_id", "area", "term", "term_kind"),
        (),
        (_policy_term,),
    ),
    "devolution_powers_by_tier.csv": File(
        _columns("power_or_duty area_id foundation mayoral established_mayoral notes unconfirmed source as_of"),
        ("power_or_duty",),
        (),
        (_power,),
    ),
}
