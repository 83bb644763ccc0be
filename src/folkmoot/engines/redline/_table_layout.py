"""Lays the table out as a Word document: landscape, its head on every page, decisions chosen from a list.

The change is shown by struck and underlined words in colour and not by tracked changes: whoever fills the table in with
tracking on, or accepts all changes at the end, must not lose what the offices asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor

from ._decided import CHOICES, DECISION, NUMBER, PROMPT, REASON, WORDS
from ._layout import FONT, new_document, packed
from ._pen import legible
from ._table_rows import CommentRow, TableRow

_WIDE, _HIGH, _MARGIN = 297, 210, 11
# The name of each column and its width in millimetres.
_AMENDMENTS: Final = (
    *((NUMBER, 23), ("Clause", 21), ("Office", 28), ("Before", 40), ("After, the change marked", 52)),
    *(("Comment", 32), (DECISION, 24), (REASON, 28), (WORDS, 27)),
)
_COMMENTS: Final = (
    *((NUMBER, 23), ("Clause", 21), ("Office", 28), ("On", 38), ("Comment", 54), ("Replies", 42)),
    *(("State", 18), (DECISION, 24), (REASON, 27)),
)
_HOW: Final = (
    "Choose a decision in each row, and give the reason where something is not taken or taken in part. Each row is "
    "known by its number alone: sort, delete and move rows as you like, and leave the numbers as they are."
)
_ADDED, _GONE, _SMALL, _ASKED = "Words added", "Words gone", "Small words", "Asked for"
_STYLE_IDS: Final = {name: name.replace(" ", "") for name in (_ADDED, _GONE, _SMALL, _ASKED)}
_TWIPS_A_MM: Final = 1440 / 25.4

Cells = Iterable[str]


def lay_out_table(
    amendments: Sequence[TableRow], comments: Sequence[CommentRow], *, title: str, handling: str, today: date
) -> bytes:
    """The bytes of a Word document; the same arguments always give the same bytes."""
    document = new_document(title, today=today, handling=handling)
    _turn(document)
    _add_styles(document)
    document.add_paragraph(legible(title), style="Title")
    document.add_paragraph(_HOW)
    controls = count(1)
    document.add_paragraph("Amendments", style="Heading 1")
    if amendments:
        _add_table(document, _AMENDMENTS, (_amendment_cells(row, controls) for row in amendments))
    else:
        document.add_paragraph("No office asks for a change.")
    if comments:
        document.add_paragraph("Comments", style="Heading 1")
        _add_table(document, _COMMENTS, (_comment_cells(row, controls) for row in comments))
    return packed(document)


def _turn(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_WIDE), Mm(_HIGH)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(16)


def _add_styles(document: WordDocument) -> None:
    document.styles["Title"].font.size = Pt(16)
    document.styles["Normal"].font.size = Pt(9)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    for name in _STYLE_IDS:
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.name = FONT
        if name == _ADDED:
            style.font.underline, style.font.color.rgb = True, RGBColor(0x00, 0x5A, 0x30)
        elif name == _GONE:
            style.font.strike, style.font.color.rgb = True, RGBColor(0xA2, 0x1A, 0x0F)
        else:
            style.font.size, style.font.color.rgb = Pt(8), RGBColor(0x50, 0x5A, 0x5F)


def _add_table(document: WordDocument, columns: Sequence[tuple[str, int]], rows: Iterable[Cells]) -> None:
    """Written as XML: the library looks through the whole table for each cell that it adds."""
    widths = [round(width * _TWIPS_A_MM) for _, width in columns]
    head = [_paragraph(_run(name, bold=True)) for name, _ in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = [_row(head, widths, "<w:cantSplit/><w:tblHeader/>")]
    lines += [_row(cells, widths, "<w:cantSplit/>") for cells in rows]
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>'
    )
    document.element.body.insert_element_before(table, "w:sectPr")


def _row(cells: Cells, widths: Sequence[int], properties: str) -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def _amendment_cells(row: TableRow, controls: Iterator[int]) -> Cells:
    yield _text(row.number, _SMALL)
    yield _text(row.clause)
    yield _text(row.office) + "".join(_text(note, _SMALL) for note in row.notes)
    yield _text(_visible(row.before))
    yield _marked(row)
    yield _text(row.comment)
    yield _decision(row.decision, row.number, controls)
    yield _text(row.reason)
    yield _text(row.words)


def _comment_cells(row: CommentRow, controls: Iterator[int]) -> Cells:
    yield _text(row.number, _SMALL)
    yield _text(row.clause)
    yield _text(row.office) + (_text(row.author, _SMALL) if row.author else "")
    yield _text(row.on)
    yield _text(row.text)
    yield _text(row.replies)
    yield _text(row.state)
    yield _decision(row.decision, row.number, controls)
    yield _text(row.reason)


def _marked(row: TableRow) -> str:
    """The change in its place: what goes is struck, what comes is underlined."""
    return _paragraph(
        _run(row.lead_in) + _run(_visible(row.before), _GONE) + _run(_visible(row.after), _ADDED) + _run(row.lead_out)
    )


def _visible(text: str) -> str:
    """A lone paragraph mark would look like nothing."""
    return "¶" if text == "\n" else text


def _decision(chosen: str, number: str, controls: Iterator[int]) -> str:
    """A list to choose from. What was decided before stands in it; otherwise it asks."""
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(one)} w:value={quoteattr(one)}/>" for one in CHOICES.values()
    )
    asks = "" if chosen else "<w:showingPlcHdr/>"
    shown = _run(chosen) if chosen else _run(PROMPT, _ASKED)
    return _paragraph(
        f'<w:sdt><w:sdtPr><w:alias w:val="{DECISION}"/><w:tag w:val={quoteattr(legible(number))}/>'
        f'<w:id w:val="{next(controls)}"/>{asks}<w:dropDownList>{items}</w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )


def _text(text: str, style: str = "") -> str:
    return "".join(_paragraph(_run(line, style)) for line in text.split("\n"))


def _paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def _run(text: str, style: str = "", *, bold: bool = False) -> str:
    if not text:
        return ""
    looks = f'<w:rStyle w:val="{_STYLE_IDS[style]}"/>' if style else "<w:b/>" if bold else ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(_clean(text).split("\n"))
    said = lines.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'


def _clean(text: str) -> str:
    return escape(legible(text))
