"""Tables of the positions room, by the part of a position's life that they remember."""

from folkmoot.apps.positions.models.amendments import Amendment, Decision, Message, ReturnComment
from folkmoot.apps.positions.models.circulation import Answer, Circulation, Invitation, PersonalLink, Return, Stance
from folkmoot.apps.positions.models.outcome import Ask, Correction, Publication, SignOff, Tally
from folkmoot.apps.positions.models.terms import TermsOfReference
from folkmoot.apps.positions.models.text import Clause, ClauseText, Fallback, NarrowMark, Position, Version

__all__ = [
    "Amendment",
    "Answer",
    "Ask",
    "Circulation",
    "Clause",
    "ClauseText",
    "Correction",
    "Decision",
    "Fallback",
    "Invitation",
    "Message",
    "NarrowMark",
    "PersonalLink",
    "Position",
    "Publication",
    "Return",
    "ReturnComment",
    "SignOff",
    "Stance",
    "Tally",
    "TermsOfReference",
    "Version",
]
