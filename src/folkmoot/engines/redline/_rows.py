"""Table rows that offices add or take away, and cells that they merge."""

from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from ._body import MATH, OBJECTS, TBL, TC, TR, P, Paragraph, paragraphs, read_blocks
from ._cells import STATES, cell_properties, put_before
from ._formats import CELL_MERGE
from ._ink import OTHER_LOOKS, Ink, Who
from ._marks import Step
from ._names import w

MERGED_OTHERWISE: Final = "Another office changes in another way how the same cell is merged."
ONLY_WORDS: Final = (
    "Of the added row only the words are carried: take its pictures, notes, fields and comments from the return."
)


def carry_merge(paragraph: etree._Element, step: Step, who: Who, ink: Ink) -> None:
    """Write the mark on the base's own cell; offices that want the same share one."""
    cell = next(paragraph.iterancestors(TC), None)
    change = step.source
    if cell is None or change is None:
        return
    properties = cell_properties(cell)
    states = {name: change.get(w(name), "") for name in ("vMerge", "vMergeOrig") if change.get(w(name)) in STATES}
    mark = properties.find(CELL_MERGE)
    if mark is None:
        mark = ink.mark("cellMerge", [who])
        for name, state in states.items():
            mark.set(w(name), state)
        put_before(properties, mark, (w("tcPrChange"),))
    elif {name: mark.get(w(name)) for name in ("vMerge", "vMergeOrig") if mark.get(w(name))} == states:
        ink.share(mark, [who])
    else:
        ink.why_not[step] = MERGED_OTHERWISE
        return
    ink.written.add(step)


def take_row(taken: Sequence[tuple[Step, Who]], places: Mapping[int, etree._Element], ink: Ink) -> None:
    """Mark the rows that offices delete; several offices share one mark."""
    whose: dict[etree._Element, list[Who]] = {}
    for step, who in taken:
        row = next(places[step.rows[0]].iterancestors(TR), None) if step.rows[0] >= 0 else None
        if row is not None:
            whose.setdefault(row, []).append(who)
    for row, several in whose.items():
        properties = _row_properties(row)
        change = properties.find(w("trPrChange"))
        mark = ink.mark("del", several)
        if change is None:
            properties.append(mark)
        else:
            change.addprevious(mark)


def _row_properties(row: etree._Element) -> etree._Element:
    found = row.find(w("trPr"))
    if found is None:
        found = etree.Element(w("trPr"))
        exception = row.find(w("tblPrEx"))
        if exception is None:
            row.insert(0, found)
        else:
            exception.addnext(found)
    return found


class NewRows:
    """Rows that offices add, placed beside the rows of the base that they stood next to; wholly new tables whole."""

    def __init__(self, ink: Ink, base: Sequence[Paragraph]) -> None:
        self.ink = ink
        self.base = base
        self.tables: dict[etree._Element, etree._Element] = {}
        self.latest: dict[etree._Element, etree._Element] = {}

    def add(self, added: Sequence[tuple[Step, Who]]) -> None:
        """Place the rows, each after those already placed there; the same row wanted by several offices stands once."""
        same: dict[object, list[tuple[Step, Who]]] = {}
        for number, (step, who) in enumerate(added):
            key: object = (step.paragraph, step.rows, step.text) if step.rows != (-1, -1) else number
            group = same.setdefault(key, [])
            if any(other.office == who.office for _, other in group):
                group = same.setdefault((key, number), [])
            group.append((step, who))
        for group in same.values():
            self.place(group[0][0], [who for _, who in group])

    def place(self, step: Step, whose: Sequence[Who]) -> None:
        if step.source is None:
            return
        self.note_loss(step)
        row = self.written(step.source, whose)
        before, after = (_row_at(self.base, at, step) for at in step.rows)
        if before is not None:
            self.follow(before, row)
        elif after is not None:
            after.addprevious(row)
        else:
            self.table_for(step).append(row)

    def follow(self, anchor: etree._Element, row: etree._Element) -> None:
        self.latest.get(anchor, anchor).addnext(row)
        self.latest[anchor] = row

    def place_before(self, element: etree._Element, step: Step, whose: Sequence[Who]) -> None:
        """A row of a new table that stands before a paragraph, after the paragraphs added there."""
        if step.source is not None:
            self.note_loss(step)
            table = self.table_for(step, element)
            table.append(self.written(step.source, whose))

    def note_loss(self, step: Step) -> None:
        """Only the words of an added row are written."""
        if step.source is not None and next(step.source.iter(*OBJECTS, *MATH), None) is not None:
            self.ink.why_not[step] = ONLY_WORDS

    def table_for(self, step: Step, following: etree._Element | None = None) -> etree._Element:
        """The new table that takes the rows of one table of a return."""
        source = next(step.source.iterancestors(TBL)) if step.source is not None else None
        if source is not None and source in self.tables:
            return self.tables[source]
        table = etree.Element(TBL)
        properties = etree.SubElement(table, w("tblPr"))
        found = None if source is None else source.find(w("tblPr"))
        properties.extend(self.ink.looks(found, OTHER_LOOKS["tblPr"]))
        grid = etree.SubElement(table, w("tblGrid"))
        widths = [] if source is None else source.findall(f"{w('tblGrid')}/{w('gridCol')}")
        for width in widths:
            etree.SubElement(grid, w("gridCol")).set(w("w"), width.get(w("w"), "0"))
        if following is not None:
            following.addprevious(table)
        else:
            element = self.base[min(step.paragraph, len(self.base) - 1)].element
            outermost = list(element.iterancestors(TBL))
            anchor = outermost[-1] if outermost else element
            anchor.addnext(table)
        if source is not None:
            self.tables[source] = table
        return table

    def written(self, source: etree._Element, whose: Sequence[Who]) -> etree._Element:
        row = etree.Element(TR)
        properties = etree.SubElement(row, w("trPr"))
        properties.extend(self.ink.looks(source.find(w("trPr")), OTHER_LOOKS["trPr"]))
        properties.append(self.ink.mark("ins", whose))
        for cell in source.iter(TC):
            if next(cell.iterancestors(TR)) is source:
                row.append(self.cell(cell, whose))
        return row

    def cell(self, source: etree._Element, whose: Sequence[Who]) -> etree._Element:
        cell = etree.Element(TC)
        properties = etree.SubElement(cell, w("tcPr"))
        properties.extend(self.ink.looks(source.find(w("tcPr")), OTHER_LOOKS["tcPr"]))
        for paragraph in paragraphs(read_blocks(source), "accepted"):
            fresh = etree.SubElement(cell, P)
            looks = self.ink.paragraph_properties(paragraph.element)
            etree.SubElement(looks, w("rPr")).append(self.ink.mark("ins", whose))
            fresh.append(looks)
            if paragraph.text:
                mark = self.ink.mark("ins", whose)
                mark.extend(self.ink.run(piece.text, piece.run) for piece in paragraph.pieces)
                fresh.append(mark)
        if cell.find(P) is None:
            etree.SubElement(cell, P)
        return cell


def _row_at(base: Sequence[Paragraph], at: int, step: Step) -> etree._Element | None:
    """The row of the base around a paragraph, at the same depth as the row of the return."""
    depth = len(list(step.source.iterancestors(TR))) if step.source is not None else 0
    rows = list(base[at].element.iterancestors(TR))[::-1] if at >= 0 else []
    return rows[min(depth, len(rows) - 1)] if rows else None
