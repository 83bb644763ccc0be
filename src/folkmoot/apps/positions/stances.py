"""How an office's six answers become the consensus engine's, on one tested page.

support        support of the text as it stands
can live with  accept of the text as it stands
if amended     accept of the variant that carries the office's amendment, and no answer on the text as it stands
no view        no-view on the text as it stands
object         object to the text as it stands
red line       red-line on the text as it stands
(silence)      none: never consent
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from folkmoot.apps.positions.models import Stance, TermsOfReference
from folkmoot.engines import consensus

AS_IT_STANDS = "text"
ENGINE_STANCE: Mapping[str, str] = {
    Stance.SUPPORT: "support",
    Stance.ACCEPT: "accept",
    Stance.NO_VIEW: "no-view",
    Stance.OBJECT: "object",
    Stance.RED_LINE: "red-line",
}
FOR = frozenset({"support", "accept"})
AGAINST = frozenset({"object", "red-line"})


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """One office's current answer on one clause; `wording` names what it asks for, where it asks."""

    office: str
    clause: str
    stance: str
    wording: str = ""


def variants_of(answers: Iterable[OfficeAnswer]) -> list[str]:
    """The variants of one clause: the text as it stands, then each wording that somebody would accept, sorted."""
    asked = {a.wording for a in answers if a.stance == Stance.IF_AMENDED and a.wording}
    return [AS_IT_STANDS, *sorted(asked)]


def on_the_text(stance: str) -> str:
    """What a stance says of the text as it stands, in the engine's words."""
    return ENGINE_STANCE.get(stance, "none")


def engine_response(answer: OfficeAnswer) -> consensus.Response | None:
    """What one answer tells the engine, or None where it tells nothing."""
    if answer.stance == Stance.IF_AMENDED:
        if not answer.wording:
            return None
        return consensus.Response(answer.office, answer.clause, answer.wording, "accept")
    return consensus.Response(answer.office, answer.clause, AS_IT_STANDS, ENGINE_STANCE[answer.stance])


def engine_rule(terms: TermsOfReference) -> consensus.Rule:
    """The network's rule as the engine takes it."""
    return consensus.Rule(
        type=terms.rule,
        threshold=float(terms.threshold),
        each_party=terms.each_party,
        quorum=float(terms.quorum),
        opt_out=terms.opt_out,
    )


@lru_cache(maxsize=32)
def analysed(position: consensus.Position) -> consensus.Analysis:
    """The engine's answer; kept a while, since several pages ask the same question until an answer changes."""
    return consensus.analyse(position)


def engine_position(
    terms: TermsOfReference,
    offices: Sequence[tuple[str, str]],
    clauses: Sequence[tuple[str, int]],
    answers: Sequence[OfficeAnswer],
) -> consensus.Position:
    """The whole question for the engine. `offices` are (key, party), `clauses` are (key, importance)."""
    by_clause: dict[str, list[OfficeAnswer]] = {key: [] for key, _ in clauses}
    for answer in answers:
        if answer.clause in by_clause:
            by_clause[answer.clause].append(answer)
    return consensus.Position(
        rule=engine_rule(terms),
        members=tuple(consensus.Member(key, party or None) for key, party in offices),
        clauses=tuple(
            consensus.Clause(key, importance, tuple(consensus.Variant(v) for v in variants_of(by_clause[key])))
            for key, importance in clauses
        ),
        links=(),
        responses=tuple(r for given in by_clause.values() for a in given if (r := engine_response(a)) is not None),
    )
