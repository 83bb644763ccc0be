"""The person who asks, as every query and action sees them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import OFFICE, ROLES, SECRETARIAT, Role


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody for whom the actor acts now, by a delegation that runs."""

    account_id: int
    name: str
    role: Role
    offices: frozenset[str]
    permissions: frozenset[Permission]
    delegation_id: int
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, for which offices, on which day. Made at the door; nothing below reads a clock or a request.

    `confined` is the key of the one record that a personal link opens ("circulation:12"); whoever comes by such a link
    sees and does nothing else, and never signs.
    """

    account_id: int | None
    name: str
    role: Role | None
    now: datetime
    today: date
    person: str = ""
    offices: frozenset[str] = frozenset()
    principals: tuple[Principal, ...] = field(default=())
    confined: str | None = None

    @property
    def in_secretariat(self) -> bool:
        return self.role in SECRETARIAT

    @property
    def in_office(self) -> bool:
        return self.role in OFFICE and bool(self.offices)

    @property
    def office(self) -> str | None:
        """The one office for which this person answers, if any."""
        return min(self.offices) if self.in_office else None

    @property
    def levels(self) -> frozenset[str]:
        """The audiences to which this person belongs by role alone."""
        if self.in_secretariat:
            return frozenset({"public", "network", "named", "secretariat"})
        if self.in_office:
            return frozenset({"public", "network"})
        return frozenset({"public"})

    @property
    def keys(self) -> frozenset[str]:
        """The keys under which this person may be listed on a record."""
        if self.account_id is None or self.role is Role.ADMINISTRATOR:
            return frozenset()
        keys = {f"account:{self.account_id}"}
        if self.in_office:
            keys |= {f"org:{office}" for office in self.offices}
        return frozenset(keys)

    @property
    def own_permissions(self) -> frozenset[Permission]:
        return ROLES[self.role].permissions if self.role else frozenset()


NOBODY_NAME = "Somebody who has not signed in"


def stranger(now: datetime, today: date) -> Actor:
    """Somebody who has not signed in."""
    return Actor(account_id=None, name=NOBODY_NAME, role=None, now=now, today=today)


OfficeResolver = Callable[[str, date], frozenset[str]]
_resolvers: list[OfficeResolver] = []


def register_office_resolver(resolver: OfficeResolver) -> None:
    """The members room tells here which offices a person stands for on a day (person key, day -> organisation keys)."""
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def offices_of(person: str, day: date) -> frozenset[str]:
    """The organisations for which a person stands on a day; none for a person whom no room knows."""
    return frozenset().union(*(resolver(person, day) for resolver in _resolvers)) if person else frozenset()
