"""What one signal's card shows: its text with the words that scored, the reasons, what it names, what was folded in."""

from collections.abc import Sequence
from typing import Any

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.signals.models import Score, Signal, Sorting
from folkmoot.apps.signals.proposing import foreseen
from folkmoot.apps.signals.queries.inbox import issues_of, reasons_given, sorters, sorts
from folkmoot.web.addresses import address_of
from folkmoot.web.signals.highlight import LETTERS, Reason, pieces

SHOWN_PARAGRAPHS = 6
BEGINNING = 100
LEADS = (3, 7, 14, 28, 56)
SNOOZES = (("1", "Until tomorrow"), ("7", "For a week"), ("30", "For a month"))
# What a part of a score is called, and the pattern that marks its words, beside the letter.
PARTS = {
    "phrase": ("Your term", "term"),
    "words": ("Words of your term, apart", "term"),
    "related": ("Often beside your terms", "learnt"),
    "organisation": ("A department of this issue", "body"),
    "place": ("A place of this issue", "place"),
    "deadline": ("A date to act by is near", "date"),
    "exclusion": ("To be left out", "not"),
    "learned": ("Learnt from earlier decisions, capped", "learnt"),
}


def card(actor: Actor, signal: Signal, issues: Sequence[Issue]) -> dict[str, Any]:
    """The context of the part of the page that shows one signal."""
    own = sorts(actor)
    score = next(iter(signal.scores.all()), None) if own else None
    reasons = _reasons(score, signal)
    text = pieces(signal.text or signal.summary, reasons, "text" if signal.text else "summary")
    issue = issues_of(actor, [signal]).get(signal.issue_id or signal.suggested_id)
    return {
        "signal": signal,
        "actor": actor,
        "sorts": own,
        "issue": issue if signal.issue_id else None,
        "title_pieces": [piece for line in pieces(signal.title, reasons, "title") for piece in line],
        "summary_pieces": pieces(signal.summary, reasons, "summary") if _says_more(signal) else [],
        "text_pieces": text[:SHOWN_PARAGRAPHS],
        "more_pieces": text[SHOWN_PARAGRAPHS:],
        "reasons": reasons,
        "score_issue": score.watch.issue if score else None,
        "named": _named(signal),
        "issue_options": [(issue.key, issue.title) for issue in issues],
        "chosen_issue": issue.key if issue and issue in issues else "",
        "snoozes": SNOOZES,
        "sorters": [("", "Nobody"), *((account.key, account.name) for account in sorters())] if own else [],
        "given": reasons_given(actor) if own else [],
        "notes": list(signal.notes.all()) if own else [],
        "foreseen": foreseen(actor, signal) if own and signal.sorting != Sorting.ACCEPTED else [],
        "proposed": address_of(*signal.proposed.split(":", 1)) if own and signal.proposed else None,
        "leads": LEADS,
        "decisions": list(signal.decisions.all()) if own else [],
    }


def _reasons(score: Score | None, signal: Signal) -> list[Reason]:
    """The parts of a score, the largest first; those of one kind and weightless words stand together."""
    found = []
    for letter, reason in zip(LETTERS, score.reasons if score else (), strict=False):
        why, look = PARTS.get(reason["part"], (reason["part"].capitalize(), "term"))
        spans = tuple((field, start, end) for field, start, end in reason["spans"])
        found.append(Reason(letter, _as_written(reason, spans, signal), why, reason["weight"], look, spans))
    return found


def _as_written(reason: dict[str, Any], spans: Sequence[tuple[str, int, int]], signal: Signal) -> str:
    """What keeps company with the terms is known by its stem; people read the word that stands in the text."""
    if reason["part"] != "related" or not spans:
        return str(reason["words"])
    field, start, end = spans[0]
    return str(getattr(signal, field, ""))[start:end] or str(reason["words"])


def _says_more(signal: Signal) -> bool:
    """Whether a summary says what does not stand at the beginning of the text."""
    begin = " ".join(signal.summary.split())[:BEGINNING]
    return bool(signal.text and begin) and not " ".join(signal.text.split()).startswith(begin)


def _named(signal: Signal) -> dict[str, list[str]]:
    """Who and what a signal names, by kind, each once."""
    found: dict[str, list[str]] = {}
    for entity in signal.named:
        names = found.setdefault(entity["kind"].capitalize(), [])
        name = f"{entity['name']} ({entity['holder']})" if entity.get("holder") else entity["name"]
        if name not in names:
            names.append(name)
    return dict(sorted(found.items()))
