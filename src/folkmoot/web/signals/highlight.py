"""Cuts a text into pieces, so that the words that scored stand out with the letter of their reason."""

from collections.abc import Sequence
from dataclasses import dataclass

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score as a person reads it: its letter, what scored, why, how much, and where in which field."""

    letter: str
    words: str
    why: str
    weight: float
    look: str
    spans: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and the reason that marks it, if one does."""

    text: str
    reason: Reason | None = None


def pieces(text: str, reasons: Sequence[Reason], field: str) -> list[list[Piece]]:
    """The paragraphs of a text, each cut where a reason begins and ends. Where two overlap, the first and longest one
    stands.
    """
    found = [(start, end, reason) for reason in reasons for where, start, end in reason.spans if where == field]
    spans = sorted(found, key=lambda span: (span[0], -span[1]))
    paragraphs: list[list[Piece]] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        cut = _cut(line, offset, spans)
        if line.strip():
            paragraphs.append(cut)
        offset += len(line)
    return paragraphs


def _cut(line: str, offset: int, spans: Sequence[tuple[int, int, Reason]]) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for start, end, reason in spans:
        start, end = max(start - offset, 0), min(end - offset, len(line))
        if end <= start or start < at:
            continue
        if start > at:
            found.append(Piece(line[at:start]))
        found.append(Piece(line[start:end], reason))
        at = end
    return [*found, Piece(line[at:])] if at < len(line) else found
