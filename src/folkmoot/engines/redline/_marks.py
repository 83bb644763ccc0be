"""What each revision mark of a story does, as steps along the text that rejecting everything gives.

The steps of a story, applied to its rejected view, give its accepted view: text taken and added, paragraph marks
taken and added, rows, and beside them formats and the places where comments hang. Everything that reports or merges
changes reads these steps and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal, cast

from lxml import etree

from ._body import (
    ADDS,
    CELL_DEL,
    CELL_INS,
    DEL,
    FALLBACK,
    INS,
    MARKS,
    MOVE_FROM,
    MOVE_TO,
    TAKES,
    TR,
    Block,
    P,
    Paragraph,
    Piece,
    assemble,
)
from ._formats import FORMAT_TAGS, describe_format
from ._moves import FROM_START, TO_START, move_names
from ._names import M_NS, W16DU_NS, W_NS, w
from ._stories import Story

What = Literal["take", "add", "take-end", "add-end", "add-block", "take-row", "add-row", "format", "anchor"]

# How a paragraph mark is written within text, where a new line is a line break.
PARAGRAPH_END: Final = "\u2029"

ENVELOPE_MARKS: Final = frozenset(w(f"customXml{kind}RangeStart") for kind in ("Ins", "Del", "MoveFrom", "MoveTo"))
_STRUCTURAL: Final = frozenset({FROM_START, TO_START, CELL_INS, CELL_DEL, w("comment")})
_KNOWN: Final = MARKS | _STRUCTURAL | ENVELOPE_MARKS | FORMAT_TAGS
_AUTHOR: Final = w("author")
_ANCHORS: Final = ("comment-start", "comment-end", "comment")
_MATH_TEXT: Final = f"{{{M_NS}}}t"
OBJECT_LABELS: Final = {"note": "[note]", "object": "[object]", "field-begin": "[field]", "break": "[page break]"}


@dataclass(slots=True, eq=False)
class Step:
    """One thing that a mark does at (paragraph, start..end) of the rejected view.

    `net` is false for text that was added and taken away again: no reader of either view sees it. `move` names the
    range of a move. `source` is the run, row or comment mark that it was read from; `block` the w:p around it. `rows`
    are the paragraphs that a taken row spans, or those between which an added one stands; `inside`, that an added row
    stands among paragraphs that were added at the same place. `mark` is the element that says all this, and `folds`
    are others of the same person that say no more.
    """

    what: What
    paragraph: int
    start: int
    end: int
    text: str = ""
    author: str = ""
    date: str | None = None
    tracked: bool = True
    net: bool = True
    move: str = ""
    label: str = ""
    old: str = ""
    source: etree._Element | None = None
    block: Block | None = None
    rows: tuple[int, int] = (-1, -1)
    inside: bool = False
    mark: etree._Element | None = None
    folds: list[etree._Element] = field(default_factory=list)

    def moved(self, paragraph: int, start: int, end: int) -> "Step":
        """The same step at another place."""
        return replace(self, paragraph=paragraph, start=start, end=end)


@dataclass(slots=True, eq=False)
class Reading:
    """A story's rejected view and the steps that lead from it to the accepted one."""

    story: Story
    paragraphs: list[Paragraph]
    steps: list[Step]
    unknown: dict[str, int] = field(default_factory=dict)
    spans: Mapping[etree._Element, tuple[int, int, int]] = field(default_factory=dict)
    texts: tuple[str, ...] = field(init=False)  # of each paragraph

    def __post_init__(self) -> None:
        self.texts = tuple(paragraph.text for paragraph in self.paragraphs)


def read_story(story: Story) -> Reading:
    """Walk a story once and say what its marks do."""
    return _Reader(story).read()


def when(mark: etree._Element) -> str | None:
    """The moment of a mark with its offset; the true UTC where the file gives one; None where it gives none."""
    stamp = mark.get(f"{{{W16DU_NS}}}dateUtc") or mark.get(w("date"))
    if not stamp:
        return None
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return stamp if moment.tzinfo is not None else stamp + "Z"


class _Reader:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.steps: list[Step] = []
        assembly = assemble(story.blocks, "rejected")
        self.paragraphs = assembly.paragraphs
        self.home = {block: at for at, p in enumerate(self.paragraphs) for block in p.blocks}
        self.orphans = {block: before for before, blocks in assembly.orphans for block in blocks}
        self.moves = move_names(story.root)
        self.spans: dict[etree._Element, tuple[int, int, int]] = {}
        self.last = -1
        self.offset = 0
        self.unfinished = False
        self.seen_rows: set[etree._Element] = set()
        self.row_places: list[tuple[Step, etree._Element]] = []

    def read(self) -> Reading:
        for block in self.story.blocks:
            if not block.rejected or not block.accepted:
                self.read_row(block)
            if block in self.home:
                self.read_block(block)
            elif block in self.orphans:
                self.read_orphan(block)
            else:
                self.read_anchors(block)
        self.place_rows()
        self.steps += self.read_formats()
        self.steps += self.read_equations()
        return Reading(self.story, self.paragraphs, self.steps, self.count_unknown(), self.spans)

    # Paragraphs

    def read_block(self, block: Block) -> None:
        at = self.home[block]
        if at != self.last:
            self.last, self.offset = at, 0
        self.spans[block.element] = (at, 0, len(self.paragraphs[at].text))
        for piece in block.pieces:
            self.read_piece(piece, block)
        if block.marks:
            self.read_end(block, at)
        self.unfinished = block is not self.paragraphs[at].blocks[-1]

    def read_anchors(self, block: Block) -> None:
        """In an added row only the comments have a place of their own."""
        at = max(self.last, 0)
        self.spans[block.element] = (at, self.offset, self.offset)
        for piece in block.pieces:
            if piece.kind in _ANCHORS:
                step = Step("anchor", at, self.offset, self.offset, label=piece.kind, source=piece.node, block=block)
                self.steps.append(step)

    def read_piece(self, piece: Piece, block: Block) -> None:
        at, start = self.last, self.offset
        width = len(piece.text) if piece.rejected else 0
        self.offset += width
        if piece.run is not None:
            first = self.spans.get(piece.run, (at, start, start))[1]
            self.spans[piece.run] = (at, first, self.offset)
        if piece.kind in _ANCHORS:
            self.steps.append(Step("anchor", at, start, start, label=piece.kind, source=piece.node, block=block))
        elif piece.accepted and piece.rejected:
            return
        elif piece.kind not in ("range-start", "range-end") and block.accepted and block.rejected:
            self.mark_piece(piece, block, start, width)

    def mark_piece(self, piece: Piece, block: Block, start: int, width: int) -> None:
        label = "" if piece.text else OBJECT_LABELS.get(piece.kind, "")
        net = piece.accepted or piece.rejected
        if not piece.rejected:
            mark = next(mark for mark in piece.marks if mark.tag in ADDS)
            self.add("add", mark, self.last, start, start, piece.text, net, label, piece.run, block)
        if not piece.accepted:
            mark = next(mark for mark in reversed(piece.marks) if mark.tag in TAKES)
            self.add("take", mark, self.last, start, start + width, piece.text, net, label, piece.run, block)

    def read_end(self, block: Block, at: int) -> None:
        accepted, rejected = block.ends("accepted"), block.ends("rejected")
        if not (block.accepted and block.rejected) or (accepted and rejected):
            return
        adding = [mark for mark in block.marks if mark.tag in ADDS]
        taking = [mark for mark in block.marks if mark.tag in TAKES]
        net = accepted or rejected
        here = self.offset
        if adding:
            self.add("add-end", adding[-1], at, here, here, PARAGRAPH_END, net, "", None, block)
            self.steps[-1].move = self.move_of_end(adding[-1], block)
        if taking:
            self.add("take-end", taking[-1], at, here, here, PARAGRAPH_END, net, "", None, block)
            self.steps[-1].move = self.move_of_end(taking[-1], block)

    def move_of_end(self, mark: etree._Element, block: Block) -> str:
        """A moved paragraph's own mark stands before the range that opens inside the paragraph."""
        if mark.tag not in (MOVE_FROM, MOVE_TO):
            return ""
        within = [m for piece in block.pieces for m in piece.marks if m.tag == mark.tag and m in self.moves]
        return self.moves[within[-1]] if within else self.moves.get(mark, "")

    def read_orphan(self, block: Block) -> None:
        """An added paragraph at the end of its container: it follows the one before, as Word itself would write it."""
        before = self.orphans[block] - 1
        follows = before >= 0 and self.paragraphs[before].container is block.container
        at = before if follows else before + 1
        self.last, self.offset = at, len(self.paragraphs[at].text) if follows else 0
        self.spans[block.element] = (at, self.offset, self.offset)
        if follows:
            self.read_end(block, at)
            for piece in block.pieces:
                self.read_piece(piece, block)
            return
        adding = next((mark for mark in block.marks if mark.tag in ADDS), None)
        text = "".join(piece.text for piece in block.pieces if piece.accepted)
        if adding is not None:
            self.add("add-block", adding, at, 0, 0, text, block.ends("accepted"), "", None, block)

    def add(
        self,
        what: What,
        mark: etree._Element,
        at: int,
        start: int,
        end: int,
        text: str,
        net: bool,
        label: str,
        source: etree._Element | None,
        block: Block | None,
    ) -> None:
        self.steps.append(
            Step(
                what,
                at,
                start,
                end,
                text,
                mark.get(_AUTHOR, ""),
                when(mark),
                net=net,
                move=self.moves.get(mark, ""),
                label=label,
                source=source,
                block=block,
                mark=mark,
            )
        )

    # Rows

    def read_row(self, block: Block) -> None:
        row = marked_row(block)
        if row is None or row in self.seen_rows:
            return
        self.seen_rows.add(row)
        added, taken = row.find(f"{w('trPr')}/{INS}"), row.find(f"{w('trPr')}/{DEL}")
        net = added is None or taken is None
        if added is not None:
            self.add_row_step("add-row", added, row, net)
        if taken is not None:
            self.add_row_step("take-row", taken, row, net)

    def add_row_step(self, what: What, mark: etree._Element, row: etree._Element, net: bool) -> None:
        at, offset = max(self.last, 0), self.offset if self.unfinished else 0
        step = Step(what, at, offset, offset, "", mark.get(_AUTHOR, ""), when(mark), net=net, source=row, mark=mark)
        step.inside = self.unfinished
        self.steps.append(step)
        self.row_places.append((self.steps[-1], row))

    def place_rows(self) -> None:
        """Give each row step its paragraphs: a taken row's own, an added row's neighbours (before, after)."""
        if not self.row_places:
            return
        first: dict[etree._Element, int] = {}
        final: dict[etree._Element, int] = {}
        for at, paragraph in enumerate(self.paragraphs):
            for row in paragraph.element.iterancestors(TR):
                first.setdefault(row, at)
                final[row] = at
        blocks = self.blocks_of_rows()
        before, after = self.neighbours(first, final)
        for step, row in self.row_places:
            step.text = _row_text(blocks.get(row, []), step)
            if step.what == "take-row":
                step.rows = (first.get(row, -1), final.get(row, -1))
                step.paragraph = max(step.rows[0], 0)
                continue
            step.rows = (before[row], after[row])

    def neighbours(
        self, first: Mapping[etree._Element, int], final: Mapping[etree._Element, int]
    ) -> tuple[dict[etree._Element, int], dict[etree._Element, int]]:
        """For each row of a table with marked rows, the nearest paragraph of the rejected view above and below it."""
        above: dict[etree._Element, int] = {}
        below: dict[etree._Element, int] = {}
        for table in dict.fromkeys(row.getparent() for _, row in self.row_places):
            rows = [] if table is None else list(table.iterchildren(TR))
            for found, order, known in ((above, rows, final), (below, rows[::-1], first)):
                latest = -1
                for row in order:
                    found[row] = latest
                    latest = known.get(row, latest)
        return above, below

    def blocks_of_rows(self) -> dict[etree._Element, list[Block]]:
        found: dict[etree._Element, list[Block]] = {row: [] for _, row in self.row_places}
        for block in self.story.blocks:
            row = block.row
            while row is not None:
                if row in found:
                    found[row].append(block)
                row = next(row.iterancestors(TR), None)
        return found

    # Formats, equations, and what nobody knows

    def read_formats(self) -> Iterator[Step]:
        for change in self.story.root.iter(*FORMAT_TAGS, *ENVELOPE_MARKS):
            if elsewhere(change, self.story) or in_added_row(change):
                continue
            at, start, end = self.place(change)
            old, new = describe_format(change)
            yield Step(
                "format", at, start, end, new, change.get(_AUTHOR, ""), when(change), old=old, source=change,
                mark=change,
            )  # fmt: skip

    def place(self, element: etree._Element) -> tuple[int, int, int]:
        for ancestor in element.iterancestors():
            if ancestor in self.spans:
                return self.spans[ancestor]
            inside = next((p for p in ancestor.iter(P) if p in self.spans), None)
            if inside is not None:
                at = self.spans[inside][0]
                return at, 0, 0
            if ancestor is self.story.root:
                break
        return max(len(self.paragraphs) - 1, 0), 0, 0

    def read_equations(self) -> Iterator[Step]:
        """Marks within equations, and those held in the properties of a character."""
        for mark in self.story.root.iter(*MARKS):
            holder = mark.getparent()
            if holder is None or not _in_equation(holder) or elsewhere(mark, self.story):
                continue
            at, start, _ = self.place(mark)
            what: What = "add" if mark.tag in ADDS else "take"
            label = _math_text(mark) or _text_around(holder)
            author, date = mark.get(_AUTHOR, ""), when(mark)
            yield Step(what, at, start, start, "", author, date, label=label, source=mark, mark=mark)

    def count_unknown(self) -> dict[str, int]:
        unknown: dict[str, int] = {}
        signed = cast(list[etree._Element], self.story.root.xpath(".//*[@w:author]", namespaces={"w": W_NS}))
        for element in signed:
            if element.tag not in _KNOWN and not elsewhere(element, self.story):
                name = etree.QName(element).localname
                unknown[name] = unknown.get(name, 0) + 1
        return unknown


def elsewhere(element: etree._Element, story: Story) -> bool:
    """Whether it stands in a text box, which is a story of its own, or repeats what stands in another place."""
    for ancestor in element.iterancestors():
        if ancestor is story.root:
            return False
        if ancestor.tag == w("txbxContent") or (ancestor.tag == FALLBACK and ancestor.getprevious() is not None):
            return True
    return False


def in_added_row(element: etree._Element) -> bool:
    """Whether a row that was added, and so is not in the text before it, is all that it concerns."""
    return any(row.find(f"{w('trPr')}/{INS}") is not None for row in element.iterancestors(TR))


def _in_equation(holder: etree._Element) -> bool:
    parent = holder.getparent()
    if holder.tag == w("rPr"):
        return parent is not None and (parent.tag == w("r") or parent.tag.startswith(f"{{{M_NS}}}"))
    return holder.tag.startswith(f"{{{M_NS}}}")


def _math_text(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(_MATH_TEXT))


def _text_around(holder: etree._Element) -> str:
    """What a mark on the properties of a character speaks of: the equation around it, or the run."""
    for ancestor in holder.iterancestors():
        if ancestor.tag.startswith(f"{{{M_NS}}}") and not ancestor.tag.endswith("Pr"):
            return _math_text(ancestor) or "[equation]"
        if ancestor.tag == w("r"):
            return "".join(node.text or "" for node in ancestor.iter(w("t"), w("delText"))) or "[field]"
    return "[equation]"


def marked_row(block: Block) -> etree._Element | None:
    """The outermost row around a block that bears a mark of its own."""
    found = None
    row = block.row
    while row is not None:
        properties = row.find(w("trPr"))
        if properties is not None and (properties.find(INS) is not None or properties.find(DEL) is not None):
            found = row
        row = next(row.iterancestors(TR), None)
    return found


def _row_text(blocks: Sequence[Block], step: Step) -> str:
    """The text that a row brings or takes away, its cells parted by tabs."""
    cells: dict[etree._Element, list[str]] = {}
    for block in blocks:
        shown = [
            piece.text
            for piece in block.pieces
            if not step.net or (piece.accepted if step.what == "add-row" else piece.rejected)
        ]
        cells.setdefault(block.container, []).append("".join(shown))
    return "\t".join("\n".join(texts) for texts in cells.values())
