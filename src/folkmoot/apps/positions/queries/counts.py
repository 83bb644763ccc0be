"""How a round stands in numbers, for the secretariat: clauses by state, and proposals decided and not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, Value

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.positions.answers import current_answers, terms_on
from folkmoot.apps.positions.models import Amendment, Circulation, ClauseText, ReturnComment
from folkmoot.apps.positions.stances import analysed, engine_position


@dataclass(frozen=True, slots=True)
class Proposals:
    """What offices ask for in a round, each effect counted once, and how much of it is undecided."""

    total: int
    undecided: int


def clause_states(circulation: Circulation, today: date) -> dict[str, str]:
    """Agreed, open or blocked, by clause key, as the answers stand now; nothing while nobody has answered."""
    answers = current_answers(circulation)
    if not answers:
        return {}
    texts = ClauseText.objects.filter(version=circulation.version_id).select_related("clause").order_by("place")
    clauses = [(text.clause.key, text.clause.importance) for text in texts]
    offices = list(circulation.invitations.order_by("office").values_list("office", "party"))
    question = engine_position(terms_on(today), offices, clauses, answers)
    return {result.id: result.status for result in analysed(question).clauses}


def states_in_words(states: Mapping[str, str]) -> str:
    """7 agreed, 2 open, 3 blocked."""
    counts = Counter(states.values())
    return ", ".join(f"{counts[state]} {state}" for state in ("agreed", "open", "blocked"))


def proposals(actor: Actor, circulation: Circulation) -> Proposals:
    """Amendments of one effect in one clause are one proposal; a comment with its replies is another. One query."""
    amendments = Amendment.objects.visible_to(actor).current().filter(ret__invitation__circulation=circulation)
    comments = ReturnComment.objects.visible_to(actor).current().filter(ret__invitation__circulation=circulation)
    nothing = Value("", output_field=CharField())
    columns = ("clause_id", "group_name", "key", "outcome")
    rows = (
        amendments.exclude(kind="format")
        .annotate(group_name=F("group"))
        .order_by()
        .values_list(*columns)
        .union(
            comments.filter(parent=None).annotate(group_name=nothing).order_by().values_list(*columns),
            all=True,
        )
    )
    decided: dict[tuple[int | None, str], bool] = {}
    for clause, group, key, outcome in rows:
        # What has no place has no company: each stands alone.
        name = (clause, group or key) if clause else (None, key)
        decided[name] = decided.get(name, True) and bool(outcome)
    return Proposals(len(decided), sum(not done for done in decided.values()))
