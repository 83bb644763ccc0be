"""What of the positions waits for a person: rounds that close, answers and signatures that are due."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import authority, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions.models import Circulation, Invitation, Position, Return, SignOff, Version
from folkmoot.apps.positions.queries.common import newest_circulation
from folkmoot.apps.positions.queries.counts import proposals
from folkmoot.apps.positions.states import TRANSITIONS, PositionState

# Rounds that close later than this need nobody of the secretariat yet.
SOON = timedelta(days=15)
DECIDABLE = sorted(state.value for state in TRANSITIONS["decide amendments"][0])


@dataclass(frozen=True, slots=True)
class Round:
    """An open round whose offices have not all answered, or whose time is over."""

    circulation: Circulation
    waiting: tuple[str, ...]
    is_over: bool


@dataclass(frozen=True, slots=True)
class OwedAnswer:
    """An answer that the reader's office owes."""

    circulation: Circulation
    is_begun: bool


@dataclass(frozen=True, slots=True)
class OwedSignature:
    """A position that the reader may sign; `for_name` is the mayor, where it is by delegation."""

    position: Position
    office: str
    for_name: str


def rounds_to_watch(actor: Actor) -> list[Round]:
    """For those who run circulations: what closes soon with offices missing, and what should be closed."""
    if not may(actor, Permission.CIRCULATION_OPEN):
        return []
    found = (
        Circulation.objects.visible_to(actor)
        .filter(closed_at__isnull=True, closes_at__lte=actor.now + SOON)
        .select_related("position", "version")
        .order_by("closes_at")
    )
    answered = Return.objects.filter(invitation=OuterRef("pk"), state="submitted")
    missing: dict[int, list[str]] = {}
    silent = Invitation.objects.filter(circulation__in=[c.pk for c in found]).exclude(Exists(answered))
    for circulation, name in silent.order_by("office_name").values_list("circulation_id", "office_name"):
        missing.setdefault(circulation, []).append(name)
    rounds = [Round(c, tuple(missing.get(c.pk, ())), actor.now >= c.closes_at) for c in found]
    return [each for each in rounds if each.waiting or each.is_over]


def positions_to_decide(actor: Actor) -> list[tuple[Position, int]]:
    """For those who lead them: positions with proposals of the newest round undecided, and how many."""
    if not may(actor, Permission.AMENDMENT_DECIDE):
        return []
    led = Position.objects.visible_to(actor).filter(state__in=DECIDABLE, lead_id=actor.account_id)
    found = []
    for position in led.order_by("title"):
        circulation = newest_circulation(actor, position)
        left = proposals(actor, circulation).undecided if circulation else 0
        if left:
            found.append((position, left))
    return found


def positions_to_publish(actor: Actor) -> list[tuple[Position, str]]:
    """For whoever publishes, in their own right or by delegation: what is agreed, and for whom they would act."""
    by = authority(actor, Permission.PUBLISH)
    if by is None:
        return []
    agreed = Position.objects.visible_to(actor).filter(state=PositionState.AGREED).order_by("title")
    return [(position, by.principal_name) for position in agreed]


def answers_owed(actor: Actor) -> list[OwedAnswer]:
    """For an office: open rounds in which it was asked and has not submitted."""
    if not actor.in_office:
        return []
    mine = Invitation.objects.filter(circulation=OuterRef("pk"), office__in=sorted(actor.offices))
    found = (
        Circulation.objects.visible_to(actor)
        .filter(closed_at__isnull=True, closes_at__gt=actor.now)
        .filter(Exists(mine.exclude(returns__state="submitted")))
        .annotate(is_begun=Exists(mine.filter(returns__state="draft")))
        .select_related("position", "version")
        .order_by("closes_at")
    )
    return [OwedAnswer(circulation, circulation.is_begun) for circulation in found]


def signatures_owed(actor: Actor) -> list[OwedSignature]:
    """For whoever signs for an office, in their own right or by delegation: what waits for the signature."""
    owed = []
    for office in sorted(actor.offices):
        by = authority(actor, Permission.SIGN_OFF, office=office)
        if by is None:
            continue
        newest = Version.objects.filter(position=OuterRef("version__position"), number__gt=OuterRef("version__number"))
        signed = SignOff.objects.filter(
            ~Exists(newest), version__position=OuterRef("pk"), office=office, taken_back_at__isnull=True
        )
        asked = Invitation.objects.filter(circulation__position=OuterRef("pk"), office=office)
        found = Position.objects.visible_to(actor).filter(Exists(asked), ~Exists(signed), state=PositionState.SIGNING)
        owed += [OwedSignature(position, office, by.principal_name) for position in found.order_by("title")]
    return owed
