"""Writes changes into one paragraph's tree: plainly, or as tracked changes under a name.

Places are counted in the base's rejected view. In the tracked spelling what is deleted still counts and what is
inserted does not; in the plain one changes are made from the end of the paragraph to its start. So no place shifts.
"""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ._accept import drop
from ._body import Piece
from ._names import XML_SPACE, w
from ._runs import ENVELOPES, around, covered, text_nodes, whole

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AS_DELETED: Final = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
_MARKS: Final = (w("ins"), w("del"))


def legible(text: str) -> str:
    """The text without the characters that XML cannot hold in any spelling."""
    return _FORBIDDEN.sub("", text).replace("\r", "")


@dataclass(slots=True)
class Recorder:
    """Makes the marks of tracked changes, each with an id that the file has not used."""

    author: str
    date: str
    used: set[str]
    _latest: int = 0

    def mark(self, name: str) -> etree._Element:
        """A new, empty mark: w:ins or w:del."""
        self._latest += 1
        while str(self._latest) in self.used:
            self._latest += 1
        element = etree.Element(w(name))
        element.set(w("id"), str(self._latest))
        element.set(w("author"), self.author)
        element.set(w("date"), self.date)
        return element


@dataclass(slots=True)
class Pen:
    """Changes paragraphs in place; with a recorder every change is tracked. `touched` has what it changed."""

    recorder: Recorder | None
    touched: set[etree._Element] = field(default_factory=set)

    def insert(self, paragraph: etree._Element, offset: int, text: str) -> None:
        """Put text before the character at `offset`; it looks like the text that it follows."""
        self.touched.add(paragraph)
        pieces, left, right = around(paragraph, offset)
        if left is not None:
            run = _run_of(pieces[left])
            place = _leave(pieces, left, right)
            after = pieces[right].run if right is not None else None
            _out_of_marks(place).addnext(self._inserted(new_run(text, run if place is run else after)))
        elif right is not None:
            run = _run_of(pieces[right])
            place = _stay_before(pieces, right)
            _first_inserted(_out_of_marks(place)).addprevious(
                self._inserted(new_run(text, run if place is run else None))
            )
        else:
            run = new_run(text, None)
            properties = paragraph.find(f"{w('pPr')}/{w('rPr')}")
            if properties is not None:
                run.insert(0, _plain_properties(properties))
            paragraph.insert(0 if paragraph.find(w("pPr")) is None else 1, self._inserted(run))

    def delete(self, paragraph: etree._Element, start: int, end: int) -> None:
        """Take the characters out."""
        self.touched.add(paragraph)
        self._take_out(covered(paragraph, start, end))

    def replace(self, paragraph: etree._Element, start: int, end: int, text: str) -> None:
        """Take the characters out and put others in their place, which look like the first of them."""
        self.touched.add(paragraph)
        gone = covered(paragraph, start, end)
        looks_like = next((run for run in gone if run.tag == w("r")), None)
        gone[-1].addnext(self._inserted(new_run(text, looks_like)))
        self._take_out(gone)

    def clear(self, paragraph: etree._Element) -> None:
        """Take out all that the paragraph holds."""
        self.touched.add(paragraph)
        self._take_out(whole(paragraph))

    def split(self, paragraph: etree._Element, offset: int) -> etree._Element:
        """End the paragraph before the character at `offset`; gives back the new one, which has the rest."""
        self.touched.add(paragraph)
        pieces, left, _ = around(paragraph, offset)
        properties = paragraph.find(w("pPr"))
        rest = etree.Element(w("p"))
        if properties is not None:
            # The end that was there is the new paragraph's: its section, and the mark of an earlier split.
            rest.append(copy.deepcopy(properties))
            for stale in [*properties.findall(w("sectPr")), *properties.findall(f"{w('rPr')}/{w('ins')}")]:
                drop(stale)
        if left is not None:
            moving = list(_out_of_marks(_run_of(pieces[left])).itersiblings())
        else:
            moving = [child for child in paragraph if child is not properties]
        for child in moving:
            rest.append(child)
        paragraph.addnext(rest)
        self.mark_end(paragraph, "ins")
        return rest

    def mark_end(self, paragraph: etree._Element, name: str) -> None:
        """Mark the end of the paragraph itself as inserted or deleted."""
        if self.recorder is None:
            return
        self.touched.add(paragraph)
        properties = _mark_properties(paragraph)
        # The schema wants an insertion before a deletion, and both first.
        place = 1 if name == "del" and len(properties) and properties[0].tag == w("ins") else 0
        properties.insert(place, self.recorder.mark(name))

    def as_inserted(self, paragraph: etree._Element) -> None:
        """Mark what a new paragraph holds as inserted."""
        if self.recorder is None:
            return
        for element in whole(paragraph):
            mark = self.recorder.mark("ins")
            element.addprevious(mark)
            mark.append(element)

    def _inserted(self, run: etree._Element) -> etree._Element:
        if self.recorder is None:
            return run
        mark = self.recorder.mark("ins")
        mark.append(run)
        return mark

    def _take_out(self, elements: Sequence[etree._Element]) -> None:
        if self.recorder is None:
            for element in elements:
                _drop_with_envelope(element)
            return
        mark: etree._Element | None = None
        for element in elements:
            if mark is None or mark.getnext() is not element:
                mark = self.recorder.mark("del")
                element.addprevious(mark)
            mark.append(element)
            for node in element:
                if node.tag in _AS_DELETED:
                    node.tag = _AS_DELETED[str(node.tag)]
                    if node.text and node.text.strip() != node.text:
                        node.set(XML_SPACE, "preserve")


def new_run(text: str, model: etree._Element | None) -> etree._Element:
    """A run with this text that looks like the model."""
    run = etree.Element(w("r"))
    properties = model.find(w("rPr")) if model is not None else None
    if properties is not None:
        run.append(_plain_properties(properties))
    for node in text_nodes(legible(text)):
        run.append(node)
    return run


def _plain_properties(properties: etree._Element) -> etree._Element:
    copied = copy.deepcopy(properties)
    for child in list(copied):
        if child.tag in (*_MARKS, w("moveFrom"), w("moveTo"), w("rPrChange")):
            copied.remove(child)
    return copied


def _mark_properties(paragraph: etree._Element) -> etree._Element:
    """The properties of the paragraph's own mark, made where it has none."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    found = properties.find(w("rPr"))
    if found is None:
        found = etree.Element(w("rPr"))
        later = next((child for child in properties if child.tag in (w("sectPr"), w("pPrChange"))), None)
        if later is None:
            properties.append(found)
        else:
            later.addprevious(found)
    return found


def _run_of(piece: Piece) -> etree._Element:
    return piece.node if piece.run is None else piece.run


def _leave(pieces: Sequence[Piece], left: int, right: int | None) -> etree._Element:
    """What new text stands after: the run before it, or the field or link that ends with that run."""
    place = _run_of(pieces[left])
    depth = 0
    for piece in pieces[left + 1 : right]:
        if piece.kind == "field-begin":
            depth += 1
        elif piece.kind == "field-end":
            depth -= 1
            if depth < 0:
                place, depth = _run_of(piece), 0
    following = set(_run_of(pieces[right]).iterancestors()) if right is not None else set()
    envelope = next((a for a in place.iterancestors(*ENVELOPES) if a not in following), None)
    return place if envelope is None else envelope


def _stay_before(pieces: Sequence[Piece], right: int) -> etree._Element:
    """What new text at the very start stands before: the first run, or the field or link that it begins."""
    opened: list[Piece] = []
    for piece in pieces[:right]:
        if piece.kind == "field-begin":
            opened.append(piece)
        elif piece.kind == "field-end" and opened:
            opened.pop()
    place = _run_of(opened[0] if opened else pieces[right])
    return next(iter(place.iterancestors(*ENVELOPES)), place)


def _out_of_marks(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    while parent is not None and parent.tag in _MARKS:
        element, parent = parent, parent.getparent()
    return element


def _first_inserted(element: etree._Element) -> etree._Element:
    """What was inserted here already is later in the list, and stays behind."""
    previous = element.getprevious()
    while previous is not None and previous.tag == w("ins"):
        element, previous = previous, previous.getprevious()
    return element


def _drop_with_envelope(element: etree._Element) -> None:
    """Remove a run, and the link or field around it that would be left empty."""
    parent = element.getparent()
    while parent is not None:
        parent.remove(element)
        if parent.tag not in ENVELOPES or any(child.tag not in (w("smartTagPr"),) for child in parent):
            return
        element, parent = parent, parent.getparent()
