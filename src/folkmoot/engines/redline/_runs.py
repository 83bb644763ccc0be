"""Cuts the runs of one paragraph at character places, keeping what each run looks like."""

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lxml import etree

from ._body import MATH, Piece, R, T, read_pieces
from ._names import XML_SPACE, w

_R_PR: Final = w("rPr")
_ANCHOR_KINDS: Final = ("comment", "comment-start", "comment-end", "range-start", "range-end")
# Wrappers that text typed at their edge does not belong to.
ENVELOPES: Final = (w("hyperlink"), w("fldSimple"), w("smartTag"))


def counted(pieces: Sequence[Piece]) -> list[tuple[Piece, int]]:
    """Each piece with the place where it begins in the rejected view."""
    found, length = [], 0
    for piece in pieces:
        found.append((piece, length))
        if piece.rejected:
            length += len(piece.text)
    return found


def around(paragraph: etree._Element, offset: int) -> tuple[list[Piece], int | None, int | None]:
    """The pieces of a paragraph, and which of them end and begin at `offset`, each at the edge of its run."""
    _part_text(paragraph, offset)
    pieces, left, right = _neighbours(paragraph, offset)
    for place, before in ((left, False), (right, True)):
        if place is not None and _part_run(pieces[place], before=before):
            pieces, left, right = _neighbours(paragraph, offset)
    return pieces, left, right


def covered(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """Whole runs (or equations) that hold the characters from `start` to `end`, and the objects between them."""
    _part_text(paragraph, start)
    _part_text(paragraph, end)
    places = counted(read_pieces(paragraph))
    pieces = [piece for piece, _ in places]
    inside = {
        index
        for index, (piece, begin) in enumerate(places)
        if piece.text and piece.rejected and start <= begin and begin + len(piece.text) <= end
    }
    chosen = _with_objects(pieces, inside) if inside else set()
    return list(_isolated([pieces[index] for index in sorted(chosen)]))


def whole(paragraph: etree._Element) -> list[etree._Element]:
    """Everything that the paragraph holds and that can be deleted, comments' anchors apart."""
    return list(_isolated([piece for piece in read_pieces(paragraph) if piece.kind not in _ANCHOR_KINDS]))


def part_after(run: etree._Element, node: etree._Element) -> etree._Element | None:
    """Move what follows the node to a run of its own behind this one, which looks the same."""
    following = list(node.itersiblings())
    if not following:
        return None
    rest = etree.Element(R)
    for key, value in run.attrib.items():
        rest.set(key, value)
    properties = run.find(_R_PR)
    if properties is not None:
        rest.append(copy.deepcopy(properties))
    for child in following:
        rest.append(child)
    run.addnext(rest)
    return rest


def fields(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Where each complex field begins and ends, where the paragraph holds both."""
    opened: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.kind == "field-begin":
            opened.append(index)
        elif piece.kind == "field-end" and opened:
            yield opened.pop(), index


def _neighbours(paragraph: etree._Element, offset: int) -> tuple[list[Piece], int | None, int | None]:
    places = counted(read_pieces(paragraph))
    left = right = None
    for index, (piece, begin) in enumerate(places):
        if not piece.text or not piece.rejected:
            continue
        if begin + len(piece.text) <= offset:
            left = index
        elif begin >= offset and right is None:
            right = index
    return [piece for piece, _ in places], left, right


def _part_text(paragraph: etree._Element, offset: int) -> None:
    """Cut the text node that the place lies inside into two nodes of the same run."""
    for piece, begin in counted(read_pieces(paragraph)):
        at = offset - begin
        if piece.rejected and 0 < at < len(piece.text):
            rest = etree.Element(piece.node.tag)
            text = piece.node.text or ""
            if piece.node.get(XML_SPACE) != "preserve":
                text = text.strip(" \t\r\n")
            piece.node.text, rest.text = text[:at], text[at:]
            piece.node.set(XML_SPACE, "preserve")
            rest.set(XML_SPACE, "preserve")
            piece.node.addnext(rest)
            return


def _part_run(piece: Piece, *, before: bool) -> bool:
    """Cut the piece's run beside the piece's node; whether there was anything to cut off."""
    if piece.run is None:
        return False
    if not before:
        return part_after(piece.run, piece.node) is not None
    previous = piece.node.getprevious()
    if previous is None or previous.tag == _R_PR:
        return False
    return part_after(piece.run, previous) is not None


def _with_objects(pieces: Sequence[Piece], inside: set[int]) -> set[int]:
    """The objects between the first and the last piece go with them; a field goes whole or its marks stay."""
    chosen = {
        index
        for index in range(min(inside), max(inside) + 1)
        if index in inside or (not pieces[index].text and pieces[index].kind not in _ANCHOR_KINDS)
    }
    for begin, end in fields(pieces):
        everything = set(range(begin, end + 1))
        results = {index for index in everything if pieces[index].text}
        if results and results <= inside:
            chosen |= everything
        else:
            chosen -= {index for index in everything if pieces[index].kind.startswith("field")}
    return {index for index in chosen if not _is_loose_field_mark(pieces, index)}


def _is_loose_field_mark(pieces: Sequence[Piece], index: int) -> bool:
    """Part of a field that begins or ends in another paragraph."""
    if not pieces[index].kind.startswith("field"):
        return False
    return not any(begin <= index <= end for begin, end in fields(pieces))


def _isolated(pieces: Iterable[Piece]) -> Iterator[etree._Element]:
    """The pieces' runs, cut so that each holds nothing else."""
    wanted: dict[etree._Element, set[etree._Element]] = {}
    for piece in pieces:
        if piece.run is None and piece.node.tag not in MATH:
            continue
        holder = piece.node if piece.run is None else piece.run
        wanted.setdefault(holder, set()).add(piece.node)
    for holder, nodes in wanted.items():
        if holder.tag != R:
            yield holder
        else:
            yield from _segments(holder, nodes)


def _segments(run: etree._Element, nodes: set[etree._Element]) -> Iterator[etree._Element]:
    """Cut a run wherever wanted nodes and others meet; gives the runs of wanted ones."""
    current: etree._Element | None = run
    while current is not None:
        children = [child for child in current if child.tag != _R_PR]
        if not children:
            return
        first = children[0] in nodes
        change = next((child for child in children if (child in nodes) != first), None)
        rest = None if change is None else part_after(current, _before(change))
        if first:
            yield current
        current = rest


def _before(node: etree._Element) -> etree._Element:
    previous = node.getprevious()
    if previous is None:
        raise ValueError("There is nothing before the node to cut after.")
    return previous


def text_nodes(text: str) -> list[etree._Element]:
    """Plain text as a run holds it: tabs and line breaks are elements of their own."""
    nodes: list[etree._Element] = []
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            nodes.append(etree.Element(w("br")))
        for field_number, words in enumerate(line.split("\t")):
            if field_number:
                nodes.append(etree.Element(w("tab")))
            if words:
                node = etree.Element(T)
                node.text = words
                node.set(XML_SPACE, "preserve")
                nodes.append(node)
    return nodes
