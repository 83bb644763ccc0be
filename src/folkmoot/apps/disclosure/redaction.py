"""Passages taken out of a text: the copy holds none of their words, only that and why something was taken out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from folkmoot.apps.disclosure.exemptions import exemption

MOST_PASSAGES = 500


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text that is withheld, from its first character to behind its last, and under what."""

    start: int
    end: int
    ground: str


def passages(stored: Iterable[Sequence[object]]) -> list[Passage]:
    """The passages as an item keeps them."""
    return [Passage(int(str(start)), int(str(end)), str(ground)) for start, end, ground in stored]


def find_all(text: str, words: str) -> list[tuple[int, int]]:
    """Every place where the words stand, in any case; a run of white space matches any other."""
    folded, places = _folded(text)
    wanted, _ = _folded(words.strip())
    found, at = [], folded.find(wanted) if wanted else -1
    while at >= 0:
        found.append((places[at], places[at + len(wanted) - 1] + 1))
        at = folded.find(wanted, at + len(wanted))
    return found


def same_words(text: str) -> str:
    """Words by which two passages count as the same: in any case, with any white space."""
    return _folded(text.strip())[0]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each line that says something begins and ends."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            found.append((start, start + len(line.strip())))
        at += len(line)
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in lower case with single spaces, and where each of its characters stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for folded in " " if letter.isspace() else letter.lower():
            if folded == " " and letters and letters[-1] == " ":
                places[-1] = place
                continue
            letters.append(folded)
            places.append(place)
    return "".join(letters), places


def merged(found: Iterable[Passage]) -> list[Passage]:
    """In order; of passages that overlap the earlier one reaches to the end of both."""
    result: list[Passage] = []
    for each in sorted(found, key=lambda passage: (passage.start, -passage.end)):
        if result and each.start < result[-1].end:
            last = result[-1]
            result[-1] = Passage(last.start, max(last.end, each.end), last.ground)
        else:
            result.append(each)
    return result


def pieces(
    text: str, stored: Iterable[Sequence[object]], *, within: tuple[int, int] | None = None
) -> list[tuple[str, Passage | None]]:
    """The text, or a stretch of it, in pieces, each with the passage that withholds it."""
    result: list[tuple[str, Passage | None]] = []
    at, last = within or (0, len(text))
    for each in merged(passages(stored)):
        start, end = max(each.start, at), min(each.end, last)
        if start < end:
            result += [(text[at:start], None), (text[start:end], each)]
            at = end
    return [(words, passage) for words, passage in [*result, (text[at:last], None)] if words]


def copy_of(text: str, stored: Iterable[Sequence[object]]) -> str:
    """The text as it may leave: each passage is replaced by its ground, always of the same length for one ground."""
    return "".join(words if passage is None else mark(passage.ground) for words, passage in pieces(text, stored))


def mark(ground: str) -> str:
    """What stands where something was taken out."""
    found = exemption(ground)
    return f"[withheld: {found.name}]" if found else "[withheld]"
