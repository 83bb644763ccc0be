"""Makes the invented network: accounts, register, terms of reference, and a delegation that runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from folkmoot.apps.access.actions import create_account, create_first_administrator, delegate
from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import actor_for
from folkmoot.apps.access.roles import Role
from folkmoot.apps.members import actions as members
from folkmoot.apps.members.importing import SHIPPED, import_facts
from folkmoot.apps.members.models import Kind, Organization, Party, PostKind
from folkmoot.apps.members.queries import add_working_days
from folkmoot.apps.positions.actions import set_terms
from folkmoot.demo.people import NETWORK, PARTIES, REGIONS, STAFF, Region, address

LONDON = ZoneInfo("Europe/London")
SOURCE = "invented for the demonstration"


def at(day: date, hour: int = 9, minute: int = 40) -> datetime:
    """A moment of a day in London."""
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON)


@dataclass(frozen=True, slots=True)
class People:
    """Every account of the demonstration, by name."""

    accounts: Mapping[str, Account]

    def actor(self, name: str, now: datetime) -> Actor:
        """Somebody as they act at a moment."""
        return actor_for(self.accounts[name], now=now, today=now.date())


def make_network(today: date) -> People:
    """Everything but the positions."""
    begun = at(today - timedelta(days=400))
    accounts = _staff(begun)
    people = People(accounts)
    coordinator = people.actor("Wren Halloran", begun)
    import_facts(coordinator, folder=SHIPPED, today=today)
    parties = {key: members.add_party(coordinator, name=name, invented=True) for key, name in PARTIES.items()}
    administrator = people.actor("Ada Pilgrim", begun)
    for region in REGIONS:
        organization = _region(coordinator, region, parties[region.party], begun.date())
        accounts |= _people_of(administrator, region, organization)
    _department(coordinator)
    set_terms(
        people.actor("Rosalind Theakstone", begun),
        name=NETWORK,
        from_date=begun.date(),
        rule="no-objection",
        each_party=True,
        quorum="0.50",
        agreed_on="Mayors’ group, first meeting",
    )
    _delegations(people, today)
    return people


def _staff(begun: datetime) -> dict[str, Account]:
    first = next(person for person in STAFF if person.role is Role.ADMINISTRATOR)
    accounts = {
        first.name: create_first_administrator(email=address(first.name), name=first.name, now=begun, invented=True)
    }
    administrator = actor_for(accounts[first.name], now=begun, today=begun.date())
    for person in STAFF:
        if person is not first:
            accounts[person.name] = create_account(
                administrator,
                email=address(person.name),
                name=person.name,
                role=person.role,
                employer=person.employer,
                invented=True,
            )
    return accounts


def _region(coordinator: Actor, region: Region, party: Party, since: date) -> Organization:
    organization = members.add_organization(
        coordinator,
        key=region.key,
        name=region.name,
        kind=Kind.AUTHORITY,
        short_name=region.name[:3].upper(),
        legal_form="invented region",
        tier="mayoral",
        valid_from=f"{since.year - 6}-04-01",
        invented=True,
    )
    members.join_network(coordinator, organization=organization, on=since)
    holders = (
        (PostKind.MAYOR, f"Mayor of {region.name}", region.mayor, party),
        (PostKind.CHIEF_EXECUTIVE, f"Chief executive of {region.name}", region.chief_executive, None),
        (PostKind.OFFICER, f"Policy officer of {region.name}", region.officer, None),
    )
    for kind, label, name, group in holders:
        post = members.add_post(
            coordinator, key=f"{kind}-{region.key}", organization=organization, kind=kind, label=label
        )
        person = members.add_person(coordinator, key=slugify(name), name=name, invented=True)
        members.appoint(
            coordinator,
            person=person,
            post=post,
            valid_from=(since - timedelta(days=60)).isoformat(),
            party=group,
        )
    return organization


def _people_of(administrator: Actor, region: Region, organization: Organization) -> dict[str, Account]:
    roles = (
        (Role.MAYOR, region.mayor),
        (Role.CHIEF_EXECUTIVE, region.chief_executive),
        (Role.MEMBER_OFFICER, region.officer),
    )
    return {
        name: create_account(
            administrator,
            email=address(name, region.key),
            name=name,
            role=role,
            person=slugify(name),
            employer=organization.key,
            invented=True,
        )
        for role, name in roles
    }


def _department(coordinator: Actor) -> None:
    """An invented ministry with an invented minister, so that no ask of the demonstration is put to a real one."""
    department = members.add_organization(
        coordinator,
        key="department-for-places-and-transport",
        name="Department for Places and Transport",
        kind=Kind.DEPARTMENT,
        short_name="DPT",
        relevance="Buses, trains and local growth in the invented world.",
        invented=True,
    )
    post = members.add_post(
        coordinator,
        key="minister-for-local-transport-invented",
        organization=department,
        kind=PostKind.MINISTER,
        label="Minister for Local Transport",
    )
    minister = members.add_person(coordinator, key="rufus-alderbrook", name="Rufus Alderbrook", invented=True)
    members.appoint(
        coordinator, person=minister, post=post, valid_from=(coordinator.today - timedelta(days=30)).isoformat()
    )


def _delegations(people: People, today: date) -> None:
    """The deputy acts for the head until the end of the day after next; one mayor lets her officer sign for her."""
    morning = at(add_working_days(today, -1), 8)  # so that both run at whatever hour the demonstration is made
    delegate(
        people.actor("Rosalind Theakstone", morning),
        delegate=people.accounts["Imran Wetherby"],
        permissions=[Permission.PUBLISH, Permission.AMENDMENT_DECIDE, Permission.CIRCULATION_OPEN],
        starts_at=morning,
        ends_at=at(add_working_days(today, 2), 17, 0),
        note="Away at a conference.",
    )
    delegate(
        people.actor("Thea Quayle-Morrow", morning),
        delegate=people.accounts["Silas Pennant"],
        permissions=[Permission.SIGN_OFF],
        starts_at=morning,
        ends_at=at(add_working_days(today, 20), 17, 0),
        note="Signs while the mayor is abroad.",
    )
