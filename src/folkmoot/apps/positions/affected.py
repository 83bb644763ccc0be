"""Which positions a change in the register touches."""

from collections.abc import Collection, Iterator

from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.members.affected import AffectedSource, Change, Found, What, register_affected
from folkmoot.apps.members.models import Organization
from folkmoot.apps.positions.hub import POSITION, titles
from folkmoot.apps.positions.models import Ask, Circulation, Position, SignOff
from folkmoot.apps.positions.states import PositionState

OVER = (PositionState.PUBLISHED, PositionState.WITHDRAWN)


def register() -> None:
    """Tell the members room; called when the installation starts."""
    register_affected(AffectedSource(POSITION, "Position", find, _titles))


def _titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    return titles(actor, keys)


def find(change: Change) -> Iterator[Found]:
    """Open positions that the office was asked for, those it signed or is to sign, and those that ask the body."""
    yield from _asked(change)
    yield from _signed(change)
    if change.what == What.MEMBER:
        yield from _still_to_close()
    yield from _asks_of(change)


def _asked(change: Change) -> Iterator[Found]:
    rounds = Circulation.objects.filter(invitations__office=change.organization).exclude(position__state__in=OVER)
    for key, closed in rounds.values_list("position__key", "closed_at").distinct():
        yield key, "It went to this office." if closed else "It is with this office for an answer."


def _signed(change: Change) -> Iterator[Found]:
    standing = SignOff.objects.filter(office=change.organization, taken_back_at__isnull=True)
    signed = set(standing.exclude(version__position__state__in=OVER).values_list("version__position__key", flat=True))
    for key in sorted(signed):
        yield key, "This office signed it: ask whether that stands."
    asked = Position.objects.filter(state=PositionState.SIGNING, circulations__invitations__office=change.organization)
    for key in asked.exclude(key__in=signed).values_list("key", flat=True).distinct():
        yield key, "It waits for this office’s signature."


def _still_to_close() -> Iterator[Found]:
    """Who is a member changes who counts in every round that is open."""
    for key in Position.objects.filter(circulations__closed_at__isnull=True).values_list("key", flat=True).distinct():
        yield key, "Its round is open, and the members that count have changed."


def _asks_of(change: Change) -> Iterator[Found]:
    body = Organization.objects.filter(key=change.organization).first()
    if body is None:
        return
    names = {body.name, *body.names.values_list("name", flat=True)}
    asks = Ask.objects.filter(Q(department__in=names)).exclude(clause_text__version__position__state="withdrawn")
    for key in asks.values_list("clause_text__version__position__key", flat=True).distinct():
        yield key, "It asks this body for something."
