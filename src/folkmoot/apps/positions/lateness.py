"""Answers that come after closing: which rounds can still take one late, and why the others cannot.

A late answer is taken by the secretariat, with its reason, as long as the text of its round is still the newest and
being decided. What offices were told at closing was worked out once and stays as it was.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.apps.positions.models import Circulation, Invitation, Return, Version
from folkmoot.apps.positions.states import PositionState

TEXT_IS_OPEN = (PositionState.CIRCULATING, PositionState.DECIDING)
LONGEST_REASON = 200


def late_rounds(now: datetime) -> "QuerySet[Circulation]":
    """The rounds whose time is over and which can still take an answer late."""
    later = Circulation.objects.filter(position=OuterRef("position"), opened_at__gt=OuterRef("opened_at"))
    newer = Version.objects.filter(position=OuterRef("position"), number__gt=OuterRef("version__number"))
    over = Q(closed_at__isnull=False) | Q(closes_at__lte=now)
    return Circulation.objects.filter(over, ~Exists(later), ~Exists(newer), position__state__in=TEXT_IS_OPEN)


def why_not_late(circulation: Circulation, now: datetime) -> str:
    """Why a round that is over can take no answer late, in a sentence; nothing where it can."""
    if late_rounds(now).filter(pk=circulation.pk).exists():
        return ""
    position = circulation.position
    state = PositionState(type(position).objects.values_list("state", flat=True).get(pk=position.pk))
    if state not in TEXT_IS_OPEN:
        return f"The position is “{state.label.lower()}”, so its text takes no answers any more."
    if position.circulations.filter(opened_at__gt=circulation.opened_at).exists():
        return "A later round was opened on this position. An answer goes there."
    return "The next version of the text was made without it. Open a round on that version, and file it there."


def left_over(now: datetime) -> "QuerySet[Return]":
    """Answers that were begun and not submitted while their rounds took answers."""
    over = Q(invitation__circulation__closed_at__isnull=False) | Q(invitation__circulation__closes_at__lte=now)
    return Return.objects.filter(over, state="draft", late_because="")


def is_left_over(invitation: Invitation, now: datetime) -> bool:
    """Whether an answer was begun for this office, and nobody can submit it any more."""
    return left_over(now).filter(invitation=invitation).exists()


def is_taken_late(invitation: Invitation) -> bool:
    """True where the secretariat has begun to take this office's answer late."""
    standing = invitation.returns.filter(state__in=["draft", "submitted"])
    return bool(standing.exclude(late_because="").exists())
