"""The first members of a network, recorded by whoever sets the installation up."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import Role
from folkmoot.apps.members.actions._builders import join_network
from folkmoot.apps.members.models import Kind, NetworkMembership, Organization

BASIS = "The network’s own record, made when the installation was set up"


@transaction.atomic
def found_network(actor: Actor, *, authorities: Collection[str], on: date) -> list[NetworkMembership]:
    """Record the first members, by the keys of their authorities; after that the secretariat keeps the register."""
    check(actor, Permission.SETTINGS_CHANGE)
    if NetworkMembership.objects.exists():
        raise Conflict("The network has members already. The secretariat records whoever joins on the page Members.")
    if not authorities:
        raise Invalid("Choose at least one authority.")
    found = {each.key: each for each in Organization.objects.filter(kind=Kind.AUTHORITY, key__in=authorities)}
    unknown = sorted(set(authorities) - found.keys())
    if unknown:
        raise Invalid(f"The register has no authority “{unknown[0]}”. Choose from the list.")
    if on > actor.today:
        raise Invalid("The day lies in the future. Choose the day from which they are members, today at the latest.")
    keeper = replace(actor, role=Role.COORDINATOR)  # there is no secretariat yet that could keep the register
    as_of = actor.today.isoformat()
    return [join_network(keeper, organization=found[key], on=on, source=BASIS, as_of=as_of) for key in sorted(found)]
