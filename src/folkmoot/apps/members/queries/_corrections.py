"""What people have put right, and in which facts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from folkmoot.apps.members.models import Correction
from folkmoot.apps.members.provenance import Fact


@dataclass(frozen=True, slots=True)
class CorrectionOf:
    """A correction, and what the fact that it changed calls itself."""

    correction: Correction
    what: str


def corrections_of(facts: Iterable[Fact]) -> list[CorrectionOf]:
    """The corrections of these facts, latest first; one query."""
    named = {(fact._meta.label_lower, fact.key): str(fact) for fact in facts}  # type: ignore[attr-defined]
    rows = Correction.objects.filter(record_key__in={key for _, key in named}).order_by("-at", "-pk")
    return [
        CorrectionOf(row, named[row.record, row.record_key]) for row in rows if (row.record, row.record_key) in named
    ]


def corrections() -> QuerySet[Correction]:
    """Every correction, latest first."""
    return Correction.objects.order_by("-at", "-pk")
