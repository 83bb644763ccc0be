"""Where a text speaks of its own clauses, in words or by fields, and how that reads once some are left out."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ._accept import unwrap
from ._body import Piece, T, read_pieces
from ._names import XML_SPACE, w
from ._pen import Pen
from ._renumber import Numbers
from ._runs import counted, fields

_NUMBER: Final = r"\d+[A-Z]?(?:\.\d+)*(?:\([a-z]{1,4}\))*"
_WORD: Final = r"(?P<word>clauses?|paragraphs?|sections?|articles?|points?|parts?)"
_MENTION: Final = re.compile(
    rf"\b(?P<the>the\s+)?{_WORD}(?P<gap>\s+)(?P<list>{_NUMBER}(?:(?:\s*,\s*|\s*,?\s+(?:and|or|to)\s+|\s*[–-]\s*){_NUMBER})*)",
    re.IGNORECASE,
)
# "section 4 of the Transport Act" is not ours.
_ELSEWHERE: Final = re.compile(
    r"(?:\([^)]*\)\s*)?\s+(?:of|to|in)\s+(?:the|that|an?|its|their)\b(?!\s+(?:paper|draft|position|text|document|note)\b)",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"\s+to\s+|\s*[–-]\s*")
_REFERENCE: Final = re.compile(r"\s*(?:REF|NOTEREF)\s+(\S+)", re.IGNORECASE)
_LINKED: Final = re.compile(r"\s*(?:REF|NOTEREF|PAGEREF|HYPERLINK\s+\\l)\s+\"?([^\s\"]+)", re.IGNORECASE)
_BEFORE_FIELD: Final = re.compile(rf"\b(?:the\s+)?{_WORD}\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FieldResult:
    """A field and the stretch of text that it shows."""

    code: str
    start: int
    end: int
    nodes: tuple[etree._Element, ...]
    simple: etree._Element | None = None

    @property
    def points_to(self) -> str:
        """The bookmark that it refers to."""
        match = _REFERENCE.match(self.code)
        return match[1] if match else ""


def field_results(paragraph: etree._Element) -> list[FieldResult]:
    """The fields that begin and end in one paragraph."""
    places = counted(read_pieces(paragraph))
    pieces = [piece for piece, _ in places]
    found = []
    for begin, end in fields(pieces):
        code = "".join(piece.node.text or "" for piece in pieces[begin:end] if piece.kind == "field-code")
        found.append(_result(code, places[begin : end + 1], None))
    for simple in paragraph.iter(w("fldSimple")):
        inside = [(piece, at) for piece, at in places if simple in piece.node.iterancestors()]
        if inside:
            found.append(_result(simple.get(w("instr"), ""), inside, simple))
    return found


def links_of(paragraph: etree._Element) -> set[str]:
    """The bookmarks that a paragraph refers to in any way."""
    found = {link.get(w("anchor"), "") for link in paragraph.iter(w("hyperlink"))}
    codes = [node.text or "" for node in paragraph.iter(w("instrText"))]
    codes += [simple.get(w("instr"), "") for simple in paragraph.iter(w("fldSimple"))]
    return (found | {match[1] for code in codes if (match := _LINKED.match(code))}) - {""}


def rewrite_mentions(paragraph: etree._Element, numbers: Numbers, homes: Mapping[str, str | None]) -> None:
    """Say every mention of a clause anew: by its new number, or without one where the clause is left out.

    `homes` maps a bookmark to the number of its clause, None where that clause is left out.
    """
    results = [result for result in field_results(paragraph) if result.points_to in homes]
    text = "".join(piece.text for piece in read_pieces(paragraph))
    changes: list[tuple[int, int, Callable[[], None]]] = []
    for result in results:
        changes.append(_for_field(paragraph, text, result, numbers, homes[result.points_to]))
    for start, end, new in _mentions(text, numbers):
        if not any(result.start < end and start < result.end for result in results):
            changes.append((start, end, _typing(paragraph, start, end, new)))
    for _, _, change in sorted(changes, key=lambda change: change[:2], reverse=True):
        change()


def set_result(result: FieldResult, text: str) -> None:
    """Show another text as the field's result."""
    for at, node in enumerate(result.nodes):
        if node.tag == T and at == 0:
            node.text = text
            node.set(XML_SPACE, "preserve")
        elif (parent := node.getparent()) is not None:
            parent.remove(node)


def _for_field(
    paragraph: etree._Element, text: str, result: FieldResult, numbers: Numbers, home: str | None
) -> tuple[int, int, Callable[[], None]]:
    shown = text[result.start : result.end]
    if home is not None:
        now = numbers.now(shown)
        new = now if now is not None and shown == home else shown
        return result.start, result.end, lambda: set_result(result, new) if new != shown else None
    spoken = _BEFORE_FIELD.search(text[: result.start])
    start = spoken.start() if spoken else result.start
    words = _without_number(spoken["word"], capital=spoken[0][0].isupper()) if spoken else "elsewhere"
    if spoken and spoken[0].lower().startswith("the "):
        words = spoken[0][:4] + words.removeprefix("the ").removeprefix("The ")

    def say() -> None:
        if result.simple is not None:
            unwrap(result.simple)
        Pen(None).replace(paragraph, start, result.end, words)

    return start, result.end, say


def _mentions(text: str, numbers: Numbers) -> Iterator[tuple[int, int, str]]:
    for match in _MENTION.finditer(text):
        if _ELSEWHERE.match(text, match.end()):
            continue
        new = _said_anew(match, numbers)
        if new != match[0]:
            yield match.start(), match.end(), new


def _said_anew(match: re.Match[str], numbers: Numbers) -> str:
    old = re.findall(_NUMBER, match["list"])
    parting = re.split(_NUMBER, match["list"])[1:-1]
    if all(numbers.now(number) == number for number in old):
        return match[0]
    if len(old) == 2 and _RANGE.fullmatch(parting[0]):
        old = _ends_left(old[0], old[1], numbers)
    kept = [now for number in old if (now := numbers.now(number)) is not None]
    the = match["the"] or ""
    if not kept:
        words = _without_number(match["word"], capital=not the and match["word"][0].isupper())
        return the + words[4:] if the else words
    word = match["word"]
    if len(kept) == 1 and len(old) > 1 and word.lower().endswith("s"):
        word = word[:-1]
    if len(kept) == len(parting) + 1:
        joined = "".join(number + between for number, between in zip(kept, [*parting, ""], strict=True))
    else:
        last = parting[-1] if parting else ""
        joined = ", ".join(kept[:-1]) + (last if len(kept) > 1 else "") + kept[-1]
    return the + word + match["gap"] + joined


def _ends_left(first: str, last: str, numbers: Numbers) -> list[str]:
    """The outermost clauses of a range that are left."""
    known = list(numbers.after)
    if first not in known or last not in known:
        return [first, last]
    depth = len(re.findall(r"[\w]+", first))
    inside = [
        number
        for number in known[known.index(first) : known.index(last) + 1]
        if numbers.after[number] is not None and len(re.findall(r"[\w]+", number)) == depth
    ]
    return [inside[0], inside[-1]] if len(inside) > 1 else inside or [first]


def _without_number(word: str, *, capital: bool) -> str:
    return f"{'The' if capital else 'the'} relevant {word.lower()}"


def _typing(paragraph: etree._Element, start: int, end: int, new: str) -> Callable[[], None]:
    return lambda: Pen(None).replace(paragraph, start, end, new)


def _result(code: str, places: list[tuple[Piece, int]], simple: etree._Element | None) -> FieldResult:
    shown = [(piece, at) for piece, at in places if piece.text]
    start = shown[0][1] if shown else places[-1][1]
    end = shown[-1][1] + len(shown[-1][0].text) if shown else start
    return FieldResult(code, start, end, tuple(piece.node for piece, _ in shown), simple)
