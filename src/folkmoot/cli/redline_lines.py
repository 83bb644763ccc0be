"""What `folkmoot redline` says to a person at a terminal."""

import shutil
from collections import Counter
from collections.abc import Sequence

from folkmoot.engines import redline


def consolidation_lines(found: redline.Consolidation) -> list[str]:
    lines = [f"{status.office} ({status.status}): {printable(status.detail)}" for status in found.returns]
    rows = [
        (a.id, a.clause, a.office, a.kind, a.before, a.after, a.group, ", ".join(a.conflicts)) for a in found.amendments
    ]
    lines += ["", *table_lines(("Id", "Clause", "Office", "Kind", "Before", "After", "Group", "Conflicts"), rows)]
    return lines + comment_lines(found.comments)


def comment_lines(comments: Sequence[redline.Comment]) -> list[str]:
    if not comments:
        return []
    rows = [(c.id, c.clause, c.office or c.author, c.on, c.text, "resolved" if c.resolved else "") for c in comments]
    return ["", *table_lines(("Id", "Clause", "By", "On", "Comment", ""), rows)]


def table_lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as what they hold, the widest cut to fit the terminal."""
    if not rows:
        return ["No changes."]
    cells = [[printable(" ".join(value.split())) for value in row] for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    room = max(shutil.get_terminal_size().columns - 2 * len(heads), 8 * len(heads))
    while sum(widths) > room and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return ["  ".join(_fit(value, width) for value, width in zip(row, widths, strict=True)).rstrip() for row in cells]


def _fit(value: str, width: int) -> str:
    return (value if len(value) <= width else value[: width - 1] + "…").ljust(width)


def printable(text: str) -> str:
    """Names and texts of others must not steer the terminal."""
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def draft_lines(made: redline.NextDraft) -> list[str]:
    """How much was decided and how, what of it the draft does not hold, and what nobody decided."""
    counts = Counter(ruling.verdict for ruling in (*made.amendments, *made.comments))
    decided = ", ".join(f"{counts[verdict]} {label.lower()}" for verdict, label in redline.CHOICES.items())
    lines = [f"Amendments and comments: {decided}, {len(made.undecided)} undecided."]
    if made.not_put:
        rows = [(one.id, one.office, one.reason) for one in made.not_put]
        lines += ["", "Not in the draft:", *table_lines(("Id", "Office", "Why"), rows)]
    return lines
