"""The answers that count in a circulation, as the consensus engine and the pages need them."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from folkmoot.apps.positions.models import Amendment, Answer, Circulation, Stance, TermsOfReference
from folkmoot.apps.positions.models.circulation import disclosed
from folkmoot.apps.positions.stances import OfficeAnswer


def terms_on(day: date) -> TermsOfReference:
    """The rules in force on a day; the shipped defaults where the network has set none."""
    found = TermsOfReference.objects.filter(from_date__lte=day).order_by("-from_date").first()
    return found or TermsOfReference(from_date=date(2000, 1, 1))


def current_answers(circulation: Circulation) -> list[OfficeAnswer]:
    """Every stance of a submitted return, one an office and clause. For the engine and the secretariat alone."""
    wordings = _wordings(circulation)
    rows = Answer.objects.filter(ret__invitation__circulation=circulation, ret__state="submitted").order_by("pk")
    return [
        OfficeAnswer(
            office=office,
            clause=clause_key,
            stance=stance,
            wording=wordings.get((ret_id, clause_id), "") if stance == Stance.IF_AMENDED else "",
        )
        for ret_id, office, clause_id, clause_key, stance in rows.values_list(
            "ret_id", "ret__invitation__office", "clause_id", "clause__key", "stance"
        )
    ]


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """An answer on the text as it stands of which offices may be told, at least in a total; `is_shown`: by name."""

    answer: OfficeAnswer
    is_shown: bool


def answers_told(circulation: Circulation) -> list[ToldAnswer]:
    """The current answers without those that an office keeps to the secretariat."""
    rows = Answer.objects.filter(ret__invitation__circulation=circulation, ret__state="submitted").exclude(
        visibility="secretariat"
    )
    shown = set(rows.filter(disclosed("ret__")).values_list("pk", flat=True))
    return [
        ToldAnswer(OfficeAnswer(office=office, clause=clause, stance=stance), pk in shown)
        for pk, office, clause, stance in rows.order_by("pk").values_list(
            "pk", "ret__invitation__office", "clause__key", "stance"
        )
    ]


def _wordings(circulation: Circulation) -> dict[tuple[int, int], str]:
    """For each return and clause, a name for the wording that it asks for: the same for the same set of changes."""
    groups: dict[tuple[int, int], set[str]] = defaultdict(set)
    rows = (
        Amendment.objects.filter(ret__invitation__circulation=circulation, ret__state="submitted")
        .exclude(kind="format")
        .exclude(clause=None)
        .values_list("ret_id", "clause_id", "group", "key")
    )
    for ret_id, clause_id, group, key in rows:
        groups[ret_id, clause_id].add(group or key)
    return {place: hashlib.sha256(" ".join(sorted(names)).encode()).hexdigest()[:12] for place, names in groups.items()}
