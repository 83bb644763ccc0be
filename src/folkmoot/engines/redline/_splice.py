"""Changes to a part's bytes in the places meant and nowhere else.

A tree that is read and written again differs in a hundred small ways from what Word wrote. So the tree is only used to
decide; what changes is cut into the bytes, and every other byte stays.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from lxml import etree

from ._names import W_NS

_TAG: Final = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_DECLARATION: Final = re.compile(r"\sxmlns(?::([\w.-]+))?=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class Span:
    """Where an element stands: from its start tag to the end of its end tag, and where its start tag ends."""

    start: int
    inner: int
    end: int


def spans(raw: bytes, name: str) -> list[Span]:
    """The places of every Word element of that name, in the order of the document, as `tree.iter` gives them."""
    wanted = f"{W_NS} {name}"
    found: list[Span] = []
    open_places: list[int] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def begin(tag: str, _attributes: object) -> None:
        if tag == wanted:
            start = parser.CurrentByteIndex
            open_places.append(len(found))
            found.append(Span(start, _end_of_tag(raw, start), start))

    def finish(tag: str) -> None:
        if tag == wanted:
            place = open_places.pop()
            span = found[place]
            closes_itself = raw.endswith(b"/>", span.start, span.inner)
            end = span.inner if closes_itself else _end_of_tag(raw, parser.CurrentByteIndex)
            found[place] = Span(span.start, span.inner, end)

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.Parse(raw, True)
    return found


def splice(raw: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The bytes with each (start, end, new bytes) put in; the places must not overlap."""
    out: list[bytes] = []
    reached = 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        if start < reached:
            raise ValueError("Two changes to the same bytes.")
        out += [raw[reached:start], new]
        reached = end
    return b"".join((*out, raw[reached:]))


def fragment(elements: Sequence[etree._Element], known: Mapping[str | None, str]) -> bytes:
    """The bytes of elements for a part whose root has already declared the prefixes in `known`."""
    return b"".join(_without_declarations(element, known) for element in elements)


def _without_declarations(element: etree._Element, known: Mapping[str | None, str]) -> bytes:
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    head, closing, rest = text.partition(">")

    def keep_unknown(match: re.Match[str]) -> str:
        prefix, address = match.groups()
        return "" if known.get(prefix) == address else match.group(0)

    return f"{_DECLARATION.sub(keep_unknown, head)}{closing}{rest}".encode()


def _end_of_tag(raw: bytes, start: int) -> int:
    match = _TAG.match(raw, start)
    return start if match is None else match.end()
