"""The frame of each page of a position: heading, strip of facts, tabs and handling mark; and getting the position."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import Channel, record_reading
from folkmoot.apps.positions.models import Position
from folkmoot.apps.positions.queries.common import position_for
from folkmoot.apps.positions.queries.counts import states_in_words
from folkmoot.apps.positions.queries.frame import Frame, frame_for
from folkmoot.web.middleware import ActorRequest
from folkmoot.web.templating import day, moment_text, plural


@dataclass(frozen=True, slots=True)
class Tab:
    """One section of a position: its title and the name of its address."""

    title: str
    name: str


TEXT = Tab("Text", "position")
ANSWER = Tab("Our answer", "answer")
OFFICES = Tab("Offices", "offices")
AMENDMENTS = Tab("Amendments", "amendments")
CONSENSUS = Tab("Consensus", "consensus")
SIGN_OFF = Tab("Sign-off", "sign_off")


def position_or_404(request: ActorRequest, key: str) -> Position:
    """The position with this key; for whoever may not see it there is none."""
    position = position_for(request.actor, key)
    if position is None:
        raise Http404
    return position


def frame(request: ActorRequest, position: Position, tab: Tab | None) -> dict[str, Any]:
    """What `positions/_frame.html` needs. That a sensitive position was read is recorded in the same request."""
    record_reading(request.actor, position, Channel.PAGE)
    found = frame_for(request.actor, position)
    return {
        "position": position,
        "frame": found,
        "handling": position.handling,
        "who_may_see": found.who_may_see,
        "facts": facts_of(found),
        "tabs": _tabs(request.actor, found),
        "tab": tab.title if tab else "",
    }


def facts_of(found: Frame) -> list[tuple[str, str, str]]:
    """The strip of facts: label, value and a note in brackets."""
    header = found.header
    version = f"{header.version.number}, {header.state.lower()}" if header.version else header.state
    rows = [("Version", version, "")]
    if header.asked is not None:
        rows.append(("Answered", f"{header.answered} of {plural(header.asked, 'office')}", ""))
    if found.states:
        rows.append(("Clauses", states_in_words(found.states), ""))
    if found.own:
        note = f"({day(found.own.submitted_at)})" if found.own.submitted_at else ""
        rows.append(("Our answer", found.own.words, note))
    if header.closed_at:
        rows.append(("Returns closed", day(header.closed_at), ""))
    elif header.closes_at:
        left = f"({plural(found.days_left, 'working day')})" if found.days_left is not None else ""
        rows.append(("Returns close", closing(header.closes_at), left))
    rows.append(("Lead", header.lead, ""))
    return rows


def closing(at: datetime) -> str:
    """Fri 4 Dec 2026, 12:00."""
    return f"{day(at)}, {moment_text(at)[-5:]}"


def _tabs(actor: Actor, found: Frame) -> list[tuple[str, str, int | None]]:
    """The sections that this reader has, each with its address and, where they may know it, its number."""
    key = found.header.position.key
    if actor.in_secretariat:
        return [
            (TEXT.title, _address(TEXT, key), found.clauses),
            (OFFICES.title, _address(OFFICES, key), found.header.asked),
            (AMENDMENTS.title, _address(AMENDMENTS, key), found.amendments),
            (CONSENSUS.title, _address(CONSENSUS, key), None),
            (SIGN_OFF.title, _address(SIGN_OFF, key), None),
        ]
    tabs: list[tuple[str, str, int | None]] = [(TEXT.title, _address(TEXT, key), None)]
    if found.own:
        tabs += [(tab.title, _address(tab, key), None) for tab in (ANSWER, AMENDMENTS)]
        if found.header.closed_at or (found.circulation and found.circulation.disclosure == "at-once"):
            tabs.append((CONSENSUS.title, _address(CONSENSUS, key), None))
    if found.is_signable:
        tabs.append((SIGN_OFF.title, _address(SIGN_OFF, key), None))
    return tabs


def _address(tab: Tab, key: str) -> str:
    return reverse(tab.name, args=[key])
