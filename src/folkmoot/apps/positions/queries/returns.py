"""How the offices answered, in a few lines beside the table."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.positions.models import Circulation
from folkmoot.apps.positions.queries.common import invitations_for
from folkmoot.apps.positions.word import SAVE_IT_AGAIN

# What reading found, in the words of the page, and the sign beside it.
STATUS_WORDS = {
    "tracked": ("Word, tracked", "tick"),
    "untracked": ("Word, not tracked: compared", "tick"),
    "mixed": ("Word, partly tracked: compared", "tick"),
    "unchanged": ("Word, no changes", "tick"),
    "older-draft": ("Worked on an earlier draft", "act"),
    "other-document": ("Another document", "act"),
    "unreadable": ("Word file unreadable", "act"),
    "form": ("Form only", "tick"),
    "none": ("Not returned", "ring"),
}

# What whoever holds the file can do about it; `detail` says what the secretariat asks their office for.
FOR_ITS_OFFICE = {
    "unreadable": f"{SAVE_IT_AGAIN} Or answer in the form.",
    "other-document": "Add your marked-up copy of this draft.",
    "older-draft": "Look at the current draft, and add your copy of it if something is missing.",
    "untracked": "Look whether they are what you meant.",
    "mixed": "Look whether they are what you meant.",
}


def said_to_its_office(status: str, detail: str) -> str:
    """What reading found, for the office itself: the findings, without what the secretariat is to ask it for."""
    findings = [sentence for sentence in re.split(r"(?<=[.]) ", detail) if not sentence.startswith("Ask ")]
    return " ".join(filter(None, [*findings, FOR_ITS_OFFICE.get(status, "")]))


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One way of answering, how many offices answered so, and which they are where they need a step."""

    sign: str
    words: str
    count: int
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReturnsSummary:
    """The lines, and how many of how many offices answered."""

    lines: tuple[ReturnLine, ...]
    answered: int
    asked: int


def returns_summary(actor: Actor, circulation: Circulation) -> ReturnsSummary | None:
    """The secretariat's view of all offices; None for anybody else, who may not know who answered."""
    if not actor.in_secretariat or actor.confined:
        return None
    names: dict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for invitation in invitations_for(actor, circulation).prefetch_related("returns"):
        submitted = next((r for r in invitation.returns.all() if r.state == "submitted"), None)
        status = "none" if submitted is None else (submitted.status or "form")
        counts[status] += 1
        names[status].append(invitation.office_name)
    lines = tuple(
        ReturnLine(sign, words, counts[status], tuple(names[status]) if sign != "tick" else ())
        for status, (words, sign) in STATUS_WORDS.items()
        if counts[status]
    )
    asked = sum(counts.values())
    return ReturnsSummary(lines, asked - counts["none"], asked)
