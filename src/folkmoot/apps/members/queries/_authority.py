"""Everything that the register knows about one authority or council, as of a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from folkmoot.apps.members.models import (
    CouncilMembership,
    Election,
    Kind,
    Membership,
    NetworkMembership,
    Organization,
    OrganizationName,
    Power,
    TierPeriod,
)
from folkmoot.apps.members.provenance import Fact, true_on
from folkmoot.apps.members.queries._corrections import CorrectionOf, corrections_of
from folkmoot.apps.members.queries._holders import Holding, holdings_among, mayoral_terms_of, officers_of
from folkmoot.apps.members.queries._names import (
    TIERS_NAMED_ON,
    Link,
    NameOn,
    TierOn,
    name_on,
    predecessors_of,
    successors_of,
    tier_on,
)
from folkmoot.apps.members.queries._structure import doubt_of_existence


@dataclass(frozen=True, slots=True)
class PowerAt:
    """A power, and what the sources say about it at one tier; empty when they say nothing."""

    power: Power
    answer: str


@dataclass(frozen=True, slots=True)
class AuthorityPage:
    """One authority or council on a day."""

    day: date
    organization: Organization
    name: NameOn
    exists: bool
    doubt: str
    tier: TierOn | None
    mayor: Holding | None
    officers: list[Holding]
    terms: list[Membership]
    councils: list[CouncilMembership]
    part_of: list[CouncilMembership]
    powers: list[PowerAt]
    names: list[OrganizationName]
    tiers: list[TierPeriod]
    predecessors: list[Link]
    successors: list[Link]
    elections: list[Election]
    memberships: list[NetworkMembership]
    corrections: list[CorrectionOf]

    @property
    def is_member(self) -> bool:
        return any(membership.is_true_on(self.day) for membership in self.memberships)

    @property
    def is_before_tiers(self) -> bool:
        return self.day < TIERS_NAMED_ON

    @property
    def next_election(self) -> Election | None:
        return next((election for election in self.elections if election.latest_day >= self.day), None)


def authority_page(key: str, day: date) -> AuthorityPage | None:
    """An authority, or a council, as of a day; None when the register has none by this key."""
    organization = (
        Organization.objects.filter(key=key, kind__in=[Kind.AUTHORITY, Kind.COUNCIL])
        .prefetch_related("names", "tiers", "came_from__predecessor", "became__successor", "network_memberships")
        .first()
    )
    if organization is None:
        return None
    exists = organization.is_true_on(day) and not organization.planned
    tier = tier_on(organization, day) if exists else None
    terms = mayoral_terms_of(organization)
    councils = list(organization.councils.filter(true_on(day)).select_related("council"))
    elections = list(Election.objects.filter(post__organization=organization).select_related("post"))
    names, tiers = list(organization.names.all()), list(organization.tiers.all())
    facts: list[Fact] = [organization, *names, *tiers, *terms, *councils, *elections]
    return AuthorityPage(
        day=day,
        organization=organization,
        name=name_on(organization, day),
        exists=exists,
        doubt=doubt_of_existence(organization, day) if exists else "",
        tier=tier,
        mayor=next(iter(holdings_among(terms, day)), None) if exists else None,
        officers=officers_of(organization, day),
        terms=terms[::-1],
        councils=councils,
        part_of=list(organization.authorities.filter(true_on(day)).select_related("authority")),
        powers=_powers_at(tier),
        names=names,
        tiers=tiers,
        predecessors=predecessors_of(organization),
        successors=successors_of(organization),
        elections=elections,
        memberships=list(organization.network_memberships.all()),
        corrections=corrections_of(facts),
    )


def _powers_at(tier: TierOn | None) -> list[PowerAt]:
    """The powers of which the sources say something at this tier."""
    if tier is None:
        return []
    powers = Power.objects.filter(~Q(foundation="", mayoral="", established_mayoral="")).select_related("area")
    return [PowerAt(power, power.at(tier.tier)) for power in powers]
