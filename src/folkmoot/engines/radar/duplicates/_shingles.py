"""The runs of three words that a text holds."""

import re

_WORD = re.compile(r"\w+")
Shingle = tuple[str, str, str]


def shingles(text: str) -> frozenset[Shingle]:
    """Every run of three words, each once; none where there are fewer than three words."""
    words = _WORD.findall(text.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def similarity(one: frozenset[Shingle], other: frozenset[Shingle]) -> float:
    """The share of both sets' shingles that they have in common; 0 where neither has any."""
    together = len(one & other)
    either = len(one) + len(other) - together
    return together / either if either else 0.0
