"""What an office is told: its own answers, those shown openly, and tallies from which no other answer follows."""

from collections import defaultdict
from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.positions import editions
from folkmoot.apps.positions.answers import terms_on
from folkmoot.apps.positions.models import Answer, Circulation, Return, Stance, Tally
from folkmoot.apps.positions.queries.sight import Sight


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An office's answer that the reader may see: their own, or one that is shown openly."""

    office: str
    stance: str
    reason: str


@dataclass(frozen=True, slots=True)
class ToldClause:
    """What an office is told of one clause."""

    number: str
    title: str
    own: ShownAnswer | None
    others: tuple[ShownAnswer, ...]
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

    @property
    def shows_others(self) -> bool:
        return any(clause.others for clause in self.clauses)


def told_view(actor: Actor, circulation: Circulation) -> ToldView:
    """What this person's office may be told: tallies were written down at closing and are never worked out afresh."""
    views = editions.clauses_for(actor, circulation.version)
    own, others = _answers(actor, circulation)
    tallies = {t.clause_id: t for t in Tally.objects.filter(circulation=circulation)} if circulation.closed_at else {}
    sees_all = tallies.keys() <= {view.clause_id for view in views}
    return ToldView(
        clauses=tuple(
            _told(view, own.get(view.clause_id), others[view.clause_id], tallies.get(view.clause_id)) for view in views
        ),
        closed=circulation.closed_at is not None,
        # A count over clauses that this reader does not see would tell of them.
        agreed=circulation.agreed_told if circulation.closed_at and sees_all else None,
        cell_size=terms_on(actor.today).cell_size,
    )


def _answers(actor: Actor, circulation: Circulation) -> tuple[dict[int, ShownAnswer], dict[int, list[ShownAnswer]]]:
    """By clause: the answer of the reader's own office, and those of others that they may see."""
    returns = Return.objects.visible_to(actor).filter(invitation__circulation=circulation, state="submitted")
    sight = Sight(actor, circulation.version)
    own: dict[int, ShownAnswer] = {}
    others: dict[int, list[ShownAnswer]] = defaultdict(list)
    rows = Answer.objects.filter(ret__in=returns).select_related("ret__invitation")
    for answer in rows.order_by("ret__invitation__office_name"):
        invitation = answer.ret.invitation
        # A reason on a clause of which the reader sees less than its author might tell of the rest.
        reason = answer.reason if sight.may_read_on(invitation, answer.clause_id) else ""
        shown = ShownAnswer(invitation.office_name, Stance(answer.stance).label, reason)
        if invitation.office in actor.offices:
            own[answer.clause_id] = shown
        elif answer.visibility != "secretariat":
            others[answer.clause_id].append(shown)
    return own, others


def _told(
    view: editions.ClauseView, own: ShownAnswer | None, others: list[ShownAnswer], tally: Tally | None
) -> ToldClause:
    return ToldClause(
        number=view.number,
        title=view.heading or view.text[:60],
        own=own,
        others=tuple(others),
        cells=tuple((label, count) for label, count in tally.cells) if tally and tally.cells is not None else None,
        status=tally.status if tally else "",
        reason=tally.reason if tally else "",
    )
