"""The cast: the people and offices that every test knows, and that never change.

Aldermere's mayor has let her chief executive sign for her; Harrowmoor and Stanwold are two other offices.
Nobody here is real.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from folkmoot.apps.access.actor import Actor, register_office_resolver, stranger
from folkmoot.apps.access.models import Account, Delegation
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import actor_for
from folkmoot.apps.access.roles import Role

MOMENT = datetime(2026, 11, 25, 9, 40, tzinfo=ZoneInfo("Europe/London"))
TODAY = MOMENT.date()
PASSWORD = "a long walk over the moor"

# Which office each person of the cast stands for; the register of members is asked as well, where a test fills it.
OFFICES = {
    "gwen-tarrant": "aldermere",
    "idris-vale": "aldermere",
    "maya-osei": "aldermere",
    "rowan-pike": "harrowmoor",
    "tess-quill": "harrowmoor",
    "uma-rhodes": "stanwold",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the cast before they have an account."""

    name: str
    role: Role
    person: str = ""

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@folkmoot.invalid"


PARTS = {
    "administrator": Part("Ada Bright", Role.ADMINISTRATOR),
    "head": Part("Helen Marsh", Role.HEAD),
    "deputy": Part("Dev Anand", Role.DEPUTY),
    "officer": Part("Owen Lark", Role.OFFICER),
    "coordinator": Part("Cora Field", Role.COORDINATOR),
    "mayor": Part("Gwen Tarrant", Role.MAYOR, "gwen-tarrant"),
    "chief_executive": Part("Idris Vale", Role.CHIEF_EXECUTIVE, "idris-vale"),
    "member_officer": Part("Maya Osei", Role.MEMBER_OFFICER, "maya-osei"),
    "other_mayor": Part("Rowan Pike", Role.MAYOR, "rowan-pike"),
    "other_officer": Part("Tess Quill", Role.MEMBER_OFFICER, "tess-quill"),
    "third_officer": Part("Uma Rhodes", Role.MEMBER_OFFICER, "uma-rhodes"),
    "guest": Part("Guy Stone", Role.GUEST),
}


def office_of_the_cast(person: str, day: date) -> frozenset[str]:
    """The office for which a person of the cast stands, on any day."""
    return frozenset({OFFICES[person]}) if person in OFFICES else frozenset()


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody's account, and the delegation under which the chief executive signs for the mayor of Aldermere."""

    administrator: Account
    head: Account
    deputy: Account
    officer: Account
    coordinator: Account
    mayor: Account
    chief_executive: Account
    member_officer: Account
    other_mayor: Account
    other_officer: Account
    third_officer: Account
    guest: Account
    delegation: Delegation

    def account(self, part: str) -> Account | None:
        """The account of a part; none for the stranger."""
        return None if part == "stranger" else getattr(self, part)

    def actor(self, part: str, **changes: Any) -> Actor:
        """A part as queries and actions see it, at the moment of the cast unless said otherwise."""
        account = self.account(part)
        return act(account, **changes) if account else stranger(MOMENT, TODAY)


# Everybody who may ask for a page, the stranger included.
EVERYBODY = (*PARTS, "stranger")


def act(account: Account, *, now: datetime = MOMENT, confined: str | None = None) -> Actor:
    """The actor behind an account, at the moment of the cast unless said otherwise."""
    return actor_for(account, now=now, today=now.date(), confined=confined)


def make_account(part: Part) -> Account:
    """An account with the password that all the cast share."""
    account = Account(
        email=part.email,
        name=part.name,
        role=part.role.value,
        person=part.person,
        created_at=MOMENT - timedelta(days=90),
    )
    account.set_password(PASSWORD)
    account.save()
    return account


def make_cast() -> Cast:
    """Everybody, in the database."""
    register_office_resolver(office_of_the_cast)
    accounts = {key: make_account(part) for key, part in PARTS.items()}
    delegation = Delegation.objects.create(
        principal=accounts["mayor"],
        delegate=accounts["chief_executive"],
        permissions=[Permission.SIGN_OFF.value],
        starts_at=MOMENT - timedelta(days=2),
        ends_at=MOMENT + timedelta(days=12),
        note="While the mayor is away.",
        created_at=MOMENT - timedelta(days=3),
    )
    return Cast(**accounts, delegation=delegation)
