"""Several offices' changes woven into one paragraph of the base, side by side and each under its own name."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ._body import INS, MOVE_TO, P, Paragraph
from ._formats import CELL_MERGE
from ._ink import OTHER_LOOKS, PARAGRAPH_LOOKS, RUN_LOOKS, Ink, Move, Who
from ._marks import Step
from ._names import XML_SPACE, w
from ._rows import NewRows, carry_merge
from ._segments import Segment, cut, fields

_DELETED_NAMES = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
PAGE_BREAK = "[page break]"
_LABELLED = {"[note]": "note", "[object]": "object", "[field]": "field-begin", PAGE_BREAK: "break"}
_CURSOR = w("cursor")


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """One step and whose it is; `move` names a move that is kept whole."""

    step: Step
    who: Who
    move: str = ""
    anchor: tuple[etree._Element, ...] = ()


@dataclass(slots=True)
class Changes:
    """Everything that all offices want of one paragraph; `gaps` holds, by place and office, what is added there."""

    takes: list[Wanted] = field(default_factory=list)
    ends: list[Wanted] = field(default_factory=list)
    gaps: dict[int, dict[int, list[Wanted]]] = field(default_factory=dict)
    formats: list[Wanted] = field(default_factory=list)


def weave(paragraph: Paragraph, changes: Changes, ink: Ink, rows: NewRows) -> None:
    """Write the changes into the paragraph's own element, and added paragraphs and tables before it."""
    _Loom(paragraph, changes, ink, rows).run()


class _Loom:
    def __init__(self, paragraph: Paragraph, changes: Changes, ink: Ink, rows: NewRows) -> None:
        self.rows = rows
        self.element = paragraph.element
        self.changes = changes
        self.ink = ink
        places = set(changes.gaps)
        for wanted in (*changes.takes, *changes.formats):
            places |= {wanted.step.start, wanted.step.end}
        self.segments = cut(paragraph, places)
        self.passed = 0

    def run(self) -> None:
        self.paint()
        self.assign_takers()
        self.wrap()
        for offset in sorted(self.changes.gaps):
            self.fill(offset, self.changes.gaps[offset])
        self.take_end()

    # Formats

    def paint(self) -> None:
        for wanted in self.changes.formats:
            change = wanted.step.source
            if change is None or change.getparent() is None:
                continue
            if change.tag == CELL_MERGE:
                carry_merge(self.element, wanted.step, wanted.who, self.ink)
                continue
            for holder, looks in self.holders(wanted):
                if self.ink.recolour(holder, change, looks, [wanted.who]):
                    self.ink.written.add(wanted.step)

    def holders(self, wanted: Wanted) -> Iterator[tuple[etree._Element, Sequence[str]]]:
        """The properties that a format mark changes, and which of them may be carried over."""
        change = wanted.step.source
        kind = etree.QName(change).localname.removesuffix("Change") if change is not None else ""
        if change is not None and kind == "rPr" and _is_of_paragraph_mark(change):
            yield self.mark_properties(), RUN_LOOKS
        elif kind == "rPr":
            yield from ((_run_properties(segment.run), RUN_LOOKS) for segment in self.within(wanted.step))
        elif kind == "pPr":
            yield self.properties(), PARAGRAPH_LOOKS
        elif kind in OTHER_LOOKS and (holder := self.holder(kind)) is not None:
            yield holder, OTHER_LOOKS[kind]

    def within(self, step: Step) -> list[Segment]:
        return [s for s in self.segments if s.has_text and step.start <= s.start and s.end <= step.end]

    def holder(self, kind: str) -> etree._Element | None:
        """The properties of the cell, row, table or section that the paragraph stands in."""
        if kind == "sectPr":
            own = self.element.find(f"{w('pPr')}/{w('sectPr')}")
            if own is not None:
                return own
            following = self.element.itersiblings(w("sectPr"))
            return next(following, None)
        around = next(self.element.iterancestors(w(kind.removesuffix("Pr"))), None)
        return None if around is None else around.find(w(kind))

    # Deletions

    def assign_takers(self) -> None:
        """Give each segment the deletions that cover it, in one pass."""
        opening: dict[int, list[int]] = {}
        closing: dict[int, list[int]] = {}
        points: dict[int, list[int]] = {}
        for at, wanted in enumerate(self.changes.takes):
            step = wanted.step
            if step.start == step.end:
                points.setdefault(step.start, []).append(at)
            else:
                opening.setdefault(step.start, []).append(at)
                closing.setdefault(step.end, []).append(at)
        running: list[int] = []
        for segment in self.segments:
            if segment.has_text:
                running = [at for at in running if at not in closing.get(segment.start, ())]
                running += opening.get(segment.start, [])
                segment.takers = tuple(running)
            else:
                segment.takers = tuple(
                    at
                    for at in points.get(segment.start, ())
                    if _LABELLED.get(self.changes.takes[at].step.label) in segment.kinds
                )
        self.spread()

    def spread(self) -> None:
        """A field goes with its result, or by its own mark, whole; what has no text goes with what is around it."""
        segments = self.segments
        in_field: set[int] = set()
        for first, last in fields(segments):
            inside = segments[first : last + 1]
            of_text = {segment.takers for segment in inside if segment.has_text}
            whole = of_text.pop() if len(of_text) == 1 else () if of_text else inside[0].takers
            in_field |= {at for at in range(first, last + 1) if not segments[at].has_text}
            for segment in inside:
                if not segment.has_text:
                    segment.takers = whole
        before = _nearest(segments)
        after = _nearest(segments[::-1])[::-1]
        for at, segment in enumerate(segments):
            loose = any(kind.startswith("field-") or kind in ("comment", "note") for kind in segment.kinds)
            if not (segment.has_text or segment.takers or at in in_field or loose) and before[at] == after[at]:
                segment.takers = before[at]

    def wrap(self) -> None:
        """Put marks around what is deleted; touching runs with the same takers share one."""
        previous: Segment | None = None
        for segment in self.segments:
            if segment.takers:
                joined = (
                    previous is not None
                    and previous.takers == segment.takers
                    and previous.outer.getnext() is segment.run
                    and segment.start not in self.changes.gaps
                )
                if joined and previous is not None:
                    inner = previous.run.getparent()
                    if inner is not None:
                        inner.append(segment.run)
                    segment.outer = previous.outer
                    _as_deleted(segment.run)
                else:
                    self.wrap_one(segment)
            previous = segment

    def wrap_one(self, segment: Segment) -> None:
        takers = [self.changes.takes[at] for at in segment.takers]
        self.ink.written.update(wanted.step for wanted in takers)
        mover = next((wanted for wanted in takers if wanted.move), None)
        others = [wanted.who for wanted in takers if wanted is not mover]
        run = segment.run
        if others:
            mark = self.ink.mark("del", others)
            run.addprevious(mark)
            mark.append(run)
            _as_deleted(run)
            segment.outer = mark
        if mover is not None:
            mark = self.ink.mark("moveFrom", [mover.who])
            segment.outer.addprevious(mark)
            mark.append(segment.outer)
            segment.outer = mark
            self.ink.moves.setdefault(mover.move, Move(mover.who, mover.step)).taken.append(mark)

    def take_end(self) -> None:
        if not self.changes.ends:
            return
        self.ink.written.update(wanted.step for wanted in self.changes.ends)
        mover = next((wanted for wanted in self.changes.ends if wanted.move), None)
        others = [wanted.who for wanted in self.changes.ends if wanted is not mover]
        properties = self.mark_properties()
        if mover is not None:
            mark = self.ink.mark("moveFrom", [mover.who])
            properties.insert(0, mark)
            self.ink.moves.setdefault(mover.move, Move(mover.who, mover.step)).taken.append(mark)
        if others:
            properties.insert(0, self.ink.mark("del", others))

    # Additions

    def fill(self, offset: int, by_office: dict[int, list[Wanted]]) -> None:
        """Put in what the offices add at one place: each in turn, and what several add in the same words only once."""
        cursor = self.place_cursor(offset)
        shared: dict[object, list[list[Wanted]]] = {}
        for office, wanted in by_office.items():
            shared.setdefault(_said(wanted, office), []).append(wanted)
        for groups in shared.values():
            first, *others = groups
            rest = [wanted for group in others for wanted in group]
            also = list(dict.fromkeys(wanted.who for wanted in rest if wanted.step.what != "anchor"))
            opening = [wanted for wanted in rest if wanted.step.label == "comment-start"]
            closing = [wanted for wanted in rest if wanted.step.what == "anchor" and wanted not in opening]
            self.ink.written.update(wanted.step for wanted in rest if wanted.step.text)
            for one in (*opening, *first, *closing):
                self.put(cursor, one, also)
        parent = cursor.getparent()
        if parent is not None:
            parent.remove(cursor)

    def put(self, cursor: etree._Element, wanted: Wanted, also: Sequence[Who]) -> None:
        step = wanted.step
        if step.what == "anchor":
            for element in wanted.anchor:
                cursor.addprevious(element)
            return
        if step.text or wanted.anchor or step.what == "add-row" or step.label == PAGE_BREAK:
            self.ink.written.add(step)
        if step.what == "add-row":
            self.rows.place_before(self.element, step, [wanted.who])
        elif step.what == "add-end":
            self.split(cursor, wanted, [wanted.who, *also])
        elif step.text or wanted.anchor or step.label == PAGE_BREAK:
            self.add_text(cursor, wanted, [wanted.who, *also])

    def add_text(self, cursor: etree._Element, wanted: Wanted, whose: Sequence[Who]) -> None:
        mark = self.ink.mark("moveTo" if wanted.move else "ins", whose)
        last = cursor.getprevious()
        same = last is not None and last.tag == mark.tag and last.get(w("author")) == mark.get(w("author"))
        if same and last is not None and last.get(w("date")) == mark.get(w("date")) and not wanted.move:
            mark = last
        else:
            cursor.addprevious(mark)
            if wanted.move:
                self.ink.moves.setdefault(wanted.move, Move(wanted.who, wanted.step)).added.append(mark)
        if wanted.step.text:
            mark.append(self.ink.run(wanted.step.text, wanted.step.source))
        elif wanted.step.label == PAGE_BREAK:
            mark.append(_break_like(wanted.step.source))
        mark.extend(wanted.anchor)

    def split(self, cursor: etree._Element, wanted: Wanted, whose: Sequence[Who]) -> None:
        """End a paragraph at the cursor: what stands before it becomes a paragraph of its own, whose mark is added."""
        fresh = etree.Element(P)
        self.element.addprevious(fresh)
        _part_envelopes(cursor, self.element)
        own = self.element.find(w("pPr"))
        for child in list(self.element):
            if child is cursor:
                break
            if child is not own:
                fresh.append(child)
        if _holds_base_text(fresh) or wanted.step.block is None:
            properties = etree.Element(w("pPr")) if own is None else _looks_of(own)
        else:
            properties = self.ink.paragraph_properties(wanted.step.block.element)
        mark = self.ink.mark("moveTo" if wanted.move else "ins", whose)
        etree.SubElement(properties, w("rPr")).append(mark)
        fresh.insert(0, properties)
        if wanted.move:
            self.ink.moves.setdefault(wanted.move, Move(wanted.who, wanted.step)).added.append(mark)

    def place_cursor(self, offset: int) -> etree._Element:
        cursor = etree.Element(_CURSOR)
        at = self.passed  # places come in rising order
        while at < len(self.segments) and _stands_before(self.segments[at], offset):
            at += 1
        self.passed = at
        left = self.segments[at - 1].outer if at else None
        right = self.segments[at].outer if at < len(self.segments) else None
        if left is not None:
            around = set() if right is None else set(right.iterancestors())
            _climb(left, around | {self.element}).addnext(cursor)
        elif right is not None:
            _climb(right, {self.element}).addprevious(cursor)
        else:
            self.element.append(cursor)
        return cursor

    # Properties

    def properties(self) -> etree._Element:
        found = self.element.find(w("pPr"))
        if found is None:
            found = etree.Element(w("pPr"))
            self.element.insert(0, found)
        return found

    def mark_properties(self) -> etree._Element:
        properties = self.properties()
        found = properties.find(w("rPr"))
        if found is None:
            found = etree.Element(w("rPr"))
            later = next((child for child in properties if child.tag in (w("sectPr"), w("pPrChange"))), None)
            if later is None:
                properties.append(found)
            else:
                later.addprevious(found)
        return found


def _climb(element: etree._Element, holders: set[etree._Element]) -> etree._Element:
    """The element, or the envelope around it, that stands directly in one of the holders."""
    parent = element.getparent()
    while parent is not None and parent not in holders:
        element, parent = parent, parent.getparent()
    return element


def _is_of_paragraph_mark(change: etree._Element) -> bool:
    holder = change.getparent()
    around = None if holder is None else holder.getparent()
    return around is not None and around.tag == w("pPr")


def _run_properties(run: etree._Element) -> etree._Element:
    found = run.find(w("rPr"))
    if found is None:
        found = etree.Element(w("rPr"))
        run.insert(0, found)
    return found


def _as_deleted(run: etree._Element) -> None:
    for node in run:
        if node.tag in _DELETED_NAMES:
            if node.get(XML_SPACE) != "preserve" and node.text:
                node.text = node.text.strip(" \t\r\n")
            node.tag = _DELETED_NAMES[str(node.tag)]


def _nearest(segments: Sequence[Segment]) -> list[tuple[int, ...]]:
    """For each segment the takers of the last one with text before it."""
    found: list[tuple[int, ...]] = []
    latest: tuple[int, ...] = ()
    for segment in segments:
        found.append(latest)
        if segment.has_text:
            latest = segment.takers
    return found


def _stands_before(segment: Segment, offset: int) -> bool:
    if segment.end != offset or segment.has_text:
        return segment.end <= offset
    return bool(segment.kinds & {"field-end", "note"}) and "field-begin" not in segment.kinds


def _said(wanted: Sequence[Wanted], office: int) -> object:
    """What is added, as text; additions that a move or an object is part of belong to one office alone."""
    own = [one for one in wanted if one.step.what != "anchor"]
    if any(one.move or one.step.label or one.step.what == "add-row" for one in own):
        return office
    text = "".join(one.step.text for one in own)
    return text or office


def _break_like(source: etree._Element | None) -> etree._Element:
    """A run that ends a page, or a column where the return ends one."""
    own = None if source is None else source.find(w("br"))
    run = etree.Element(w("r"))
    kind = "column" if own is not None and own.get(w("type")) == "column" else "page"
    etree.SubElement(run, w("br")).set(w("type"), kind)
    return run


def _holds_base_text(paragraph: etree._Element) -> bool:
    return any(
        node.tag != w("pPr") and next(node.iterancestors(INS, MOVE_TO), None) is None for node in paragraph.iter(w("r"))
    )


def _looks_of(own: etree._Element) -> etree._Element:
    copied = etree.Element(w("pPr"))
    copied.extend(copy.deepcopy(child) for child in own if child.tag not in (w("rPr"), w("sectPr"), w("pPrChange")))
    return copied


def _part_envelopes(cursor: etree._Element, paragraph: etree._Element) -> None:
    """Cut the links and controls around the cursor in two, so that it stands in the paragraph itself."""
    node = cursor
    while node.getparent() is not paragraph:
        envelope = node.getparent()
        if envelope is None:
            return
        shell = etree.Element(envelope.tag)
        for name, value in envelope.attrib.items():
            shell.set(name, value)
        for child in list(envelope):
            if child is node:
                break
            if child.tag in (w("sdtPr"), w("sdtEndPr"), w("rPr")):
                shell.append(copy.deepcopy(child))
            else:
                shell.append(child)
        settings = shell.find(w("sdtPr"))
        if settings is not None:
            for identity in settings.findall(w("id")):
                settings.remove(identity)
        envelope.addprevious(shell)
        node = envelope
    if node is not cursor:
        node.addprevious(cursor)
