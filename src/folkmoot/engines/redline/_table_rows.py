"""What the table says of each amendment and of each comment, whoever lays it out."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ._edits import INLINE
from ._values import Amendment, Clause, Comment, Consolidation

_MARK_BYTES: Final = 5
_AROUND: Final = 60


@dataclass(frozen=True, slots=True)
class TableRow:
    """One amendment: its words with those around them, whose it is, and what was decided, if anything.

    `notes` are short lines for people, such as how it came and what it stands against; `comment` is what the office
    says of it.
    """

    number: str
    clause: str
    office: str
    before: str
    after: str
    lead_in: str = ""
    lead_out: str = ""
    notes: tuple[str, ...] = ()
    comment: str = ""
    decision: str = ""
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One thread: the comment, the words it hangs on, the answers to it, and what was decided, if anything."""

    number: str
    clause: str
    office: str
    author: str
    on: str
    text: str
    replies: str = ""
    resolved: bool = False
    decision: str = ""
    reason: str = ""

    @property
    def state(self) -> str:
        return "Resolved" if self.resolved else "Open"


def amendment_rows(found: Consolidation) -> list[TableRow]:
    """The amendments of a round, undecided."""
    groups: dict[str, list[Amendment]] = {}
    for amendment in found.amendments:
        groups.setdefault(amendment.group, []).append(amendment)
    numbers = amendment_numbers(found.amendments)
    by_id = dict(zip((a.id for a in found.amendments), numbers, strict=True))
    clauses = {clause.id: clause for clause in found.clauses}
    around = [_around(amendment, clauses.get(amendment.clause_id)) for amendment in found.amendments]
    return [
        TableRow(
            number=number,
            clause=amendment.clause,
            office=amendment.office,
            before=amendment.before,
            after=amendment.after,
            lead_in=lead_in,
            lead_out=lead_out,
            notes=tuple(_notes(amendment, groups[amendment.group], by_id)),
            comment="\n".join(comment_beside(amendment, found.comments)),
        )
        for number, amendment, (lead_in, lead_out) in zip(numbers, found.amendments, around, strict=True)
    ]


def comment_rows(found: Consolidation) -> list[CommentRow]:
    """One row a thread, undecided; each answer stands with the comment that opened its thread."""
    threads = threads_of(found.comments)
    numbers = comment_numbers([thread[0] for thread in threads])
    return [
        CommentRow(
            number=number,
            clause=opening.clause,
            office=opening.office,
            author=opening.author,
            on=opening.on,
            text=opening.text,
            replies="\n".join(said_by(reply.author, reply.text) for reply in replies),
            resolved=opening.resolved,
        )
        for number, (opening, *replies) in zip(numbers, threads, strict=True)
    ]


def threads_of(comments: Sequence[Comment]) -> list[list[Comment]]:
    """The comments of all offices by thread, the opening one first."""
    parents = {comment.id: comment.parent for comment in comments}
    threads: dict[str, list[Comment]] = {}
    for comment in comments:
        opening, seen = comment.id, {comment.id}
        while (parent := parents.get(opening)) in parents and parent is not None and parent not in seen:
            opening = parent
            seen.add(opening)
        threads.setdefault(opening, []).append(comment)
    return [sorted(thread, key=lambda each: each.id != opening) for opening, thread in threads.items()]


def said_by(author: str, text: str) -> str:
    """An answer in a thread, with whose it is."""
    return f"{author}: {text}" if author else text


def amendment_numbers(amendments: Sequence[Amendment]) -> list[str]:
    """A number for each row of the table. Its second half is drawn from what the amendment says.

    A further return moves the first half, so the second alone says which amendment a row of an older table decides.
    """
    said = [(a.office, a.kind, a.clause, a.paragraph, a.start, a.end, a.before, a.after, a.target) for a in amendments]
    return [f"{a.id}-{mark}" for a, mark in zip(amendments, _marks(said), strict=True)]


def comment_numbers(comments: Sequence[Comment]) -> list[str]:
    """The same for the opening comments of threads."""
    said = [(c.office, c.author, c.date, c.paragraph, c.on, c.text) for c in comments]
    return [f"{c.id}-{mark}" for c, mark in zip(comments, _marks(said), strict=True)]


def lasting(number: str) -> str:
    """The half of a number that stays when another return joins the round."""
    return number.rpartition("-")[2]


def _marks(said: Iterable[tuple[object, ...]]) -> Iterable[str]:
    before: Counter[tuple[object, ...]] = Counter()
    for each in said:
        digest = hashlib.blake2s(repr((*each, before[each])).encode(), digest_size=_MARK_BYTES).digest()
        before[each] += 1
        yield base64.b32encode(digest).decode().lower()


def _around(amendment: Amendment, clause: Clause | None) -> tuple[str, str]:
    """The words before and after a change inside a paragraph, cut at whole words."""
    lines = clause.text.split("\n") if clause is not None else []
    if (
        clause is None
        or amendment.kind not in INLINE
        or len(lines) != clause.last_paragraph - clause.first_paragraph + 1
    ):
        return "", ""
    text = lines[amendment.paragraph - clause.first_paragraph]
    if text[amendment.start : amendment.end] != amendment.before.rstrip("\n"):
        return "", ""
    lead_in, lead_out = text[: amendment.start], text[amendment.end :]
    if len(lead_in) > _AROUND:
        lead_in = f"… {lead_in[-_AROUND:].partition(' ')[2]}"
    if len(lead_out) > _AROUND:
        lead_out = f"{lead_out[:_AROUND].rpartition(' ')[0]} …"
    return lead_in, lead_out


def _notes(amendment: Amendment, group: Sequence[Amendment], numbers: dict[str, str]) -> Iterable[str]:
    yield amendment.kind.replace("-", " ")
    if not amendment.tracked:
        yield "made with tracking off"
    if others := sorted({other.office for other in group} - {amendment.office}):
        yield f"same as {', '.join(others)}"
    if amendment.conflicts:
        yield f"against {', '.join(numbers[other].partition('-')[0] for other in amendment.conflicts)}"


def comment_beside(amendment: Amendment, comments: Sequence[Comment]) -> Iterable[str]:
    """What the office says in the margin of the paragraph that it changes."""
    for comment in comments:
        if comment.office == amendment.office and comment.paragraph == amendment.paragraph >= 0:
            yield said_by(comment.author, comment.text)
