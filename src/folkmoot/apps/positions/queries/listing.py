"""The list of positions: for the secretariat where each stands, for an office first what is asked of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions.models import Circulation, Invitation, Position, Return, Version
from folkmoot.apps.positions.queries.frame import OwnAnswer
from folkmoot.apps.positions.states import PositionState

SORTS = {
    "title": "title",
    "state": "state",
    "closes": "closes_at",
    "lead": "lead__name",
    "made": "created_at",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One position as its reader sees it in the list; None where they may not know or there is nothing to know."""

    position: Position
    state: str
    version: int | None
    answered: int | None
    asked: int | None
    closes_at: datetime | None
    is_open: bool
    own: OwnAnswer | None

    @property
    def is_asked_of_me(self) -> bool:
        """True while the reader's office owes an answer."""
        return self.is_open and self.own is not None and self.own.state != "submitted"


def positions(
    actor: Actor, *, state: str = "", mine: bool = False, text: str = "", sort: str = ""
) -> QuerySet[Position]:
    """The positions that a person may see, narrowed and in order.

    `mine` is what one leads, or for an office what it is asked. Without a sort an office finds first what waits for its
    answer, the secretariat the newest.
    """
    found = Position.objects.visible_to(actor).select_related("lead")
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(Q(title__icontains=text) | Q(issue__icontains=text))
    rounds = Circulation.objects.visible_to(actor).filter(position=OuterRef("pk")).order_by("-opened_at", "-pk")
    found = found.annotate(closes_at=Subquery(rounds.values("closes_at")[:1]))
    if mine:
        found = found.filter(Exists(_asked(actor))) if actor.in_office else found.filter(lead_id=actor.account_id)
    return _in_order(found, actor, sort)


def _asked(actor: Actor) -> QuerySet[Invitation]:
    """The invitations of the reader's office to a position."""
    return Invitation.objects.filter(circulation__position=OuterRef("pk"), office__in=sorted(actor.offices))


def _in_order(found: QuerySet[Position], actor: Actor, sort: str) -> QuerySet[Position]:
    key = SORTS.get(sort.removeprefix("-"))
    if key:
        field = F(key).desc(nulls_last=True) if sort.startswith("-") else F(key).asc(nulls_last=True)
        return found.order_by(field, "-pk")
    if actor.in_office:
        waiting = _asked(actor).filter(circulation__closed_at__isnull=True).exclude(returns__state="submitted")
        found = found.annotate(due_at=Subquery(waiting.values("circulation__closes_at")[:1]))
        return found.order_by(F("due_at").asc(nulls_last=True), "-created_at", "-pk")
    return found.order_by("-created_at", "-pk")


def rows(actor: Actor, found: Sequence[Position]) -> list[Row]:
    """The rows of one page of the list; four queries, however many positions stand on it."""
    keys = [position.pk for position in found]
    shown = Version.objects.visible_to(actor).filter(position__in=keys).order_by("number")
    versions = {version.position_id: version for version in shown}
    opened = Circulation.objects.visible_to(actor).filter(position__in=keys).order_by("opened_at", "pk")
    rounds = {circulation.position_id: circulation for circulation in opened}
    counts = _counts(actor, rounds)
    own = _own(actor, rounds)
    return [_row(position, versions, rounds, counts, own) for position in found]


def _counts(actor: Actor, rounds: dict[int, Circulation]) -> dict[int, tuple[int, int]]:
    """Answered and asked, a circulation; the secretariat's."""
    if not may(actor, Permission.CONSENSUS_READ):
        return {}
    found = Circulation.objects.filter(pk__in=[c.pk for c in rounds.values()]).annotate(
        asked=Count("invitations", distinct=True),
        answered=Count("invitations", filter=Q(invitations__returns__state="submitted"), distinct=True),
    )
    return {circulation.pk: (circulation.answered, circulation.asked) for circulation in found}


def _own(actor: Actor, rounds: dict[int, Circulation]) -> dict[int, OwnAnswer]:
    """Where the reader's own office stands, a circulation."""
    if not actor.in_office:
        return {}
    invitations = Invitation.objects.filter(
        circulation__in=[c.pk for c in rounds.values()], office__in=sorted(actor.offices)
    )
    latest = Return.objects.filter(invitation=OuterRef("pk"))
    found = invitations.annotate(
        submitted_at=Subquery(latest.filter(state="submitted").values("submitted_at")[:1]),
        has_draft=Exists(latest.filter(state="draft")),
        was_withdrawn=Exists(latest.filter(state="withdrawn")),
    )
    return {
        i.circulation_id: OwnAnswer(i, _state(i.submitted_at, i.has_draft, i.was_withdrawn), i.submitted_at)
        for i in found
    }


def _state(submitted_at: datetime | None, has_draft: bool, was_withdrawn: bool) -> str:
    if submitted_at:
        return "submitted"
    return "draft" if has_draft else "withdrawn" if was_withdrawn else ""


def _row(
    position: Position,
    versions: dict[int, Version],
    rounds: dict[int, Circulation],
    counts: dict[int, tuple[int, int]],
    own: dict[int, OwnAnswer],
) -> Row:
    circulation = rounds.get(position.pk)
    answered, asked = counts.get(circulation.pk, (None, None)) if circulation else (None, None)
    version = versions.get(position.pk)
    return Row(
        position=position,
        state=PositionState(position.state).label,
        version=version.number if version else None,
        answered=answered,
        asked=asked,
        closes_at=circulation.closes_at if circulation else None,
        is_open=bool(circulation and circulation.is_open),
        own=own.get(circulation.pk) if circulation else None,
    )
