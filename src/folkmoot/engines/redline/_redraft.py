"""One spelling of a changed draft, plain or tracked, cut into the bytes of the base."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from lxml import etree

from ._accept import drop, next_block
from ._body import Paragraph
from ._edits import Edit, Plan
from ._names import w
from ._paragraphs import (
    RANGE_ENDS,
    cells_of,
    change_properties,
    forget_identity,
    hand_over_section,
    loose_ends,
    new_paragraph,
    previous_paragraph,
)
from ._pen import Pen, Recorder
from ._splice import Span, fragment, spans, splice

_P, _TR, _TBL, _TC = w("p"), w("tr"), w("tbl"), w("tc")
_WHERE: Final = ("p", "tr", "tbl")


class Redraft:
    """Makes a plan's edits in the tree, and remembers which elements of the base that changed."""

    def __init__(
        self,
        root: etree._Element,
        raw: bytes,
        plan: Plan,
        recorder: Recorder | None,
        is_heading: Callable[[etree._Element], bool],
    ) -> None:
        self.is_heading = is_heading
        self.root, self.raw, self.plan, self.recorder = root, raw, plan, recorder
        self.pen = Pen(recorder)
        self.after: dict[etree._Element, list[etree._Element]] = {}
        self.before: dict[etree._Element, list[etree._Element]] = {}
        self.gone: set[etree._Element] = set()
        self.places = self._places()
        self.paragraphs: Sequence[Paragraph] = plan.paragraphs
        self.leaving = {self.paragraphs[number].element for number in plan.whole}
        self.removable = {number: self._can_go(self.paragraphs[number].element) for number in plan.whole}
        self.endings = {number: next_block(self.paragraphs[number].element) is None for number in plan.whole}

    def written(self) -> bytes:
        """The bytes of the part with every edit made."""
        moved = {number: self._moved_copy(number) for number, edit in self.plan.whole.items() if edit.kind == "move"}
        for number, edits in self.plan.inline.items():
            if number not in moved:
                self._inside(self.pen, self.paragraphs[number].element, edits)
        for edit in self.plan.edits:
            if edit.kind == "paragraph-insert":
                self._insert_paragraphs(edit)
            elif edit.kind == "move":
                self._place_moved(edit, moved[edit.paragraph])
            elif edit.kind == "row-insert":
                self._insert_row(edit)
        for number in sorted(self.plan.whole):
            self._take_paragraph(number)
        for number in sorted(self.plan.joins):
            self._join(number)
        self._take_rows([edit for edit in self.plan.edits if edit.kind == "row-delete"])
        return splice(self.raw, self._changes())

    # Inside a paragraph

    def _inside(self, pen: Pen, paragraph: etree._Element, edits: list[Edit]) -> None:
        # From the end; of two at one place the later one first, so that they stand in the order given.
        order = sorted(range(len(edits)), key=lambda at: (edits[at].start, edits[at].end, at), reverse=True)
        for edit in (edits[at] for at in order):
            lines = edit.after.split("\n")
            if len(lines) > 1:
                self._with_new_lines(pen, paragraph, edit, lines)
            elif edit.start < edit.end and edit.after:
                pen.replace(paragraph, edit.start, edit.end, edit.after)
            elif edit.start < edit.end:
                pen.delete(paragraph, edit.start, edit.end)
            elif edit.after:
                pen.insert(paragraph, edit.start, edit.after)

    def _with_new_lines(self, pen: Pen, paragraph: etree._Element, edit: Edit, lines: list[str]) -> None:
        if edit.start < edit.end:
            pen.delete(paragraph, edit.start, edit.end)
        at = edit.start if pen.recorder is None else edit.end
        for line in reversed(lines[1:]):
            rest = pen.split(paragraph, at)
            self.after.setdefault(paragraph, []).insert(0, rest)
            if line:
                pen.insert(rest, 0, line)
        if lines[0]:
            pen.insert(paragraph, at, lines[0])

    # New paragraphs

    def _insert_paragraphs(self, edit: Edit) -> None:
        for text in edit.after.split("\n"):
            if edit.paragraph < 0:
                self._precede(self._first_block(), new_paragraph(text, None))
            elif edit.start == 0 and self.paragraphs[edit.paragraph].text:
                here = self.paragraphs[edit.paragraph].element
                in_cell = next(here.iterancestors(_TC), None) is not None
                self._precede(here, new_paragraph(text, here if in_cell else None))
            else:
                here = self.paragraphs[edit.paragraph].element
                self._follow(here, new_paragraph(text, self._model(here)), same_section=True)

    def _model(self, follows: etree._Element) -> etree._Element | None:
        """What a new paragraph looks like: the one before it, unless that is a heading."""
        if not self.is_heading(follows):
            return follows
        following = next_block(follows)
        return following if following is not None and following.tag == _P and not self.is_heading(following) else None

    def _precede(self, anchor: etree._Element, paragraph: etree._Element) -> None:
        self.before.setdefault(anchor, []).append(paragraph)
        anchor.addprevious(paragraph)
        self.pen.as_inserted(paragraph)
        self.pen.mark_end(paragraph, "ins")

    def _join(self, number: int) -> None:
        """End the paragraph, with all that it holds now, in the next one."""
        paragraph, following = self.paragraphs[number].element, self.paragraphs[number + 1].element
        latest = self.after.get(paragraph, [paragraph])[-1]
        if self.recorder is not None:
            self.pen.mark_end(latest, "del")
            return
        place = 1 if following.find(w("pPr")) is not None else 0
        for child in [child for child in latest if child.tag != w("pPr")]:
            following.insert(place, child)
            place += 1
        self.pen.touched.add(following)
        if latest is paragraph:
            self.gone.add(paragraph)
        else:
            self.after[paragraph].remove(latest)
            drop(latest)

    def _follow(self, anchor: etree._Element, paragraph: etree._Element, *, same_section: bool) -> None:
        """Put a new paragraph behind the anchor and what already follows it there.

        Undoing an inserted line end joins with the next paragraph. Where none follows, the line end that was there is
        left to the new paragraph and the one before it ends in the inserted one, as when a person types on at the end.
        """
        latest = self.after.get(anchor, [anchor])[-1]
        following = next_block(latest)
        self.after.setdefault(anchor, []).append(paragraph)
        latest.addnext(paragraph)
        self.pen.as_inserted(paragraph)
        ends_section = same_section and latest.find(f"{w('pPr')}/{w('sectPr')}") is not None
        if self.recorder is None:
            if ends_section:
                hand_over_section(latest, paragraph)
                self.pen.touched.add(latest)
        elif ends_section or following is None or following.tag != _P:
            change_properties(paragraph, paragraph, latest, self.recorder)
            hand_over_section(latest, paragraph)
            self.pen.mark_end(latest, "ins")
        else:
            self.pen.mark_end(paragraph, "ins")

    # Moves

    def _moved_copy(self, number: int) -> etree._Element:
        """The moved paragraph as it shall stand in its new place, with the edits inside it made."""
        paragraph = copy.deepcopy(self.paragraphs[number].element)
        forget_identity(paragraph)
        if self.recorder is not None:
            for element in list(paragraph.iter(*RANGE_ENDS)):
                drop(element)
        for element in loose_ends(paragraph):
            drop(element)
        self._inside(Pen(None), paragraph, self.plan.inline.get(number, []))
        return paragraph

    def _place_moved(self, edit: Edit, paragraph: etree._Element) -> None:
        if edit.target is None or edit.target < 0:
            self._precede(self._first_block(), paragraph)
        else:
            self._follow(self.paragraphs[edit.target].element, paragraph, same_section=False)

    # Paragraphs that go

    def _take_paragraph(self, number: int) -> None:
        paragraph = self.paragraphs[number].element
        if not self.removable[number]:
            self.pen.clear(paragraph)
        elif self.recorder is None:
            self.gone.add(paragraph)
        else:
            self.pen.clear(paragraph)
            if self.endings[number]:
                self._join_from_before(paragraph)
            else:
                self.pen.mark_end(paragraph, "del")

    def _join_from_before(self, paragraph: etree._Element) -> None:
        """The last line end of a body or a cell cannot go; the one before it goes, and hands on its looks."""
        previous = previous_paragraph(paragraph)
        while previous is not None and previous.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None:
            previous = previous_paragraph(previous)
        if previous is not None and self.recorder is not None:
            change_properties(paragraph, previous, paragraph, self.recorder)
            self.pen.mark_end(previous, "del")

    def _can_go(self, paragraph: etree._Element) -> bool:
        """Whether the body or cell stays whole without it: a paragraph must be left to end it."""
        if _ends_section(paragraph):
            return False
        following = next_block(paragraph)
        if following is not None and following.tag == _P:
            return True
        if following is not None:
            container = paragraph.getparent()
            return container is not None and any(p not in self.leaving for p in container.iterchildren(_P))
        previous = previous_paragraph(paragraph)
        while previous is not None and previous in self.leaving and not _ends_section(previous):
            previous = previous_paragraph(previous)
        return previous is not None and not _ends_section(previous)

    # Rows

    def _insert_row(self, edit: Edit) -> None:
        paragraph = self.paragraphs[edit.paragraph]
        if paragraph.row is not None:
            model = paragraph.row
            latest = self.after.get(model, [model])[-1]
            row = self._new_row(model, edit.after)
            self.after.setdefault(model, []).append(row)
            latest.addnext(row)
        elif (opening := self.paragraphs[edit.paragraph + 1].row) is not None:
            row = self._new_row(opening, edit.after)
            self.before.setdefault(opening, []).append(row)
            opening.addprevious(row)

    def _new_row(self, model: etree._Element, text: str) -> etree._Element:
        row = copy.deepcopy(model)
        forget_identity(row)
        texts = iter(text.split("\t"))
        for cell in cells_of(row):
            self._write_cell(cell, next(texts, ""))
        for element in list(row.iter(*RANGE_ENDS)):
            drop(element)
        for stale in ("tblHeader", "ins", "del", "trPrChange"):
            for element in row.findall(f"{w('trPr')}/{w(stale)}"):
                drop(element)
        self._mark_row(row, "ins")
        return row

    def _write_cell(self, cell: etree._Element, text: str) -> None:
        """One plain paragraph a line, which looks like the first one of the cell that it was copied from."""
        first = next(cell.iter(_P), None)
        for merge in cell.findall(f"{w('tcPr')}/{w('vMerge')}"):
            if merge.get(w("val")) == "restart":
                drop(merge)
        for child in list(cell):
            if child.tag != w("tcPr"):
                cell.remove(child)
        for line in text.split("\n"):
            paragraph = new_paragraph(line, first)
            cell.append(paragraph)
            self.pen.as_inserted(paragraph)
            self.pen.mark_end(paragraph, "ins")

    def _take_rows(self, edits: list[Edit]) -> None:
        rows = [row for edit in edits if (row := self.paragraphs[edit.paragraph].row) is not None]
        for row in rows:
            table = row.getparent()
            if self.recorder is None:
                whole = table is not None and not self.after.keys() & set(table) and not self.before.keys() & set(table)
                all_gone = table is not None and all(other in rows for other in table.iterchildren(_TR))
                self.gone.add(table if table is not None and whole and all_gone else row)
                continue
            self.pen.touched.add(row)
            for paragraph in row.iter(_P):
                if next(paragraph.iterancestors(w("r")), None) is not None:
                    continue  # a text box goes with the run that it hangs on
                self.pen.clear(paragraph)
                self.pen.mark_end(paragraph, "del")
            self._mark_row(row, "del")

    def _mark_row(self, row: etree._Element, name: str) -> None:
        if self.recorder is None:
            return
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            exceptions = row.find(w("tblPrEx"))
            if exceptions is None:
                row.insert(0, properties)
            else:
                exceptions.addnext(properties)
        mark = self.recorder.mark(name)
        change = properties.find(w("trPrChange"))
        if change is None:
            properties.append(mark)
        else:
            change.addprevious(mark)

    # Bytes

    def _places(self) -> dict[etree._Element, Span]:
        found: dict[etree._Element, Span] = {}
        for name in _WHERE:
            found |= dict(zip(self.root.iter(w(name)), spans(self.raw, name), strict=True))
        return found

    def _changes(self) -> Iterator[tuple[int, int, bytes]]:
        changed = (self.pen.touched | self.gone) & self.places.keys()
        known = self.root.nsmap
        for element in changed:
            if not self._inside_changed(element, changed):
                span = self.places[element]
                kept = loose_ends(element) if element in self.gone else [element]
                yield span.start, span.end, fragment(kept, known)
        # What follows one paragraph stands above what precedes the next, in the bytes as in the tree.
        for beside, at_end in ((self.after, True), (self.before, False)):
            for anchor, added in beside.items():
                if anchor in self.places and not self._inside_changed(anchor, changed):
                    place = self.places[anchor].end if at_end else self.places[anchor].start
                    yield place, place, fragment(added, known)

    def _inside_changed(self, element: etree._Element, changed: set[etree._Element]) -> bool:
        return any(ancestor in changed for ancestor in element.iterancestors())

    def _first_block(self) -> etree._Element:
        """The first table or paragraph of the body, from outside."""
        element = self.paragraphs[0].element
        tables = list(element.iterancestors(_TBL))
        return tables[-1] if tables else element


def _ends_section(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None
