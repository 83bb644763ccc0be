"""What stands around each page of a position: the strip of facts, who may see it, and what the tabs count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members import queries as members
from folkmoot.apps.positions.models import Circulation, Invitation, Position
from folkmoot.apps.positions.queries.common import Header, header_for, newest_circulation, own_invitation
from folkmoot.apps.positions.queries.counts import clause_states, proposals
from folkmoot.apps.positions.states import PositionState

SATURDAY = 5
WHO_MAY_SEE = {
    Audience.SECRETARIAT: "The secretariat and the guests whom it asked, until the text is circulated.",
    Audience.NAMED: "The secretariat and the offices asked. Answers belong to each office and the secretariat.",
    Audience.NETWORK: "All member offices and the secretariat. Answers belong to each office and the secretariat.",
    Audience.PUBLIC: "Everyone. Answers belong to each office and the secretariat.",
    Audience.PRIVATE: "Named people.",
}


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """Where the answer of the reader's own office stands; `state` is empty where none was begun."""

    invitation: Invitation
    state: str
    submitted_at: datetime | None

    @property
    def words(self) -> str:
        """The state as a person reads it."""
        return {"submitted": "Submitted", "draft": "Being prepared", "withdrawn": "Withdrawn"}.get(
            self.state, "Not begun"
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around a page of one position, as this reader may know it."""

    header: Header
    circulation: Circulation | None
    who_may_see: str
    clauses: int
    states: Mapping[str, str]
    amendments: int | None
    own: OwnAnswer | None
    days_left: int | None
    is_signable: bool


def frame_for(actor: Actor, position: Position) -> Frame:
    """The frame of a position that the actor was found to see."""
    circulation = newest_circulation(actor, position)
    header = header_for(actor, position, circulation)
    counted = circulation if may(actor, Permission.CONSENSUS_READ) else None
    return Frame(
        header=header,
        circulation=circulation,
        who_may_see=WHO_MAY_SEE[Audience(position.audience)],
        clauses=header.version.clause_texts.count() if header.version and actor.in_secretariat else 0,
        states=clause_states(counted, actor.today) if counted else {},
        amendments=proposals(actor, counted).total if counted else None,
        own=own_answer(actor, circulation),
        days_left=working_days_between(actor.today, circulation.closes_at.date())
        if circulation and circulation.is_open
        else None,
        is_signable=shows_sign_off(actor, position),
    )


def shows_sign_off(actor: Actor, position: Position) -> bool:
    """Who signs is the secretariat's to know and, once sign-off has begun, the offices'; a guest's never."""
    has_begun = position.state in {PositionState.SIGNING, PositionState.AGREED, PositionState.PUBLISHED}
    return actor.in_secretariat or (actor.in_office and has_begun)


def own_answer(actor: Actor, circulation: Circulation | None) -> OwnAnswer | None:
    """Where the reader's own office stands in a round; None where it was not asked."""
    invitation = own_invitation(actor, circulation) if circulation else None
    if invitation is None:
        return None
    returns = {ret.state: ret for ret in invitation.returns.exclude(state="superseded").order_by("started_at")}
    for state in ("submitted", "draft", "withdrawn"):
        if state in returns:
            return OwnAnswer(invitation, state, returns[state].submitted_at)
    return OwnAnswer(invitation, "", None)


def working_days_between(today: date, day: date) -> int:
    """The working days after today up to a day, that day included; one query."""
    holidays = members.bank_holidays(today, max(today, day))
    following = (today + timedelta(n) for n in range(1, (day - today).days + 1))
    return sum(1 for d in following if d.weekday() < SATURDAY and d not in holidays)
