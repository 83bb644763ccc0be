"""The states of a position, and which action leads from which to which."""

from django.db import models

from folkmoot.apps.access.gate import Conflict


class PositionState(models.TextChoices):
    """Where a position stands."""

    DRAFTING = "drafting", "Drafting"
    CIRCULATING = "circulating", "In circulation"
    DECIDING = "deciding", "Deciding amendments"
    SIGNING = "signing", "For sign-off"
    AGREED = "agreed", "Agreed"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = PositionState

# The action, the states from which it may be taken, and the state to which it leads (None: it stays).
TRANSITIONS: dict[str, tuple[frozenset[PositionState], PositionState | None]] = {
    "change the draft": (frozenset({S.DRAFTING, S.DECIDING}), None),
    "open a circulation": (frozenset({S.DRAFTING, S.DECIDING}), S.CIRCULATING),
    "close the circulation": (frozenset({S.CIRCULATING}), S.DECIDING),
    "decide amendments": (frozenset({S.CIRCULATING, S.DECIDING}), None),
    "make the next version": (frozenset({S.DECIDING}), None),
    "ask for sign-off": (frozenset({S.DRAFTING, S.DECIDING}), S.SIGNING),
    "reopen the text": (frozenset({S.SIGNING, S.AGREED}), S.DECIDING),
    "sign": (frozenset({S.SIGNING}), None),
    "take a signature back": (frozenset({S.SIGNING, S.AGREED}), S.SIGNING),
    "agree": (frozenset({S.SIGNING}), S.AGREED),
    "publish": (frozenset({S.AGREED}), S.PUBLISHED),
    "correct what was published": (frozenset({S.PUBLISHED}), None),
    "withdraw": (frozenset({S.DRAFTING, S.CIRCULATING, S.DECIDING, S.SIGNING, S.AGREED}), S.WITHDRAWN),
}


def allows(state: str, action: str) -> bool:
    """The answer for a button."""
    return state in TRANSITIONS[action][0]


def check(state: str, action: str) -> None:
    """The answer for an action: silence, or Conflict."""
    if not allows(state, action):
        now = PositionState(state).label.lower()
        needed = " or ".join(sorted(f"“{s.label.lower()}”" for s in TRANSITIONS[action][0]))
        raise Conflict(f"This position is “{now}”. To {action} it must be {needed}.")


def after(state: str, action: str) -> str:
    """The state to which an action leads."""
    return TRANSITIONS[action][1] or state
