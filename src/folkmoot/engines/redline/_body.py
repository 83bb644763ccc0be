"""The paragraphs of a story as they stand in the file, and as a reader sees them in one of two views.

A `Block` is one w:p as written, cut into `Piece`s: each a stretch of text (or an object without text) from one
run, with the revision marks that enclose it. A `Paragraph` is what a reader sees after accepting or rejecting
everything: a block, or several whose paragraph marks the view takes away. Coordinates are (paragraph, offset): the
place of a paragraph in `paragraphs(blocks, "rejected")` and a count of characters in its text; `Paragraph.locate`
leads back to the run.

    blocks = read_blocks(package.document.find(w("body")))
    for paragraph in paragraphs(blocks, "rejected"):
        piece, offset = paragraph.locate(12)         # piece.run is the w:r, piece.node the w:t inside it

Nothing here recurses: how deep a document nests is its author's choice, not ours.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from lxml import etree

from ._names import M_NS, MC_NS, XML_SPACE, w

View = Literal["accepted", "rejected"]

INS: Final = w("ins")
DEL: Final = w("del")
MOVE_FROM: Final = w("moveFrom")
MOVE_TO: Final = w("moveTo")
CELL_INS: Final = w("cellIns")
CELL_DEL: Final = w("cellDel")
# A deleted cell leaves an empty one in its place, so that the others keep their columns: its mark works like a run's.
ADDS: Final = frozenset({INS, MOVE_TO, CELL_INS})
TAKES: Final = frozenset({DEL, MOVE_FROM, CELL_DEL})
MARKS: Final = ADDS | TAKES
P: Final = w("p")
R: Final = w("r")
T: Final = w("t")
TBL: Final = w("tbl")
TR: Final = w("tr")
TC: Final = w("tc")
CHOICE: Final = f"{{{MC_NS}}}Choice"
FALLBACK: Final = f"{{{MC_NS}}}Fallback"
ALTERNATE: Final = f"{{{MC_NS}}}AlternateContent"
MATH: Final = frozenset({f"{{{M_NS}}}oMath", f"{{{M_NS}}}oMathPara"})
# Envelopes that a reader does not see.
TRANSPARENT: Final = frozenset(
    {
        w(name)
        for name in (
            "hyperlink",
            "smartTag",
            "sdt",
            "sdtContent",
            "customXml",
            "dir",
            "bdo",
            "fldSimple",
            "ruby",
            "rubyBase",
        )
    }
    | {CHOICE}
)
ANCHORS: Final = {w("commentRangeStart"): "comment-start", w("commentRangeEnd"): "comment-end"}
RANGES: Final = {
    w("moveFromRangeStart"): "range-start",
    w("moveToRangeStart"): "range-start",
    w("moveFromRangeEnd"): "range-end",
    w("moveToRangeEnd"): "range-end",
}
# What a run holds beside text: objects have a place but no width.
OBJECTS: Final = {
    w("instrText"): "field-code",
    w("delInstrText"): "field-code",
    w("footnoteReference"): "note",
    w("endnoteReference"): "note",
    w("commentReference"): "comment",
    w("drawing"): "object",
    w("pict"): "object",
    w("object"): "object",
    ALTERNATE: "object",
}
CHARACTERS: Final = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
VOLATILE_FIELDS: Final = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "DATE", "TIME", "SAVEDATE", "PRINTDATE", "FILENAME", "REVNUM"}
)
_TEXT: Final = frozenset({T, w("delText")})
_FLD_CHAR: Final = w("fldChar")
_FLD_SIMPLE: Final = w("fldSimple")
_PPR: Final = w("pPr")
_RPR: Final = w("rPr")


@dataclass(slots=True, eq=False)
class Piece:
    """Text from one node of one run, or an object without text, and the marks around it, outermost first.

    `volatile` text is the result of a field that the word processor calculates anew without being asked.
    """

    kind: str
    text: str
    node: etree._Element
    run: etree._Element | None
    marks: tuple[etree._Element, ...]
    accepted: bool
    rejected: bool
    volatile: bool = False

    def shown(self, view: View) -> bool:
        """Whether the view keeps it."""
        return self.accepted if view == "accepted" else self.rejected


@dataclass(slots=True, eq=False)
class Block:
    """One w:p as written: its pieces, the marks on its paragraph mark, and where it stands."""

    element: etree._Element
    pieces: list[Piece]
    marks: tuple[etree._Element, ...]
    container: etree._Element
    row: etree._Element | None
    accepted: bool
    rejected: bool

    @property
    def plain(self) -> str | None:
        """What it says where that is the same for every reader at any time, as of most paragraphs; else None."""
        if self.marks or not (self.accepted and self.rejected):
            return None
        text = ""
        for piece in self.pieces:
            if piece.marks or piece.volatile:
                return None
            text += piece.text
        return text

    def shown(self, view: View) -> bool:
        """Whether the view keeps the row and the cell that it stands in."""
        return self.accepted if view == "accepted" else self.rejected

    def ends(self, view: View) -> bool:
        """Whether the view keeps its paragraph mark."""
        return not self.marks or not any(mark.tag in (TAKES if view == "accepted" else ADDS) for mark in self.marks)


@dataclass(slots=True, eq=False)
class Paragraph:
    """One paragraph as a reader sees it; the last of its blocks is the one whose properties it has."""

    blocks: tuple[Block, ...]
    view: View
    pieces: tuple[Piece, ...] = ()
    starts: tuple[int, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        self.pieces = tuple(p for block in self.blocks for p in block.pieces if p.text and p.shown(self.view))
        if len(self.pieces) == 1:
            self.starts, self.text = (0,), self.pieces[0].text
            return
        starts, length = [], 0
        for piece in self.pieces:
            starts.append(length)
            length += len(piece.text)
        self.starts = tuple(starts)
        self.text = "".join(piece.text for piece in self.pieces)

    @property
    def element(self) -> etree._Element:
        """The w:p whose paragraph properties count."""
        return self.blocks[-1].element

    @property
    def container(self) -> etree._Element:
        """The w:body, w:tc, w:footnote, w:hdr... that it stands in."""
        return self.blocks[-1].container

    @property
    def row(self) -> etree._Element | None:
        """The innermost table row that it stands in."""
        return self.blocks[-1].row

    def locate(self, offset: int) -> tuple[Piece, int]:
        """The piece that holds the character at `offset`, and the character's place in it.

        An offset at the end of the text gives the last piece and its length; IndexError where there is no text.
        """
        if not self.pieces:
            raise IndexError(offset)
        at = max(bisect_right(self.starts, offset) - 1, 0)
        return self.pieces[at], min(offset - self.starts[at], len(self.pieces[at].text))


@dataclass(slots=True, eq=False)
class Assembly:
    """The paragraphs of one view, and the empty blocks that the view lets vanish because nothing follows to join."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    orphans: list[tuple[int, tuple[Block, ...]]] = field(default_factory=list)


def read_blocks(container: etree._Element) -> list[Block]:
    """Every w:p of a story in reading order, table cells row by row, text boxes left out."""
    return list(_blocks(container))


def paragraphs(blocks: Sequence[Block], view: View) -> tuple[Paragraph, ...]:
    """The paragraphs that a reader sees in one view, as coordinates count them."""
    return tuple(assemble(blocks, view).paragraphs)


def texts(blocks: Sequence[Block], view: View) -> tuple[str, ...]:
    """The text of each paragraph after Word's own Accept All or Reject All."""
    return tuple(paragraph.text for paragraph in assemble(blocks, view, keep_last=True).paragraphs)


def assemble(blocks: Sequence[Block], view: View, *, keep_last: bool = False) -> Assembly:
    """Join blocks whose paragraph marks the view takes away with what follows them in the same container.

    Where nothing follows, a rest with text stays a paragraph and one without vanishes, unless its cell would be empty;
    with `keep_last` the last mark of a container stays whatever it bears, as in Word. An orphan bears the number of
    paragraphs that stand before it.
    """
    shown = [block for block in blocks if block.shown(view)]
    solid = {block.container for block in shown if not block.marks or block.ends(view)}
    last = {block.container: block for block in shown} if keep_last else {}
    result = Assembly()
    pending: list[Block] = []

    def flush(joined: list[Block]) -> None:
        final = joined[-1]
        container = final.container
        if (
            final.ends(view)
            or last.get(container) is final
            or container not in solid
            or any(piece.text and piece.shown(view) for block in joined for piece in block.pieces)
        ):
            solid.add(container)
            result.paragraphs.append(Paragraph(tuple(joined), view))
        else:
            result.orphans.append((len(result.paragraphs), tuple(joined)))

    for block in shown:
        if pending and pending[-1].container is not block.container:
            flush(pending)
            pending = []
        if not pending and not block.marks:
            result.paragraphs.append(Paragraph((block,), view))
            continue
        pending.append(block)
        if block.ends(view):
            flush(pending)
            pending = []
    if pending:
        flush(pending)
    return result


def _blocks(container: etree._Element) -> Iterator[Block]:
    # Each step: an element, the marks around it, its container, its row, and whether the two views keep it.
    Step = tuple[etree._Element, tuple[etree._Element, ...], etree._Element, etree._Element | None, bool, bool]
    stack: list[Step] = [(child, (), container, None, True, True) for child in reversed(container)]
    ends = _marks_of_ends(container)
    while stack:
        element, marks, home, row, accepted, rejected = stack.pop()
        tag = element.tag
        if tag == P:
            own = (*marks, *ends.get(element, ()))
            yield Block(element, _pieces(element, marks), own, home, row, accepted, rejected)
            continue
        if tag == TR:
            row = element
            accepted, rejected = _narrow(element, accepted, rejected)
        elif tag == TC:
            home = element
            marks = (*marks, *cell_marks(element))
        elif tag in MARKS:
            marks = (*marks, element)
        elif tag == ALTERNATE:
            element = _choice(element)
        elif tag != TBL and tag not in TRANSPARENT:
            continue
        stack.extend((child, marks, home, row, accepted, rejected) for child in reversed(element))


def _narrow(row: etree._Element, accepted: bool, rejected: bool) -> tuple[bool, bool]:
    """A row's own mark governs everything in it."""
    properties = row.find(w("trPr"))
    if properties is None:
        return accepted, rejected
    return accepted and properties.find(DEL) is None, rejected and properties.find(INS) is None


def cell_marks(cell: etree._Element) -> tuple[etree._Element, ...]:
    """The marks that say that a cell was added or taken away."""
    properties = cell.find(w("tcPr"))
    return () if properties is None else tuple(child for child in properties if child.tag in (CELL_INS, CELL_DEL))


def _choice(alternate: etree._Element) -> etree._Element:
    choice = alternate.find(CHOICE)
    if choice is not None:
        return choice
    fallback = alternate.find(FALLBACK)
    return alternate if fallback is None else fallback


def _marks_of_ends(container: etree._Element) -> dict[etree._Element, list[etree._Element]]:
    """The marks that the paragraph mark of each w:p bears: one search for all, as most bear none."""
    found: dict[etree._Element, list[etree._Element]] = {}
    for mark in container.iter(*MARKS):
        holder = mark.getparent()
        properties = None if holder is None or holder.tag != _RPR else holder.getparent()
        paragraph = None if properties is None or properties.tag != _PPR else properties.getparent()
        if paragraph is not None:
            found.setdefault(paragraph, []).append(mark)
    return found


class _Fields:
    """Which complex fields are open within a paragraph; a result inside another field's code is not shown."""

    __slots__ = ("codes", "hidden", "in_code")

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.in_code: list[bool] = []
        self.hidden: list[tuple[Piece, str]] = []

    def step(self, kind: str) -> None:
        if kind == "begin":
            self.in_code.append(True)
            self.codes.append("")
        elif kind == "separate" and self.in_code:
            self.in_code[-1] = False
        elif kind == "end" and self.in_code:
            self.in_code.pop()
            self.codes.pop()

    def read_code(self, text: str) -> None:
        if self.codes:
            self.codes[-1] += text

    def note(self, piece: Piece) -> None:
        if not piece.text or not self.in_code:
            return
        piece.volatile = any(is_volatile(code) for code in self.codes)
        if any(self.in_code):
            self.hidden.append((piece, piece.text))
            piece.text = ""

    def close(self) -> None:
        """A field that never ends hides nothing: better a word too many than one lost."""
        if self.in_code:
            for piece, text in self.hidden:
                piece.text = text


def is_volatile(code: str) -> bool:
    """Whether a field's code asks for something that changes by itself, such as a page number or today's date."""
    words = code.split(None, 1)
    return bool(words) and words[0].upper() in VOLATILE_FIELDS


def _pieces(paragraph: etree._Element, outer: tuple[etree._Element, ...]) -> list[Piece]:
    pieces: list[Piece] = []
    fields = _Fields()
    volatile: set[etree._Element] = set()
    stack = [(child, outer) for child in reversed(paragraph)]
    while stack:
        element, marks = stack.pop()
        tag = element.tag
        if tag == R:
            _read_run(element, marks, pieces, fields, stack)
        elif tag == _PPR:
            continue
        elif tag in MARKS:
            inner = (*marks, element)
            stack.extend((child, inner) for child in reversed(element))
        elif tag in TRANSPARENT:
            stack.extend((child, marks) for child in reversed(element))
        elif tag == ALTERNATE:
            stack.extend((child, marks) for child in reversed(_choice(element)))
        elif tag in ANCHORS:
            pieces.append(_piece(ANCHORS[tag], "", element, None, marks))
        elif tag in RANGES:
            pieces.append(_piece(RANGES[tag], "", element, None, marks))
        elif tag in MATH:
            pieces.append(_piece("object", "", element, None, marks))
        if tag == _FLD_SIMPLE and is_volatile(element.get(w("instr"), "")):
            volatile.update(element.iter(R))
    fields.close()
    for piece in pieces if volatile else ():
        piece.volatile = piece.volatile or piece.run in volatile
    return pieces


def _read_run(
    run: etree._Element,
    marks: tuple[etree._Element, ...],
    pieces: list[Piece],
    fields: _Fields,
    stack: list[tuple[etree._Element, tuple[etree._Element, ...]]],
) -> None:
    for node in run:
        tag = node.tag
        if tag == _RPR:
            continue
        if tag in _TEXT:
            text = node.text or ""
            if node.get(XML_SPACE) != "preserve":
                text = text.strip(" \t\r\n")
            # Three searches for what is hardly ever there are quicker than one walk over every letter.
            text = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
            piece = _piece("text", text, node, run, marks)
            if fields.in_code:
                fields.note(piece)
        elif tag in CHARACTERS:
            # A page or column break is a place, not a character.
            is_place = node.get(w("type")) in ("page", "column")
            piece = _piece("break" if is_place else "text", "" if is_place else CHARACTERS[tag], node, run, marks)
            fields.note(piece)
        elif tag in OBJECTS:
            piece = _piece(OBJECTS[tag], "", node, run, marks)
            if piece.kind == "field-code":
                fields.read_code(node.text or "")
        elif tag == _FLD_CHAR:
            kind = node.get(w("fldCharType"), "")
            fields.step(kind)
            piece = _piece(f"field-{kind}", "", node, run, marks)
        elif tag == w("sym"):
            piece = _piece("text", _symbol(node), node, run, marks)
        elif tag == w("ruby"):
            stack.append((node, marks))
            continue
        else:
            continue
        pieces.append(piece)


def _symbol(node: etree._Element) -> str:
    try:
        return chr(int(node.get(w("char"), ""), 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _piece(
    kind: str, text: str, node: etree._Element, run: etree._Element | None, marks: tuple[etree._Element, ...]
) -> Piece:
    if not marks:
        return Piece(kind, text, node, run, marks, True, True)
    accepted = not any(mark.tag in TAKES for mark in marks)
    rejected = not any(mark.tag in ADDS for mark in marks)
    return Piece(kind, text, node, run, marks, accepted, rejected)


def read_pieces(paragraph: etree._Element) -> list[Piece]:
    """The pieces of one w:p on its own, as they stand now."""
    return _pieces(paragraph, ())
