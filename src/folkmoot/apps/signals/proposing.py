"""What an upper room makes of a signal that is accepted, such as an item of the plan; and takes back with it.

register_proposer(Proposer(foresee=..., propose=..., withdraw=...))
"""

from collections.abc import Callable
from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.models import Signal, Sorting


@dataclass(frozen=True, slots=True)
class Proposer:
    """`foresee` says in a sentence what would be made of a signal, or nothing. `propose` makes it and gives its table
    and key, or nothing; told again of the same, it makes nothing new. `withdraw` takes back what nobody has used yet.
    """

    foresee: Callable[[Actor, Signal], str]
    propose: Callable[[Actor, Signal, Issue], str]
    withdraw: Callable[[Actor, Signal], None]


_proposers: list[Proposer] = []


def register_proposer(proposer: Proposer) -> None:
    """An upper room tells of itself, when the installation starts."""
    if proposer not in _proposers:
        _proposers.append(proposer)


def foreseen(actor: Actor, signal: Signal) -> list[str]:
    """What accepting a signal would bring, beside its place on the issue."""
    return [said for each in _proposers if (said := each.foresee(actor, signal))]


def follow(actor: Actor, signal: Signal, *, sorting: str, issue: int | None) -> None:
    """Do what a change of a signal’s standing brings; `sorting` and `issue` are how it stood before."""
    was, now = sorting == Sorting.ACCEPTED, signal.sorting == Sorting.ACCEPTED
    if was and now and issue == signal.issue_id:
        return
    for each in _proposers:
        if was:
            each.withdraw(actor, signal)
        if now and signal.issue is not None:
            _note(signal, each.propose(actor, signal, signal.issue))


def _note(signal: Signal, made: str) -> None:
    if made and made != signal.proposed:
        signal.proposed = made
        signal.save(update_fields=["proposed"])
