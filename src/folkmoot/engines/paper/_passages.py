"""Parts a paper into passages: some paragraphs under one heading, short enough to be read as an answer."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LONGEST = 900
MOST = 4000
_LONGEST_HEADING = 90
_SENTENCE_END = re.compile(r"[.;,:?!]$")
_NEW_POINT = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|\(?[a-z]\)|[•–-])\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a line of a page; `page` is 0 where a file has no pages."""

    text: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a paper: where it stands, under what heading, and its words, a paragraph a line."""

    place: int
    page: int
    heading: str
    text: str


def passages(lines: Iterable[Line]) -> tuple[Passage, ...]:
    """The passages of a paper in their order; what is beyond the limit is left to the file itself."""
    found: list[Passage] = []
    for heading, under in _under_headings(_paragraphs(lines)):
        for part in _parts(under):
            text = "\n".join(line.text for line in part)
            found.append(Passage(len(found) + 1, part[0].page, heading, text))
            if len(found) == MOST:
                return tuple(found)
    return tuple(found)


def _paragraphs(lines: Iterable[Line]) -> list[Line]:
    """Paragraphs whole again: the lines of a page run on until one ends a sentence, is empty or begins a point."""
    found: list[Line] = []
    open_line = False
    for line in lines:
        text = " ".join(line.text.split())
        if not text:
            open_line = False
        elif line.page and open_line and not _NEW_POINT.match(text):
            before = found[-1]
            found[-1] = Line(f"{before.text} {text}", before.page)
            open_line = not _ends(text)
        else:
            found.append(Line(text, line.page))
            open_line = bool(line.page) and not _ends(text) and len(text) > _LONGEST_HEADING // 2
    return found


def _ends(text: str) -> bool:
    return text.endswith((".", "!", "?", ":"))


def is_heading(text: str) -> bool:
    """Short, begins as a title does, and ends no sentence."""
    return len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text) and (text[0].isupper() or text[0].isdigit())


def _under_headings(paragraphs: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Runs of paragraphs, each with the heading above it; a heading with nothing under it stands as text."""
    heading, under = "", list[Line]()
    for line, following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        if following is not None and is_heading(line.text) and len(following.text) > len(line.text):
            if under:
                yield heading, under
            heading, under = line.text, []
        else:
            under.append(line)
    if under:
        yield heading, under


def _parts(under: Sequence[Line]) -> Iterator[list[Line]]:
    """The paragraphs under one heading, in parts that are short enough; a paragraph is never cut."""
    part: list[Line] = []
    length = 0
    for line in under:
        if part and length + len(line.text) > LONGEST:
            yield part
            part, length = [], 0
        part.append(line)
        length += len(line.text)
    if part:
        yield part
