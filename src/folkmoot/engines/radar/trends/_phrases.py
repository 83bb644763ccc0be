"""Phrases of a text: two or three telling words that stand together."""

import re
from collections.abc import Iterator

from .._words import STOP

_WORD_OR_STOP = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.,;:!?()\[\]“”\"\n–—|/]")
# Words that join one matter to another and are none themselves.
_JOINTS = STOP | {"entitled", "including", "relating", "following", "within", "regarding", "concerning", "last", "next"}
_LONGEST = 3
_SHORTEST_WORD = 2


def phrases_of(text: str) -> frozenset[str]:
    """Every run of two or three words, in lower case, that no stop word, number or punctuation parts."""
    return frozenset(phrase for run in _runs(text.lower().replace("’", "'")) for phrase in _pieces(run))


def _runs(text: str) -> Iterator[list[str]]:
    run: list[str] = []
    for token in _WORD_OR_STOP.findall(text):
        if len(token) < _SHORTEST_WORD or token in _JOINTS or token[0].isdigit():
            yield run
            run = []
        else:
            run.append(token)
    yield run


def _pieces(run: list[str]) -> Iterator[str]:
    for length in range(2, _LONGEST + 1):
        for start in range(len(run) - length + 1):
            yield " ".join(run[start : start + length])
