"""Documents with marks of every kind, drawn together with what they say: the truth comes from the dice.

Each `Marked` knows its text before and after every change, and how many marks it bears, because it was written from
these; nothing here asks the engine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from hypothesis import strategies as st

from tests.engines.redline.words import word_file

AUTHORS: Final = ("Ann Lee", "Bo Hall")


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of XML, its words in the two views, and its marks."""

    xml: str
    rejected: str
    accepted: str
    marks: int


@dataclass(frozen=True, slots=True)
class Line:
    """One w:p, and whether its end stands in the two views."""

    said: Said
    ends_rejected: bool
    ends_accepted: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Paragraphs or a table: XML, the paragraphs of the two views, and the marks."""

    xml: str
    rejected: tuple[str, ...]
    accepted: tuple[str, ...]
    marks: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A whole file."""

    data: bytes
    rejected: tuple[str, ...]
    accepted: tuple[str, ...]
    marks: int


def run(text: str, tag: str = "t", properties: str = "") -> str:
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def by(author: str) -> str:
    return f'w:id="7" w:author="{author}" w:date="2026-11-02T09:30:00Z"'


def words(dice: Random) -> str:
    return "".join(dice.choice("abc ") for _ in range(dice.randint(1, 5)))


def _live(text: str, author: str) -> Said:
    return Said(run(text), text, text, 0)


def _bold(text: str, author: str) -> Said:
    change = f"<w:rPr><w:b/><w:rPrChange {by(author)}><w:rPr/></w:rPrChange></w:rPr>"
    return Said(run(text, properties=change), text, text, 1)


def _added(text: str, author: str) -> Said:
    return Said(f"<w:ins {by(author)}>{run(text)}</w:ins>", "", text, 1)


def _taken(text: str, author: str) -> Said:
    return Said(f"<w:del {by(author)}>{run(text, 'delText')}</w:del>", text, "", 1)


def _both(text: str, author: str) -> Said:
    """Added by one and struck out again by the other."""
    other = AUTHORS[1 - AUTHORS.index(author)]
    inner = f"<w:del {by(other)}>{run(text, 'delText')}</w:del>"
    return Said(f"<w:ins {by(author)}>{inner}</w:ins>", "", "", 2)


def _moved_in(text: str, author: str) -> Said:
    return Said(f"<w:moveTo {by(author)}>{run(text)}</w:moveTo>", "", text, 1)


def _moved_out(text: str, author: str) -> Said:
    return Said(f"<w:moveFrom {by(author)}>{run(text)}</w:moveFrom>", text, "", 1)


def _hollow(text: str, author: str) -> Said:
    """A mark around nothing."""
    return Said(f"<w:ins {by(author)}/>", "", "", 1)


def _signs(text: str, author: str) -> Said:
    """Added with a tab, a line break, and a page break, which is a place and no character."""
    nodes = f'<w:t>x</w:t><w:tab/><w:br/><w:br w:type="page"/><w:t xml:space="preserve">{text}</w:t>'
    return Said(f"<w:ins {by(author)}><w:r>{nodes}</w:r></w:ins>", "", f"x\t\n{text}", 1)


def _field(text: str, author: str) -> Said:
    """The result of a field is text, its code is not; here a part of the result is new."""
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    code = "<w:r><w:instrText>REF x</w:instrText></w:r>"
    added = f"<w:ins {by(author)}>{run(text)}</w:ins>"
    return Said(f"{marks['begin']}{code}{marks['separate']}{run('f')}{added}{marks['end']}", "f", f"f{text}", 1)


def _places(text: str, author: str) -> Said:
    """A bookmark and a note reference have a place and no width."""
    xml = f'<w:bookmarkStart w:id="1" w:name="b"/>{run(text)}<w:bookmarkEnd w:id="1"/>'
    return Said(f'{xml}<w:r><w:footnoteReference w:id="2"/></w:r>', text, text, 0)


_KINDS: Final[tuple[Callable[[str, str], Said], ...]] = (
    *(_live, _live, _bold, _added, _taken, _both, _moved_in, _moved_out, _hollow, _signs, _field, _places),
)
CONTROL: Final = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
_ENVELOPES: Final = (
    "{}",
    "{}",
    CONTROL,
    CONTROL.format(CONTROL),
    '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
    '<w:smartTag w:element="x">{}</w:smartTag>',
    '<w:customXml w:element="x">{}</w:customXml>',
)


def said(dice: Random) -> Said:
    """Some words in one state, perhaps inside an envelope."""
    found = dice.choice(_KINDS)(words(dice), dice.choice(AUTHORS))
    return Said(dice.choice(_ENVELOPES).format(found.xml), found.rejected, found.accepted, found.marks)


def line(dice: Random, *, firm: bool = False) -> Line:
    """A paragraph; a firm one keeps its end in both views."""
    parts = [said(dice) for _ in range(dice.randint(0, 4))]
    state = "" if firm else dice.choice(("", "", "", "ins", "del", "moveTo", "moveFrom", "ins del"))
    author = dice.choice(AUTHORS)
    marks = "".join(f"<w:{name} {by(author)}/>" for name in state.split())
    properties = f"<w:pPr><w:rPr>{marks}</w:rPr></w:pPr>" if marks else ""
    whole = Said(
        f"<w:p>{properties}{''.join(part.xml for part in parts)}</w:p>",
        "".join(part.rejected for part in parts),
        "".join(part.accepted for part in parts),
        sum(part.marks for part in parts) + len(state.split()),
    )
    return Line(whole, "ins" not in state and state != "moveTo", "del" not in state and state != "moveFrom")


def joined(lines: list[Line]) -> Piece:
    """Paragraphs of one container, the last of them firm: an end that a view lacks joins two."""
    views: list[tuple[str, ...]] = []
    for texts, ends in (
        ([one.said.rejected for one in lines], [one.ends_rejected for one in lines]),
        ([one.said.accepted for one in lines], [one.ends_accepted for one in lines]),
    ):
        found, rest = [], ""
        for text, end in zip(texts, ends, strict=True):
            rest += text
            if end:
                found.append(rest)
                rest = ""
        views.append(tuple(found))
    return Piece("".join(one.said.xml for one in lines), views[0], views[1], sum(one.said.marks for one in lines))


def paragraphs(dice: Random) -> Piece:
    """Some paragraphs, the last of them firm, perhaps all in a content control."""
    found = joined([*(line(dice) for _ in range(dice.randint(0, 3))), line(dice, firm=True)])
    around = dice.choice(("{}", "{}", CONTROL, CONTROL.format(CONTROL)))
    return Piece(around.format(found.xml), found.rejected, found.accepted, found.marks)


def cell(dice: Random, depth: int) -> Piece:
    """What a cell holds: paragraphs, at times after a table of its own."""
    last = paragraphs(dice)
    if depth or dice.random() < 0.85:
        return last
    inner = table(dice, 1)
    return Piece(
        inner.xml + last.xml, inner.rejected + last.rejected, inner.accepted + last.accepted, inner.marks + last.marks
    )


def table(dice: Random, depth: int = 0) -> Piece:
    """Rows of two cells, each row as it was, added, taken, or both; rows and cells may stand in content controls."""
    xml, marks = "", 0
    rejected: list[str] = []
    accepted: list[str] = []
    for at in range(dice.randint(1, 3)):
        state = dice.choice(("", "", "ins", "del", "ins del")) if at else ""
        cells = [cell(dice, depth), cell(dice, depth)]
        author = dice.choice(AUTHORS)
        properties = "".join(f"<w:{name} {by(author)}/>" for name in state.split())
        inside = "".join(dice.choice(("{}", "{}", CONTROL)).format(f"<w:tc>{one.xml}</w:tc>") for one in cells)
        row = f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"
        xml += dice.choice(("{}", "{}", CONTROL)).format(row)
        marks += len(state.split()) + sum(one.marks for one in cells)
        rejected += [] if "ins" in state else [text for one in cells for text in one.rejected]
        accepted += [] if "del" in state else [text for one in cells for text in one.accepted]
    return Piece(f"<w:tbl><w:tblPr/><w:tblGrid/>{xml}</w:tbl>", tuple(rejected), tuple(accepted), marks)


def marked_file(seed: int) -> Marked:
    """A file of paragraphs and tables, the same for the same seed."""
    dice = Random(seed)
    kinds = (paragraphs, paragraphs, table)
    pieces = [*(dice.choice(kinds)(dice) for _ in range(dice.randint(0, 4))), joined([line(dice, firm=True)])]
    return Marked(
        word_file("".join(piece.xml for piece in pieces)),
        tuple(text for piece in pieces for text in piece.rejected),
        tuple(text for piece in pieces for text in piece.accepted),
        sum(piece.marks for piece in pieces),
    )


documents = st.integers(0, 2**32 - 1).map(marked_file)
