"""The whole structure on a day: authorities with tier and mayor, departments with units, and what came before each."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from folkmoot.apps.members.models import Kind, Organization
from folkmoot.apps.members.partial import span
from folkmoot.apps.members.provenance import true_on
from folkmoot.apps.members.queries._holders import Holding, mayors_on
from folkmoot.apps.members.queries._members import memberships_on
from folkmoot.apps.members.queries._names import Link, NameOn, TierOn, name_on, predecessors_of, successors_of, tier_on


@dataclass(frozen=True, slots=True)
class BodyOn:
    """A body as it was on a day."""

    organization: Organization
    name: NameOn
    tier: TierOn | None
    mayor: Holding | None
    predecessors: list[Link]
    successors: list[Link]
    is_member: bool
    doubt: str
    units: list["BodyOn"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Structure:
    """Everything that stood on a day."""

    day: date
    authorities: list[BodyOn]
    departments: list[BodyOn]
    other_bodies: list[BodyOn]


def structure(day: date) -> Structure:
    """The structure on a day; eight queries, however many bodies there are."""
    bodies = bodies_on(day, Kind.AUTHORITY, Kind.DEPARTMENT, Kind.PUBLIC_BODY)
    departments = bodies[Kind.DEPARTMENT]
    others = _place_units(departments, bodies[Kind.PUBLIC_BODY], day)
    return Structure(day, bodies[Kind.AUTHORITY], departments, others)


def bodies_on(day: date, *kinds: Kind) -> dict[str, list[BodyOn]]:
    """The bodies of these kinds that existed on a day, by kind, then by their name on that day."""
    mayors = mayors_on(day)
    members = set(memberships_on(day).values_list("organization_id", flat=True))
    found: dict[str, list[BodyOn]] = defaultdict(list)
    for organization in _existing(day, kinds):
        found[organization.kind].append(
            BodyOn(
                organization=organization,
                name=name_on(organization, day),
                tier=tier_on(organization, day),
                mayor=mayors.get(organization.pk),
                predecessors=predecessors_of(organization, day),
                successors=[link for link in successors_of(organization) if organization.ends],
                is_member=organization.pk in members,
                doubt=doubt_of_existence(organization, day),
            )
        )
    for bodies in found.values():
        bodies.sort(key=lambda body: (not body.is_member, body.name.name))
    return found


def _existing(day: date, kinds: tuple[Kind, ...]) -> QuerySet[Organization]:
    return (
        Organization.objects.filter(true_on(day), kind__in=kinds, planned=False)
        .select_related("parent")
        .prefetch_related("names", "tiers", "came_from__predecessor", "became__successor")
    )


def doubt_of_existence(organization: Organization, day: date) -> str:
    """What the sources leave open about whether a body stood on a day, in a sentence."""
    if organization.invented:
        return ""
    if not organization.is_certain_on(day):
        return "The day of the change is not in the sources."
    if organization.from_latest is None:
        _, known = span(organization.as_of)
        if known is None or day < known:
            return "The day it was formed is not in the sources."
    return ""


def _place_units(departments: list[BodyOn], units: list[BodyOn], day: date) -> list[BodyOn]:
    """Put each unit under its department where the sources place it there by that day; return the rest."""
    by_key = {body.organization.key: body for body in departments}
    rest = []
    for unit in units:
        parent, (since, _) = unit.organization.parent, span(unit.organization.parent_since)
        department = by_key.get(parent.key) if parent else None
        if department is None or (since and day < since):
            rest.append(unit)
        else:
            department.units.append(unit)
    return rest
