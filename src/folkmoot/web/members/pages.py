"""Which page shows a record of the register."""

from typing import Any

from django.urls import reverse

from folkmoot.apps.members.models import (
    CalendarEvent,
    CouncilMembership,
    Kind,
    Membership,
    Organization,
    OrganizationName,
    Person,
    Post,
    Power,
    TierPeriod,
)


def address_of(organization: Organization) -> str:
    """The page of a body."""
    name = "member" if organization.kind in (Kind.AUTHORITY, Kind.COUNCIL) else "department"
    return reverse(name, args=[organization.key])


def home_of(fact: Any) -> str:
    """The page on which a fact stands."""
    match fact:
        case Organization():
            return address_of(fact)
        case OrganizationName() | TierPeriod() | Post():
            return address_of(fact.organization)
        case CouncilMembership():
            return address_of(fact.authority)
        case Membership():
            return address_of(fact.post.organization)
        case Person():
            return reverse("person", args=[fact.key])
        case CalendarEvent():
            return reverse("calendar")
        case Power():
            return reverse("powers")
        case _:
            return address_of(fact.post.organization)
