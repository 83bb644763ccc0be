"""What an office is told: its own answers, and after closing the tallies from which no other answer follows."""

from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.positions import editions
from folkmoot.apps.positions.answers import terms_on
from folkmoot.apps.positions.models import Answer, Circulation, Return, Stance, Tally


@dataclass(frozen=True, slots=True)
class ToldClause:
    """What an office is told of one clause."""

    number: str
    title: str
    own: str
    own_reason: str
    cells: tuple[tuple[str, int], ...] | None
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class ToldView:
    """An office's page: its own answers, and after closing the tallies that give nobody away."""

    clauses: tuple[ToldClause, ...]
    closed: bool
    agreed: int | None
    cell_size: int


def told_view(actor: Actor, circulation: Circulation) -> ToldView:
    """What this person's office may be told: written down at closing, never worked out afresh."""
    views = editions.clauses_for(actor, circulation.version)
    own = {
        clause: (Stance(stance).label, reason)
        for clause, stance, reason in Answer.objects.filter(
            ret__in=Return.objects.visible_to(actor).filter(
                invitation__circulation=circulation,
                invitation__office__in=sorted(actor.offices),
                state="submitted",
            )
        ).values_list("clause_id", "stance", "reason")
    }
    tallies = {t.clause_id: t for t in Tally.objects.filter(circulation=circulation)} if circulation.closed_at else {}
    clauses = tuple(_told(view, own.get(view.clause_id), tallies.get(view.clause_id)) for view in views)
    statuses = [t.status for t in tallies.values()]
    return ToldView(
        clauses=clauses,
        closed=circulation.closed_at is not None,
        agreed=statuses.count("agreed") if statuses and all(statuses) else None,
        cell_size=terms_on(actor.today).cell_size,
    )


def _told(view: editions.ClauseView, own: tuple[str, str] | None, tally: Tally | None) -> ToldClause:
    return ToldClause(
        number=view.number,
        title=view.heading or view.text[:60],
        own=own[0] if own else "",
        own_reason=own[1] if own else "",
        cells=tuple((label, count) for label, count in tally.cells) if tally and tally.cells is not None else None,
        status=tally.status if tally else "",
        reason=tally.reason if tally else "",
    )
