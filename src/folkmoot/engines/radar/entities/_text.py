"""A text in sentences, with what is asked of each sentence kept, so that many names in it cost one look."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from ._days import Told, told

# Printers' quotes, spaces and hyphens as typed ones, character by character: no place in the text moves.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\t": " ", "\u2011": "-", "\u2010": "-"})
# A sentence ends at a stop before a capital, a bracket or a quote, unless an initial or a title stands before it. What
# looks back comes after what it looks back from, so that the search can leap from one stop to the next.
_END = re.compile(
    r"[.?!](?<![\s.][A-Z]\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bNo\.)(?<!\bProf\.)(?<!\bCllr\.)"
    r"[\"')\]]*\s+(?=[A-Z\"'(\[\d])|\n\s*\n|\n\s*[-*•]\s|\n(?<=[.?!:;]\n)"
)
_HALVES = re.compile("[\ud800-\udfff]")  # half a character, as broken JSON escapes leave it; no scanner takes one
_LONGEST = 800
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_LONG = 4


class Sentence:
    """A stretch of the text, at most 800 characters, and its answers."""

    __slots__ = ("_known", "_told", "lower", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.lower = text, start, text.lower()
        self._known: dict[object, str] = {}
        self._told: tuple[Told, ...] | None = None

    def cue(self, pattern: "re.Pattern[str]") -> str:
        """What the pattern finds in the sentence in lower case; nothing where it does not."""
        if pattern not in self._known:
            match = pattern.search(self.lower)
            self._known[pattern] = match.group().strip() if match else ""
        return self._known[pattern]

    @property
    def told(self) -> tuple[Told, ...]:
        if self._told is None:
            self._told = told(self.text)
        return self._told

    @property
    def is_heading(self) -> bool:
        """Whether capitals tell nothing, because nearly every word has one."""
        if "heading" not in self._known:
            words = [word for word in _WORD.findall(self.text) if len(word) >= _LONG]
            capitals = sum(word[0].isupper() for word in words)
            self._known["heading"] = "yes" if len(words) > _LONG and capitals >= 0.8 * len(words) else ""
        return bool(self._known["heading"])


class Text:
    """The text with typed quotes and spaces; every character stands where it stood."""

    def __init__(self, given: str) -> None:
        plain = _HALVES.sub("\ufffd", given.translate(_PLAIN))
        self._sentences = [Sentence(plain[start:end], start) for start, end in _spans(plain)]
        self._starts = [sentence.start for sentence in self._sentences]
        self.plain = plain.replace("\n", " ")

    def sentence_at(self, place: int) -> Sentence:
        return self._sentences[bisect_right(self._starts, place) - 1]


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(plain):
        yield from _cut(plain, start, match.end())
        start = match.end()
    yield from _cut(plain, start, len(plain))


def _cut(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence without end is cut at spaces, so that no name costs more than a page."""
    while end - start > _LONGEST:
        space = plain.rfind(" ", start, start + _LONGEST)
        cut = space + 1 if space > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end
