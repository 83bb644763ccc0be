"""Which authorities are the network's members on a day, and for whom a person stands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from folkmoot.apps.members.models import Kind, Membership, NetworkMembership, Organization, Party
from folkmoot.apps.members.provenance import true_on
from folkmoot.apps.members.queries._holders import Holding, mayors_on
from folkmoot.apps.members.queries._names import name_on


@dataclass(frozen=True, slots=True)
class Member:
    """A member authority as it is on a day."""

    organization: Organization
    membership: NetworkMembership
    name: str
    short_name: str
    mayor: Holding | None

    @property
    def key(self) -> str:
        return self.organization.key

    @property
    def party(self) -> Party | None:
        """The party for which the member counts in consensus: its mayor's on the day."""
        return self.mayor.party if self.mayor else None


def memberships_on(day: date) -> QuerySet[NetworkMembership]:
    return NetworkMembership.objects.filter(true_on(day)).select_related("organization")


def network_members(day: date) -> list[Member]:
    """The members on a day, by name; three queries."""
    mayors = mayors_on(day)
    members = []
    for membership in memberships_on(day).prefetch_related("organization__names"):
        organization = membership.organization
        name = name_on(organization, day)
        members.append(Member(organization, membership, name.name, name.short_name, mayors.get(organization.pk)))
    return sorted(members, key=lambda member: member.name)


def is_member(office: str, day: date) -> bool:
    return memberships_on(day).filter(organization__key=office).exists()


def offices_of_person(person: str, day: date) -> frozenset[str]:
    """The member authorities in which a person holds a post on a day: those for which they stand."""
    membership = NetworkMembership.objects.filter(true_on(day), organization=OuterRef("post__organization"))
    keys = Membership.objects.filter(
        true_on(day), Exists(membership), person__key=person, post__organization__kind=Kind.AUTHORITY
    ).values_list("post__organization__key", flat=True)
    return frozenset(keys)


def standing_for(day: date) -> dict[str, frozenset[str]]:
    """Who stands for each member authority on a day: keys of people by key of the authority; one query."""
    membership = NetworkMembership.objects.filter(true_on(day), organization=OuterRef("post__organization"))
    terms = Membership.objects.filter(true_on(day), Exists(membership), post__organization__kind=Kind.AUTHORITY)
    found: dict[str, set[str]] = defaultdict(set)
    for office, person in terms.values_list("post__organization__key", "person__key"):
        found[office].add(person)
    return {office: frozenset(people) for office, people in found.items()}
