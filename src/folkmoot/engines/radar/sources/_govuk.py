"""What the three GOV.UK sources share: the states of a document and the paths that stand for organisations."""

from .._item import State
from ._address import last_part

STATES: dict[str, State] = {
    "open_consultation": "open",
    "open_call_for_evidence": "open",
    "closed_consultation": "closed",
    "closed_call_for_evidence": "closed",
    "consultation_outcome": "closed",
    "call_for_evidence_outcome": "closed",
    # Published before they open.
    "consultation": "announced",
    "call_for_evidence": "announced",
    "statistics_announcement": "announced",
    "national_statistics_announcement": "announced",
    "official_statistics_announcement": "announced",
    "gone": "withdrawn",
    "redirect": "withdrawn",
    "vanish": "withdrawn",
}


def state_of(document_type: str) -> State:
    return STATES.get(document_type, "published")


def slug_of(path: str) -> str:
    """`/government/organisations/hm-treasury` is `hm-treasury`."""
    return last_part(path)
