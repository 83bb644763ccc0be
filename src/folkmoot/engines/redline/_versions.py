"""Two versions of a paragraph word by word, for a page that shows what changed."""

from collections.abc import Iterator
from typing import Literal

from ._align import diff_words

Stretch = tuple[Literal["same", "insert", "delete"], str]


def compare_paragraphs(before: str, after: str) -> tuple[Stretch, ...]:
    """What stayed and what changed, in reading order; in one place what went stands before what came.

    The "same" and "delete" stretches joined are `before`; the "same" and "insert" ones are `after`.
    """
    return tuple((kind, text) for kind, text in _stretches(before, after) if text)


def _stretches(before: str, after: str) -> Iterator[Stretch]:
    for span in diff_words(before, after):
        if span.same:
            yield "same", before[span.a1 : span.a2]
        else:
            yield "delete", before[span.a1 : span.a2]
            yield "insert", after[span.b1 : span.b2]
