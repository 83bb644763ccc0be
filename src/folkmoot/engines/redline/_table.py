"""The table as a spreadsheet, written cell by cell so that nothing in it can ever be a formula."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ._decided import CHOICES, DECISION, NUMBER, REASON, WORDS
from ._table_rows import CommentRow, TableRow, amendment_rows, comment_rows
from ._values import Amendment, Consolidation

_FIXED_DATE: Final = (1980, 1, 1, 0, 0, 0)
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_LONGEST_CELL: Final = 32_767
_FORBIDDEN: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN, _BOLD, _QUOTED = "1", "2", "3"
# A text, or its pieces with what is drawn through or under each.
_Cell = str | tuple[tuple[str, str], ...]
# A person who edits such a cell would otherwise turn its text into a formula.
_RISKY: Final = ("=", "+", "-", "@", "\t")
_FROZEN: Final = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)
_LOOKS: Final = {
    look: f'<rPr>{f"<{look}/>" if look else ""}<sz val="11"/><rFont val="Arial"/></rPr>' for look in ("", "strike", "u")
}
_COLUMNS: Final = (
    (NUMBER, 14),
    ("Clause", 16),
    ("Office", 22),
    ("Author", 22),
    ("Date", 21),
    ("Kind", 18),
    ("Before", 48),
    ("After", 48),
    ("Tracked", 10),
    ("Same as", 16),
    ("Conflicts with", 22),
    ("The change marked", 60),
    ("File", 28),
    ("Comment", 40),
    (DECISION, 16),
    (REASON, 32),
    (WORDS, 40),
)
_COMMENTS: Final = (
    (NUMBER, 14),
    ("Clause", 16),
    ("Office", 22),
    ("Author", 22),
    ("On", 40),
    ("Comment", 60),
    ("Replies", 60),
    ("State", 10),
    (DECISION, 16),
    (REASON, 32),
)
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" '
    'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_PARTS: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}worksheet+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_SHEET_TYPE}worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Amendments" sheetId="1" r:id="rId1"/><sheet name="Comments" sheetId="2" r:id="rId3"/>'
        "</sheets></workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
        'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId3" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>'
    ),
    "xl/styles.xml": _STYLES,
}


def write_table(consolidation: Consolidation) -> bytes:
    """A row an amendment and a sheet for the comments; the same consolidation always gives the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            _put(archive, name, (_HEAD + text).encode())
        _put(archive, "xl/worksheets/sheet1.xml", _sheet(_COLUMNS, _rows(consolidation)))
        comments = [_comment(row) for row in comment_rows(consolidation)]
        _put(archive, "xl/worksheets/sheet2.xml", _sheet(_COMMENTS, comments))
    return out.getvalue()


def _put(archive: ZipFile, name: str, data: bytes) -> None:
    info = ZipInfo(name, _FIXED_DATE)
    info.compress_type = ZIP_DEFLATED
    archive.writestr(info, data)


def _rows(found: Consolidation) -> list[tuple[_Cell, ...]]:
    groups: dict[str, list[str]] = {}
    for amendment in found.amendments:
        groups.setdefault(amendment.group, []).append(amendment.id)
    rows = zip(found.amendments, amendment_rows(found), strict=True)
    return [_row(amendment, row, groups[amendment.group]) for amendment, row in rows]


def _row(amendment: Amendment, row: TableRow, group: Sequence[str]) -> tuple[_Cell, ...]:
    return (
        row.number,
        amendment.clause,
        amendment.office,
        amendment.author,
        amendment.date or "",
        amendment.kind,
        _visible(amendment.before),
        _visible(amendment.after),
        "yes" if amendment.tracked else "no",
        ", ".join(other for other in group if other != amendment.id),
        ", ".join(amendment.conflicts),
        ((row.lead_in, ""), (_visible(row.before), "strike"), (_visible(row.after), "u"), (row.lead_out, "")),
        amendment.file,
        row.comment,
        row.decision,
        row.reason,
        row.words,
    )


def _comment(row: CommentRow) -> tuple[_Cell, ...]:
    said = (row.number, row.clause, row.office, row.author, row.on, row.text, row.replies, row.state)
    return (*said, row.decision, row.reason)


def _visible(text: str) -> str:
    """A lone paragraph mark would look like an empty cell."""
    return "¶" if text == "\n" else text


def _sheet(columns: Sequence[tuple[str, int]], rows: Sequence[tuple[_Cell, ...]]) -> bytes:
    """The sheet as text: a tree of its tens of thousands of elements takes four times as long."""
    widths = (
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, (_, width) in enumerate(columns, start=1)
    )
    names = [name for name, _ in columns]
    lines = (_line(number, row, _PLAIN) for number, row in enumerate(rows, start=2))
    filtered = f'<autoFilter ref="A1:{_letter(len(columns))}{len(rows) + 1}"/>'
    offer = _choices(_letter(names.index(DECISION) + 1), len(rows) + 1) if rows else ""
    return "".join(
        (
            f'{_HEAD}<worksheet xmlns="{_MAIN}">{_FROZEN}<cols>{"".join(widths)}</cols><sheetData>',
            _line(1, names, _BOLD),
            *lines,
            f"</sheetData>{filtered}{offer}</worksheet>",
        )
    ).encode()


def _choices(column: str, last: int) -> str:
    """A list to choose from in each cell of the column; other words may be typed, and the reader says what is wrong."""
    words = _escaped(f'"{",".join(CHOICES.values())}"')
    return (
        f'<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="{column}2:{column}{last}">'
        f"<formula1>{words}</formula1></dataValidation></dataValidations>"
    )


def _line(number: int, values: Sequence[_Cell], style: str) -> str:
    cells = (_cell(f"{_letter(column)}{number}", value, style) for column, value in enumerate(values, start=1) if value)
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: _Cell, style: str) -> str:
    pieces = [(value, "")] if isinstance(value, str) else value
    pieces = [(_FORBIDDEN.sub("", text), look) for text, look in pieces if text]
    whole = "".join(text for text, _ in pieces)
    if not whole:
        return ""
    if isinstance(value, str) or len(whole) > _LONGEST_CELL:
        inside = _said(whole[:_LONGEST_CELL])
    else:
        inside = "".join(f"<r>{_LOOKS[look]}{_said(text)}</r>" for text, look in pieces)
    quoted = _QUOTED if whole.startswith(_RISKY) else style
    return f'<c r="{place}" s="{quoted}" t="inlineStr"><is>{inside}</is></c>'


def _said(text: str) -> str:
    return f'<t xml:space="preserve">{_escaped(text)}</t>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _letter(column: int) -> str:
    return chr(ord("A") + column - 1)
