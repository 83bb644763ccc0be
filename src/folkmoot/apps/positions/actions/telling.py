"""Works out, once at closing, what offices may be told of each other's answers on the text as it stands.

An answer that its office keeps to the secretariat counts here as not given, so nothing that is told hangs on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from folkmoot.apps.positions.answers import answers_told, terms_on
from folkmoot.apps.positions.models import Circulation, Clause, Tally, TermsOfReference
from folkmoot.apps.positions.stances import AGAINST, FOR, engine_position, engine_rule, on_the_text
from folkmoot.engines import consensus

Offices = Sequence[tuple[str, str]]
OPEN_TO_ALL = "Counted from the answers that all offices may see."


@dataclass(frozen=True, slots=True)
class _ClauseAnswers:
    """Every office's stance on one clause, which of them all offices may see, and what the rule makes of them."""

    clause: Clause
    stances: Mapping[str, str]
    shown: frozenset[str]
    status: str


def work_out_tallies(circulation: Circulation, today: date) -> None:
    """One tally a clause: its cells where no answer follows from them, else nothing with the reason.

    They are written once, so that no later look can differ from them by one office's answer; a later closing is held
    against every earlier tally of the same clause.
    """
    terms = terms_on(today)
    offices = [(i.office, i.party) for i in circulation.invitations.order_by("office")]
    answers = list(_clause_answers(circulation, terms, offices))
    tell = _openly if circulation.is_open_among_offices else _guarded
    tallies = [
        Tally(
            circulation=circulation,
            clause=given.clause,
            labels=dict(release.labels) if release.labels else None,
            answers=dict(release.basis),
            full_status=given.status,
            cells=[list(cell) for cell in release.cells] if release.cells is not None else None,
            reason=release.reason,
            status=given.status if release.status_allowed else "",
        )
        for given in answers
        for release in [tell(given, terms, offices)]
    ]
    Tally.objects.bulk_create(tallies)
    circulation.agreed_told = _agreed_told(circulation, answers, tallies, terms)
    circulation.save(update_fields=["agreed_told"])


def _clause_answers(circulation: Circulation, terms: TermsOfReference, offices: Offices) -> Iterable[_ClauseAnswers]:
    clauses = list(Clause.objects.filter(texts__version=circulation.version).order_by("texts__place"))
    told = answers_told(circulation)
    position = engine_position(terms, offices, [(c.key, c.importance) for c in clauses], [a.answer for a in told])
    statuses = {result.id: result.status for result in consensus.analyse(position).clauses}
    given = {(a.answer.clause, a.answer.office): a for a in told}
    for clause in clauses:
        mine = {office: given.get((clause.key, office)) for office, _ in offices}
        yield _ClauseAnswers(
            clause=clause,
            stances={office: on_the_text(a.answer.stance) if a else "none" for office, a in mine.items()},
            shown=frozenset(office for office, a in mine.items() if a and a.is_shown),
            status=statuses[clause.key],
        )


def _openly(given: _ClauseAnswers, terms: TermsOfReference, offices: Offices) -> consensus.Release:
    """Where offices see each other's answers, a plain count of what they see."""
    stances = list(given.stances.values())
    in_favour, against = sum(s in FOR for s in stances), sum(s in AGAINST for s in stances)
    cells = (("for", in_favour), ("against", against), ("no answer taken", len(stances) - in_favour - against))
    return consensus.Release(
        cells=cells, reason=OPEN_TO_ALL, status_allowed=True, basis=dict(given.stances), labels=None
    )


def _guarded(given: _ClauseAnswers, terms: TermsOfReference, offices: Offices) -> consensus.Release:
    """Totals of the offices that have not released their answer; those that have are seen by name."""
    stances = {office: stance for office, stance in given.stances.items() if office not in given.shown}
    return consensus.releasable(
        stances,
        cell_size=terms.cell_size,
        earlier=[_as_release(tally) for tally in given.clause.tallies.order_by("circulation__closed_at")],
        rule=None if given.shown else engine_rule(terms),
        members=[consensus.Member(key, party or None) for key, party in offices],
    )


def _as_release(tally: Tally) -> consensus.Release:
    return consensus.Release(
        cells=tuple((label, count) for label, count in tally.cells) if tally.cells is not None else None,
        reason=tally.reason,
        status_allowed=bool(tally.status),
        basis=tally.answers,
        labels=tally.labels,
    )


def _agreed_told(
    circulation: Circulation, answers: Sequence[_ClauseAnswers], tallies: Sequence[Tally], terms: TermsOfReference
) -> int | None:
    """How many clauses are agreed, or None where an answer would follow from the number."""
    statuses = {given.clause.key: given.status for given in answers}
    told = {tally.clause.key for tally in tallies if tally.status}
    agreed = sum(status == "agreed" for status in statuses.values())
    if told == statuses.keys():
        return agreed
    known: dict[str, set[str]] = {}
    for given in answers:
        for office, stance in given.stances.items():
            if stance in AGAINST or (terms.rule == "unanimity" and stance not in FOR):
                known.setdefault(office, set()).add(given.clause.key)
    may_tell = consensus.aggregate_releasable(
        statuses, told=told, known_to=known, earlier=_earlier_counts(circulation), cell_size=terms.cell_size
    )
    return agreed if may_tell else None


def _earlier_counts(circulation: Circulation) -> list[dict[str, str]]:
    """The statuses behind each count of agreed clauses that was told before on this position."""
    told = circulation.position.circulations.filter(agreed_told__isnull=False).exclude(pk=circulation.pk)
    return [dict(earlier.tallies.values_list("clause__key", "full_status")) for earlier in told.order_by("closed_at")]
