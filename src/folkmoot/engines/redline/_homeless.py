"""Tracked changes to an earlier draft whose words no longer stand in the one that circulates."""

from collections.abc import Iterator, Sequence

from ._changes import clause_of
from ._clauses import outline
from ._drafts import Draft, gather
from ._marks import Reading
from ._package import Package


def homeless(package: Package, body: Reading, placed: Sequence[Draft]) -> Iterator[tuple[Draft, str]]:
    """Each change of the file that none of the placed ones carries on, and where it stood in the file."""
    left = list(placed)
    places = outline(package, body.paragraphs)
    own = [
        draft for draft in gather([step for step in body.steps if step.net], body.paragraphs) if draft.kind != "format"
    ]
    rest = [draft for draft in own if not _taken_from(left, draft, exactly=True)]
    for draft in rest:
        if not _taken_from(left, draft, exactly=False):
            yield draft, f"{clause_of(draft, body, places)} of the earlier draft"


def _taken_from(left: list[Draft], draft: Draft, *, exactly: bool) -> bool:
    """Whether a placed change does the same, or a part of it where its words were only partly rewritten since."""
    for other in left:
        same = (other.before, other.after) == (draft.before, draft.after)
        shared = bool(draft.after and other.after == draft.after) or bool(draft.before and other.before == draft.before)
        if other.author == draft.author and (same or (shared and not exactly)):
            left.remove(other)
            return True
    return False
