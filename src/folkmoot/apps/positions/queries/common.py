"""What several pages of a position share: the round in question, the strip of facts, the tabs."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import listed_keys
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import SECRETARIAT, Role
from folkmoot.apps.positions.models import (
    Amendment,
    Circulation,
    Fallback,
    Invitation,
    Message,
    Position,
    Version,
)
from folkmoot.apps.positions.states import PositionState


@dataclass(frozen=True, slots=True)
class Header:
    """The strip of facts at the head of each page of a position; None where the reader may not know."""

    position: Position
    version: Version | None
    state: str
    answered: int | None
    asked: int | None
    closes_at: datetime | None
    closed_at: datetime | None
    lead: str


def position_for(actor: Actor, key: str) -> Position | None:
    """The position with this key, if the person may see it."""
    return Position.objects.visible_to(actor).select_related("lead").filter(key=key).first()


def newest_version(actor: Actor, position: Position) -> Version | None:
    """The newest version that the person may see."""
    return Version.objects.visible_to(actor).filter(position=position).order_by("-number").first()


def newest_circulation(actor: Actor, position: Position) -> Circulation | None:
    """The newest round that the person may see."""
    return (
        Circulation.objects.visible_to(actor)
        .filter(position=position)
        .select_related("version", "position")
        .order_by("-opened_at", "-pk")
        .first()
    )


def own_invitation(actor: Actor, circulation: Circulation) -> Invitation | None:
    """The invitation of the person's own office."""
    return circulation.invitations.filter(office__in=sorted(actor.offices)).first() if actor.in_office else None


def invitations_for(actor: Actor, circulation: Circulation) -> QuerySet[Invitation]:
    """All offices asked, for the secretariat; for an office, its own."""
    if actor.in_secretariat and not actor.confined:
        return circulation.invitations.all()
    return circulation.invitations.filter(office__in=sorted(actor.offices))


def messages_for(actor: Actor, amendments: QuerySet[Amendment]) -> QuerySet[Message]:
    """What was written about these amendments: the secretariat sees all, an office its own thread."""
    found = Message.objects.filter(amendment__in=amendments).select_related("author")
    if actor.in_secretariat and not actor.confined:
        return found
    return found.filter(amendment__ret__invitation__office__in=sorted(actor.offices))


def fallbacks_for(actor: Actor, position: Position) -> QuerySet[Fallback]:
    """The fallbacks on a position's clauses whose existence the person may know: the secretariat's, while in it."""
    if not actor.in_secretariat:
        return Fallback.objects.none()
    return Fallback.objects.visible_to(actor).filter(clause__position=position).select_related("clause", "holder")


def header_for(actor: Actor, position: Position, circulation: Circulation | None) -> Header:
    """The strip of facts beside the newest round; how many offices answered is the secretariat's."""
    asked = answered = None
    if circulation and may(actor, Permission.CONSENSUS_READ):
        counts = circulation.invitations.aggregate(
            asked=Count("pk", distinct=True), answered=Count("pk", filter=Q(returns__state="submitted"), distinct=True)
        )
        asked, answered = counts["asked"], counts["answered"]
    return Header(
        position=position,
        version=newest_version(actor, position),
        state=PositionState(position.state).label,
        answered=answered,
        asked=asked,
        closes_at=circulation.closes_at if circulation else None,
        closed_at=circulation.closed_at if circulation else None,
        lead=position.lead.name,
    )


def secretariat_people() -> QuerySet[Account]:
    """Those who may lead a position."""
    return Account.objects.filter(is_active=True, role__in=["head", "deputy", "officer"]).order_by("name")


def secretariat_readers() -> QuerySet[Account]:
    """Everybody of the secretariat: those whom a fallback may name."""
    return Account.objects.filter(is_active=True, role__in=sorted(role.value for role in SECRETARIAT)).order_by("name")


def guests_on(position: Position) -> QuerySet[Account]:
    """The guests who may look at a position."""
    keys = [key.removeprefix("account:") for key in listed_keys(position) if key.startswith("account:")]
    return Account.objects.filter(pk__in=keys, role=Role.GUEST.value).order_by("name")


def guests_to_invite(position: Position) -> QuerySet[Account]:
    """The guests who may not look at it yet."""
    guests = Account.objects.filter(is_active=True, role=Role.GUEST.value)
    return guests.exclude(pk__in=guests_on(position)).order_by("name")
