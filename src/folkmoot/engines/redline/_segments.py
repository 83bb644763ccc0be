"""One paragraph's runs cut at given characters, so that marks can be put around exactly the text they concern."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from ._body import Paragraph, Piece
from ._names import XML_SPACE, w

_TEXT_TAGS = frozenset({w("t"), w("delText")})


@dataclass(slots=True, eq=False)
class Segment:
    """One run after cutting: the characters that it holds, and what else. `outer` is the run or the mark around it."""

    start: int
    end: int
    run: etree._Element
    kinds: frozenset[str]
    takers: tuple[int, ...] = ()
    outer: etree._Element = field(init=False)

    def __post_init__(self) -> None:
        self.outer = self.run

    @property
    def has_text(self) -> bool:
        """Whether it holds characters."""
        return self.end > self.start


def cut(paragraph: Paragraph, places: set[int]) -> list[Segment]:
    """The paragraph's runs in order, none reaching across one of the places."""
    segments: list[Segment] = []
    for run, placed in _runs(paragraph):
        start, end = placed[0][1], placed[-1][1] + len(placed[-1][0].text)
        if len(places) < end - start:
            inner = {place for place in places if start < place < end}
        else:
            inner = places & set(range(start + 1, end))
        segments += _cut_run(run, placed, inner, start, end)
    return segments


def fields(segments: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """The first and the last segment of each complex field that lies whole within the paragraph."""
    opened: list[int] = []
    for at, segment in enumerate(segments):
        if "field-begin" in segment.kinds:
            opened.append(at)
        if "field-end" in segment.kinds and opened:
            yield opened.pop(), at


def _runs(paragraph: Paragraph) -> Iterator[tuple[etree._Element, list[tuple[Piece, int]]]]:
    run: etree._Element | None = None
    placed: list[tuple[Piece, int]] = []
    at = 0
    for block in paragraph.blocks:
        for piece in block.pieces:
            if piece.run is not run:
                if run is not None:
                    yield run, placed
                run, placed = piece.run, []
            placed.append((piece, at))
            at += len(piece.text)
    if run is not None:
        yield run, placed


def _cut_run(
    run: etree._Element, placed: Sequence[tuple[Piece, int]], places: set[int], start: int, end: int
) -> Iterator[Segment]:
    kinds = frozenset(piece.kind for piece, _ in placed)
    if not any(start < place < end for place in places):
        yield Segment(start, end, run, kinds)
        return
    by_node = {piece.node: (piece, at) for piece, at in placed}
    properties = run.find(w("rPr"))
    current, begun = _empty_copy(run, properties), start
    at = start
    pieces: list[tuple[int, etree._Element]] = []
    for child in run:
        if child is properties:
            continue
        piece, place = by_node.get(child, (None, at))
        if piece is None or not piece.text:
            pieces.append((place, child))
            continue
        at = place + len(piece.text)
        pieces += _cut_node(child, piece, place, places)
    last = start
    for place, node in pieces:
        if place in places and place > begun and len(current) > (properties is not None):
            run.addprevious(current)
            yield Segment(begun, place, current, kinds)
            current, begun = _empty_copy(run, properties), place
        current.append(node)
        last = max(last, place)
    run.addprevious(current)
    yield Segment(begun, end, current, kinds)
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)


def _cut_node(node: etree._Element, piece: Piece, start: int, places: set[int]) -> Iterator[tuple[int, etree._Element]]:
    end = start + len(piece.text)
    inner = sorted(place for place in places if start < place < end) if node.tag in _TEXT_TAGS else []
    if not inner:
        yield start, node
        return
    edges = [start, *inner, end]
    for first, last in pairwise(edges):
        part = etree.Element(node.tag)
        part.text = piece.text[first - start : last - start]
        part.set(XML_SPACE, "preserve")
        yield first, part


def _empty_copy(run: etree._Element, properties: etree._Element | None) -> etree._Element:
    empty = etree.Element(run.tag)
    for name, value in run.attrib.items():
        empty.set(name, value)
    if properties is not None:
        empty.append(copy.deepcopy(properties))
    return empty
