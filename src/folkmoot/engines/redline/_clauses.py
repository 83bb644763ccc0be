"""Where a reader says that a paragraph stands: its clause number, else its heading and its place under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ._body import Paragraph
from ._numbering import Numbering
from ._package import Package
from ._values import Clause

_WORD: Final = r"(?:Clause|Article|Section|Chapter|Part|Schedule|Annex|Appendix|Paragraph)"
_TYPED: Final = re.compile(
    rf"\s*(?P<number>(?:{_WORD}|{_WORD.upper()})\s+(?:\d+[A-Za-z]?(?:\.\d+)*|[A-Z]|[IVXLC]+)(?=[.:)\u2013\u2014\t]|\s*$|\s+[A-Z\u2013\u2014-])"
    r"|\d{1,3}[A-Z]?(?:\.\d{1,3}[A-Z]?){1,5}(?=[.)]?\s)"
    r"|\d{1,3}[A-Z]?(?=[.)]\s|\t|\s+[A-Z\u2018\u201c])"
    r"|\((?:[a-zA-Z]{1,2}|[ivxlc]{1,6}|\d{1,2})\)(?=\s)"
    r"|(?:[a-zA-Z]|[ivx]{1,5})(?=[.)]\s))"
)  # fmt: skip
_FIGURES: Final = re.compile(r"\d+(?:\.\d+)*")
_ROMAN: Final = re.compile(r"\([ivxlc]+\)", re.IGNORECASE)
# Numbers of a sequence may skip a few, where clauses were deleted; "3.5 million" after clause 1 is no clause.
_WIDEST_STEP: Final = 3
_LONGEST_HEADING: Final = 90


@dataclass(frozen=True, slots=True)
class Place:
    """Where one paragraph stands: `label` is what a reader would call it."""

    label: str
    clause: int


@dataclass(slots=True)
class _Walk:
    """The numbers above the current paragraph, outermost first."""

    open: list[tuple[int, str, str]] = field(default_factory=list)
    figures: tuple[int, ...] = ()

    def full(self, shape: int, number: str) -> str:
        """A number with those above it: "(b)" under 3.2 is 3.2(b)."""
        if shape == 0 and (match := _FIGURES.search(number)):
            self.figures = _parts(match[0])
        while self.open and self.open[-1][0] >= shape:
            self.open.pop()
        whole = number if shape == 0 or not self.open else self.open[-1][2] + number
        self.open.append((shape, number, whole))
        return whole


@dataclass(frozen=True, slots=True)
class Outline:
    """The clauses of a document and the place of each paragraph."""

    clauses: tuple[Clause, ...]
    places: tuple[Place, ...]


def outline(package: Package, paragraphs: Sequence[Paragraph]) -> Outline:
    """Number the paragraphs of a body in its rejected view and cut them into clauses."""
    numbering = Numbering(package)
    automatic = numbering.numbers([paragraph.element for paragraph in paragraphs])
    walk = _Walk()
    clauses: list[_Open] = []
    places: list[Place] = []
    for at, paragraph in enumerate(paragraphs):
        level = numbering.heading_level(paragraph.element) if paragraph.text.strip() else None
        found = automatic[at]
        stated = found.text if found is not None and paragraph.text.strip() else _typed(paragraph.text, walk)
        number = _whole_number(stated, walk, found.level if found is not None else 0) if stated else ""
        if number or level is not None or not clauses:
            is_heading = level is not None or (bool(number) and _looks_like_heading(paragraph.text))
            clauses.append(_Open(number, _heading(paragraph.text, found is None) if is_heading else "", at))
            if level is not None and not number:
                walk.open.clear()
        clauses[-1].texts.append(paragraph.text)
        places.append(Place(clauses[-1].label(at), len(clauses) - 1))
    return Outline(tuple(clause.close(index) for index, clause in enumerate(clauses)), tuple(places))


@dataclass(slots=True)
class _Open:
    number: str
    heading: str
    first: int
    texts: list[str] = field(default_factory=list)

    def label(self, at: int) -> str:
        """The number, else the nearest heading and the paragraph's place under it."""
        if self.number:
            return self.number
        if not self.heading:
            return f"paragraph {at - self.first + 1}"
        return self.heading if at == self.first else f"{self.heading}, paragraph {at - self.first}"

    def close(self, index: int) -> Clause:
        text = "\n".join(self.texts).strip("\n")
        number = self.number or self.heading
        return Clause(f"c{index + 1}", number, self.heading, text, self.first, self.first + len(self.texts) - 1)


def _whole_number(stated: str, walk: _Walk, level: int) -> str:
    number = stated.strip().rstrip(".:,")
    if number.endswith(")") and "(" not in number:
        number = number[:-1]
    if number.isalpha() and number.islower():
        number = f"({number})"
    return walk.full(level if level and number.startswith("(") else _shape(number, walk), number)


def _shape(number: str, walk: _Walk) -> int:
    """How deep a number stands by its look: figures stand alone, (a) under them, (i) under (a)."""
    if not number.startswith("("):
        return 0
    letters = [own for shape, own, _ in walk.open if shape == 1]
    if not letters or _follows(letters[-1], number):
        return 1
    if number[1:-1].isdigit() != letters[-1][1:-1].isdigit():
        return 2
    counting = any(shape == 2 for shape, _, _ in walk.open)
    is_roman = _ROMAN.fullmatch(number) is not None and (counting or number[1] not in "lcLC")
    return 2 if is_roman and letters[-1] != number else 1


def _follows(last: str, number: str) -> bool:
    """Whether (i) is the letter after (h) rather than the first Roman number."""
    return len(last) == len(number) == 3 and ord(number[1]) == ord(last[1]) + 1


def _typed(text: str, walk: _Walk) -> str:
    match = _TYPED.match(text)
    if match is None:
        return ""
    number = match["number"]
    if number[0] == "(" and not walk.open and number.lower() not in ("(a)", "(i)", "(1)"):
        return ""
    if text[match.end() : match.end() + 1] in (".", ")", "\t") or not _FIGURES.fullmatch(number):
        return number
    return number if _next(walk.figures, _parts(number)) else ""


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def _next(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a dotted number could be the next one: 3.2 after 3.1, 3.1 or 3.1.1 after 3, 4.1 after 3.6."""
    if not last:
        return number[-1] == 1
    same = next((at for at, pair in enumerate(zip(last, number, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return len(number) > len(last) and all(part == 1 for part in number[len(last) :])
    step = number[same] - last[same]
    return 0 < step <= (_WIDEST_STEP if len(number) > 1 else 1) and all(part == 1 for part in number[same + 1 :])


def _looks_like_heading(text: str) -> bool:
    text = text.strip()
    return 0 < len(text) <= _LONGEST_HEADING and text[-1] not in ".;,:" and "\n" not in text


def _heading(text: str, may_hold_number: bool) -> str:
    if may_hold_number:
        match = _TYPED.match(text)
        if match is not None:
            text = text[match.end() :].lstrip(".):, \t")
    return " ".join(text.split())
