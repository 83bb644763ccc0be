"""Lays out a new Word document with real automatic numbering."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from ._compose import DraftClause

# Number format and text of each level, and how far its text stands in (twentieths of a point).
LEVELS = (("decimal", "%1", 567), ("decimal", "%1.%2", 567), ("lowerLetter", "(%3)", 1134))
HEADING_STYLES = ("Heading 1", "Heading 2", "Heading 3")
FONT = "Arial"

# The template's hundred and fifty other styles would be nine tenths of the file.
KEPT_STYLES = {
    *("Normal", "Title", "Header", "Footer", *HEADING_STYLES),
    *("Default Paragraph Font", "Normal Table", "No List", "Table Grid"),
}

# Parts of the library's template that say nothing about our document, or say who made the template.
UNWANTED_RELATIONSHIPS = ("/thumbnail", "/stylesWithEffects", "/customXml")

# XML cannot hold these, in any spelling.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def lay_out(title: str, clauses: Sequence[DraftClause], *, today: date, handling: str) -> bytes:
    """The bytes of a Word document; the same arguments always give the same bytes."""
    document = new_document(title, today=today, handling=handling)
    num_id = _add_numbering(document)
    document.add_paragraph(_legible(title), style="Title")
    for clause in clauses:
        _add_clause(document, clause, num_id)
    return packed(document)


def new_document(title: str, *, today: date, handling: str) -> WordDocument:
    """An empty document in the house's type, with its properties and the handling mark on every page."""
    document = Document()
    _drop_unused_parts(document)
    _set_styles(document)
    _set_properties(document, title, today)
    _mark_pages(document, handling)
    return document


def packed(document: WordDocument) -> bytes:
    """Its bytes, the same on every run."""
    buffer = BytesIO()
    document.save(buffer)
    return _repacked(buffer.getvalue())


def _add_clause(document: WordDocument, clause: DraftClause, num_id: int) -> None:
    if not 1 <= clause.number_level <= len(LEVELS):
        raise ValueError(f"A clause stands at level 1 to {len(LEVELS)}, not {clause.number_level}.")
    level = clause.number_level - 1
    if clause.heading:
        heading = document.add_paragraph(_legible(clause.heading), style=HEADING_STYLES[level])
        _number(heading, level, num_id)
    for text in clause.paragraphs:
        paragraph = document.add_paragraph(_legible(text), style="Normal")
        if not clause.heading:
            _number(paragraph, level, num_id)
        elif level:
            paragraph.paragraph_format.left_indent = Pt(LEVELS[level][2] / 20)


def _number(paragraph: Paragraph, level: int, num_id: int) -> None:
    properties: Any = paragraph._p.get_or_add_pPr()  # the library makes these methods as it starts
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = num_id


def _add_numbering(document: WordDocument) -> int:
    """One multi-level list, 1 / 1.1 / (a), replacing the lists of the template."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" w:hanging="567"/></w:pPr></w:lvl>'
        for level, (kind, text, indent) in enumerate(LEVELS)
    )
    numbering.append(
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
            f"{levels}</w:abstractNum>"
        )
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    return 1


def _set_styles(document: WordDocument) -> None:
    styles = document.styles
    for style in list(styles):
        if style.name not in KEPT_STYLES:
            style.element.getparent().remove(style.element)
    for link in list(styles.element.iter(qn("w:link"))):
        link.getparent().remove(link)
    for name, size in (("Normal", 11), ("Title", 20), *zip(HEADING_STYLES, (14, 12, 11), strict=True)):
        style = styles[name]
        style.font.name = FONT
        style.font.size = Pt(size)
        style.font.bold = name != "Normal"
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{attribute}"), None)
    for borders in styles["Title"].element.iter(qn("w:pBdr")):
        borders.getparent().remove(borders)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _set_properties(document: WordDocument, title: str, today: date) -> None:
    properties = document.core_properties
    stamp = datetime(today.year, today.month, today.day)
    properties.title = _legible(title)[:255]
    properties.author = ""
    properties.comments = ""
    properties.last_modified_by = ""
    properties.language = "en-GB"
    properties.created = properties.modified = stamp
    for part in document.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = (
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
                b'extended-properties"><Application>Folkmoot</Application></Properties>'
            )


def _mark_pages(document: WordDocument, handling: str) -> None:
    """The handling mark at the top and the foot of every page."""
    if not handling:
        return
    section = document.sections[0]
    for edge in (section.header, section.footer):
        paragraph = edge.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(_legible(handling)).bold = True


def _drop_unused_parts(document: WordDocument) -> None:
    for relationships in (document.part.package.rels, document.part.rels):
        for key, relationship in list(relationships.items()):
            if relationship.reltype.endswith(UNWANTED_RELATIONSHIPS):
                del relationships[key]
    settings = document.settings.element
    for tag in ("w:rsids", "w:savePreviewPicture", "w:doNotAutoCompressPictures"):
        for element in settings.findall(qn(tag)):
            settings.remove(element)


def _legible(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _repacked(data: bytes) -> bytes:
    """The same parts without the hour of writing, which would make every run differ."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            still = ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            still.compress_type = ZIP_DEFLATED
            still.external_attr = 0o600 << 16
            target.writestr(still, source.read(entry))
    return out.getvalue()
