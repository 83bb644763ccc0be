"""Works out, once at closing, what offices may be told of each other's answers."""

from datetime import date

from folkmoot.apps.positions.answers import current_answers, terms_on
from folkmoot.apps.positions.models import Circulation, Clause, Tally
from folkmoot.apps.positions.stances import engine_position
from folkmoot.engines import consensus


def work_out_tallies(circulation: Circulation, today: date) -> None:
    """One tally a clause: its cells where no answer follows from them, else nothing with the reason.

    They are written once, so that no later look can differ from them by one office's answer; a later closing is held
    against every earlier tally of the same clause.
    """
    terms = terms_on(today)
    offices = [(i.office, i.party) for i in circulation.invitations.order_by("office")]
    answers = current_answers(circulation)
    clauses = Clause.objects.filter(texts__version=circulation.version)
    analysis = consensus.analyse(engine_position(terms, offices, [(c.key, c.importance) for c in clauses], answers))
    statuses = {result.id: result.status for result in analysis.clauses}
    given = {(a.clause, a.office): a.stance for a in answers}
    for clause in clauses:
        mine = {office: given.get((clause.key, office), "none") for office, _ in offices}
        release = consensus.releasable(
            mine, cell_size=terms.cell_size, earlier=[_as_release(tally) for tally in _earlier(clause, circulation)]
        )
        Tally.objects.create(
            circulation=circulation,
            clause=clause,
            answers=mine,
            cells=[list(cell) for cell in release.cells] if release.cells is not None else None,
            reason=release.reason,
            status=statuses.get(clause.key, "") if release.status_allowed else "",
        )


def _earlier(clause: Clause, circulation: Circulation) -> list[Tally]:
    return list(clause.tallies.exclude(circulation=circulation).order_by("circulation__closed_at"))


def _as_release(tally: Tally) -> consensus.Release:
    return consensus.Release(
        cells=tuple((label, count) for label, count in tally.cells) if tally.cells is not None else None,
        reason=tally.reason,
        status_allowed=bool(tally.status),
        answers=tally.answers,
    )
