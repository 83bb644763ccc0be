"""A return's steps carried over to the base, with what was edited while tracking was off put among them.

The steps that come out lead from the base to the return as it reads when everything is accepted. Where the return's
rejected view is the base, they are its own steps; every difference between the two is an edit without a mark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ._align import Span, align_paragraphs, diff_words
from ._beside import things_in, unmarked_things
from ._body import TR, Paragraph
from ._marks import PARAGRAPH_END, Reading, Step


def in_base(base: Reading, returned: Reading) -> list[Step]:
    """The steps from the base to the return's accepted view, in base coordinates."""
    if base.texts == returned.texts:
        pairs: list[tuple[int | None, int | None]] = [(at, at) for at in range(len(base.texts))]
        return [*returned.steps, *unmarked_things(base, returned, pairs)]
    carrier = _Carrier(base, returned)
    return [*carrier.carry(), *unmarked_things(base, returned, carrier.pairs)]


@dataclass(slots=True)
class _Carrier:
    base: Reading
    returned: Reading
    pairs: list[tuple[int | None, int | None]] = field(init=False)
    to_base: dict[int, int] = field(init=False)
    steps_of: dict[int, list[Step]] = field(init=False)
    last_in: dict[etree._Element, int] = field(init=False)
    base_rows: dict[etree._Element, list[int]] = field(init=False)
    returned_rows: dict[etree._Element, list[int]] = field(init=False)
    tails: set[int] = field(init=False)
    emptied: set[int] = field(init=False)

    def __post_init__(self) -> None:
        cells = (_cells(self.base.paragraphs), _cells(self.returned.paragraphs))
        self.pairs = align_paragraphs(self.base.texts, self.returned.texts, cells)
        self.to_base = {r: b for b, r in self.pairs if b is not None and r is not None}
        self.steps_of = {}
        for step in self.returned.steps:
            self.steps_of.setdefault(step.paragraph, []).append(step)
        self.base_rows = _rows(self.base.paragraphs)
        self.returned_rows = _rows(self.returned.paragraphs)
        self.last_in = {paragraph.container: at for at, paragraph in enumerate(self.base.paragraphs)}
        self.tails, self.emptied = self.find_tails()

    def carry(self) -> Iterator[Step]:
        new_rows = _unmatched(self.returned_rows, {r for b, r in self.pairs if r is not None and b is None})
        old_rows = _unmatched(self.base_rows, {b for b, r in self.pairs if b is not None and r is None})
        shown: set[etree._Element] = set()
        previous = -1
        for b, r in self.pairs:
            if b is None and r is not None:
                row = new_rows.get(r)
                if row is None:
                    yield from self.new_paragraph(r, previous)
                elif row not in shown:
                    shown.add(row)
                    yield self.new_row(row, previous)
            elif b is not None and r is None:
                row = old_rows.get(b)
                if row is None:
                    yield from self.lost_paragraph(b)
                elif row not in shown:
                    shown.add(row)
                    yield self.lost_row(row, b)
            elif b is not None and r is not None:
                yield from self.same_paragraph(b, r)
            previous = previous if b is None else b

    # A paragraph on both sides

    def same_paragraph(self, b: int, r: int) -> Iterator[Step]:
        old, new = self.base.paragraphs[b], self.returned.paragraphs[r]
        spans = diff_words(old.text, new.text)
        queue = _cut_takes(self.steps_of.get(r, []), spans)
        at = 0
        for span in spans:
            here: list[Step] = []
            while at < len(queue) and queue[at].start < span.b2:
                here.append(queue[at])
                at += 1
            if span.same or (_volatile(old, span.a1, span.a2) and _volatile(new, span.b1, span.b2)):
                yield from (self.placed(step, b, span.a1 - span.b1) for step in here)
                continue
            if span.a1 < span.a2:
                yield Step("take", b, span.a1, span.a2, old.text[span.a1 : span.a2], tracked=False)
            yield from self.unmarked(new, span.b1, span.b2, here, b, span.a2)
        shift = len(old.text) - len(new.text)
        for step in queue[at:]:
            yield self.placed(step, b, shift)

    def unmarked(
        self, paragraph: Paragraph, start: int, end: int, steps: Sequence[Step], b: int, offset: int
    ) -> Iterator[Step]:
        """Text that the base lacks, less what a mark takes away from it again."""
        at = start
        for step in steps:
            yield from _pieces_as_steps(paragraph, at, min(step.start, end), b, offset)
            at = max(at, step.start)
            if step.what == "take":
                at = max(at, step.end)
            elif step.what in ("add", "add-end", "anchor") or step.what.endswith("-row"):
                yield self.placed(step, b, offset - step.start)
        yield from _pieces_as_steps(paragraph, at, end, b, offset)

    def placed(self, step: Step, b: int, shift: int) -> Step:
        if step.what in ("add-row", "take-row"):
            step = step.moved(b, 0, 0)
            step.rows = (self.to_base.get(step.rows[0], -1), self.to_base.get(step.rows[1], -1))
            return step
        length = len(self.base.paragraphs[b].text)
        start = min(max(step.start + shift, 0), length)
        return step.moved(b, start, min(max(step.end + shift, start), length))

    # A paragraph on one side only

    def new_paragraph(self, r: int, previous: int) -> Iterator[Step]:
        paragraph = self.returned.paragraphs[r]
        if paragraph.text and _volatile(paragraph, 0, len(paragraph.text)):
            return
        steps = self.steps_of.get(r, [])
        joined = any(step.what == "take-end" for step in steps)
        end = Step("add-end", 0, 0, 0, PARAGRAPH_END, tracked=False, block=paragraph.blocks[-1])
        inner = [step for step in steps if step.what not in ("take-end", "format")]
        if self.goes_after(r, previous):
            offset = len(self.base.paragraphs[previous].text)
            if previous in self.emptied:
                self.emptied.remove(previous)
            elif not joined:
                yield end.moved(previous, offset, offset)
            yield from self.unmarked(paragraph, 0, len(paragraph.text), inner, previous, offset)
            yield from things_in(self.returned, r, previous, offset)
            return
        yield from self.unmarked(paragraph, 0, len(paragraph.text), inner, previous + 1, 0)
        yield from things_in(self.returned, r, previous + 1, 0)
        if not joined:
            yield end.moved(previous + 1, 0, 0)

    def goes_after(self, r: int, previous: int) -> bool:
        """Whether a new paragraph hangs on the end of the one before rather than the start of the next."""
        following = previous + 1
        if following >= len(self.base.paragraphs) or previous in self.emptied:
            return True
        if previous < 0:
            return False
        if self.base.paragraphs[previous].container is self.base.paragraphs[following].container:
            return False
        own = self.returned.paragraphs
        return r > 0 and own[r - 1].container is own[r].container

    def lost_paragraph(self, b: int) -> Iterator[Step]:
        """A paragraph that is gone; the last of a cell goes with the mark before it, as when deleted in Word."""
        paragraphs = self.base.paragraphs
        text = paragraphs[b].text
        if text and _volatile(paragraphs[b], 0, len(text)):
            return
        if b in self.tails:
            length = len(paragraphs[b - 1].text)
            yield Step("take-end", b - 1, length, length, PARAGRAPH_END, tracked=False)
        if text:
            yield Step("take", b, 0, len(text), text, tracked=False)
        if self.last_in[paragraphs[b].container] != b:
            yield Step("take-end", b, len(text), len(text), PARAGRAPH_END, tracked=False)

    def find_tails(self) -> tuple[set[int], set[int]]:
        """Where a cell is gone to its end: the first paragraph of the run, if another stays above it, else the last.

        In the first case the mark above goes; in the second the last mark stays, because every cell needs one.
        """
        paragraphs = self.base.paragraphs
        gone = {b for b, r in self.pairs if b is not None and r is None}
        tails: set[int] = set()
        emptied: set[int] = set()
        for container, last in self.last_in.items():
            first = last
            while first - 1 in gone and paragraphs[first - 1].container is container:
                first -= 1
            if last not in gone:
                continue
            if first > 0 and paragraphs[first - 1].container is container:
                tails.add(first)
            else:
                emptied.add(last)
        return tails, emptied

    # Rows

    def new_row(self, row: etree._Element, previous: int) -> Step:
        rows = self.returned_rows

        def paired(siblings: Iterator[etree._Element]) -> list[int]:
            inside = (rows.get(sibling, []) for sibling in siblings)
            found = ([self.to_base[at] for at in each if at in self.to_base] for each in inside)
            return next((each for each in found if each), [-1])

        # As an added row that bears a mark: between the last paragraph above and the first below.
        before = paired(row.itersiblings(TR, preceding=True))[-1]
        after = paired(row.itersiblings(TR))[0]
        text = "\t".join(self.returned.paragraphs[at].text for at in rows[row])
        return Step("add-row", max(previous, 0), 0, 0, text, tracked=False, source=row, rows=(before, after))

    def lost_row(self, row: etree._Element, b: int) -> Step:
        inside = self.base_rows[row]
        text = "\t".join(self.base.paragraphs[at].text for at in inside)
        return Step("take-row", b, 0, 0, text, tracked=False, source=row, rows=(inside[0], inside[-1]))


def _cells(paragraphs: Sequence[Paragraph]) -> set[int]:
    return {at for at, paragraph in enumerate(paragraphs) if paragraph.row is not None}


def _volatile(paragraph: Paragraph, start: int, end: int) -> bool:
    """Whether a stretch is nothing but page numbers, dates and the like, which no person edits."""
    while start < end:
        piece, inside = paragraph.locate(start)
        if not piece.volatile:
            return False
        start += max(len(piece.text) - inside, 1)
    return True


def _rows(paragraphs: Sequence[Paragraph]) -> dict[etree._Element, list[int]]:
    rows: dict[etree._Element, list[int]] = {}
    for at, paragraph in enumerate(paragraphs):
        if paragraph.row is not None:
            rows.setdefault(paragraph.row, []).append(at)
    return rows


def _unmatched(rows: dict[etree._Element, list[int]], alone: set[int]) -> dict[int, etree._Element]:
    """The rows all of whose paragraphs have no counterpart, by paragraph."""
    return {at: row for row, inside in rows.items() if all(at in alone for at in inside) for at in inside}


def _cut_takes(steps: Sequence[Step], spans: Sequence[Span]) -> list[Step]:
    """Deletions cut where unchanged text meets changed text, so that each lies within one stretch."""
    edges = [span.b2 for span in spans]
    cut: list[Step] = []
    for step in steps:
        if step.what != "take" or step.start == step.end:
            cut.append(step)
            continue
        start = step.start
        for edge in [*(edge for edge in edges if step.start < edge < step.end), step.end]:
            piece = step.moved(step.paragraph, start, edge)
            piece.text = step.text[start - step.start : edge - step.start]
            cut.append(piece)
            start = edge
    return cut


def _pieces_as_steps(paragraph: Paragraph, start: int, end: int, b: int, offset: int) -> Iterator[Step]:
    """The text of a stretch as additions without a mark, each with the run that it came from."""
    owners = {piece: block for block in paragraph.blocks for piece in block.pieces} if start < end else {}
    while start < end:
        piece, inside = paragraph.locate(start)
        text = piece.text[inside : inside + end - start]
        if not text:
            return
        yield Step("add", b, offset, offset, text, tracked=False, source=piece.run, block=owners[piece])
        start += len(text)
