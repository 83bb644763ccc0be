"""The amendment table as a spreadsheet, written cell by cell so that nothing in it can ever be a formula."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

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
# A person who edits such a cell would otherwise turn its text into a formula.
_RISKY: Final = ("=", "+", "-", "@", "\t")
_COLUMNS: Final = (
    ("Number", 9),
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
    ("Context", 60),
    ("File", 28),
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
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Amendments" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
        'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": _STYLES,
}


def write_table(consolidation: Consolidation) -> bytes:
    """One row an amendment under a row of headings; the same consolidation always gives the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            _put(archive, name, (_HEAD + text).encode())
        _put(archive, "xl/worksheets/sheet1.xml", _sheet(_rows(consolidation.amendments)))
    return out.getvalue()


def _put(archive: ZipFile, name: str, data: bytes) -> None:
    info = ZipInfo(name, _FIXED_DATE)
    info.compress_type = ZIP_DEFLATED
    archive.writestr(info, data)


def _rows(amendments: Sequence[Amendment]) -> list[tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for amendment in amendments:
        groups.setdefault(amendment.group, []).append(amendment.id)
    return [_row(amendment, groups[amendment.group]) for amendment in amendments]


def _row(amendment: Amendment, group: Sequence[str]) -> tuple[str, ...]:
    return (
        amendment.id,
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
        amendment.context,
        amendment.file,
    )


def _visible(text: str) -> str:
    """A lone paragraph mark would look like an empty cell."""
    return "¶" if text == "\n" else text


def _sheet(rows: Sequence[tuple[str, ...]]) -> bytes:
    sheet = etree.fromstring(f'<worksheet xmlns="{_MAIN}"/>')
    views = _under(sheet, "sheetViews")
    view = _under(views, "sheetView", workbookViewId="0")
    _under(view, "pane", ySplit="1", topLeftCell="A2", activePane="bottomLeft", state="frozen")
    columns = _under(sheet, "cols")
    for number, (_, width) in enumerate(_COLUMNS, start=1):
        _under(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    data = _under(sheet, "sheetData")
    _write_row(data, 1, [name for name, _ in _COLUMNS], _BOLD)
    for number, row in enumerate(rows, start=2):
        _write_row(data, number, row, _PLAIN)
    _under(sheet, "autoFilter", ref=f"A1:{_letter(len(_COLUMNS))}{len(rows) + 1}")
    return etree.tostring(sheet, encoding="UTF-8", xml_declaration=True, standalone=True)


def _write_row(data: etree._Element, number: int, values: Sequence[str], style: str) -> None:
    row = _under(data, "row", r=str(number))
    for column, value in enumerate(values, start=1):
        if not value:
            continue
        risky = value.startswith(_RISKY)
        cell = _under(row, "c", r=f"{_letter(column)}{number}", s=_QUOTED if risky else style, t="inlineStr")
        text = _under(_under(cell, "is"), "t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = _FORBIDDEN.sub("", value)[:_LONGEST_CELL]


def _under(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_MAIN}}}{name}")
    for key, value in attributes.items():
        element.set(key, value)
    return element


def _letter(column: int) -> str:
    return chr(ord("A") + column - 1)
