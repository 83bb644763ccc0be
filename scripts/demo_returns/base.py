"""The invented draft "Bus franchising: a joint ask", in the version that circulates and the one before it."""

import struct
import zlib
from datetime import date
from io import BytesIO

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from folkmoot.engines.redline import DraftClause, compose
from folkmoot.engines.redline._package import Package

TITLE = "Bus franchising: a joint ask"
HANDLING = "OFFICIAL-SENSITIVE"

SCOPE = DraftClause(
    1,
    "Purpose and scope",
    (
        "This paper sets out what the fourteen regions ask of government so that any region that chooses bus "
        "franchising can bring it in within two years of deciding to.",
        "It covers powers, money, assets and data. It takes no view on whether a region should franchise: that "
        "is for each mayor to decide.",
    ),
)
ROUTE = (
    DraftClause(
        1,
        "A shorter route to powers",
        (
            "A region that already runs its transport plan should be able to adopt franchising by its own "
            "decision, after one assessment and one audit. We ask that:",
        ),
    ),
    DraftClause(
        3,
        "",
        (
            "the consent of the Department for Places and Transport is no longer needed for each scheme;",
            "the independent audit is kept, and its report is published with the decision; and",
            "guidance on the assessment is cut to what the law requires.",
        ),
    ),
)
CONSULTATION = DraftClause(
    1,
    "One consultation, not two",
    (
        "Today a region consults on the scheme and again on each change to it. One consultation of twelve weeks, "
        "on the scheme as a whole, is enough.",
        "Later changes that touch the routes of no more than one operator should need notice only.",
    ),
)
PREPARATION = (
    DraftClause(1, "Money to prepare"),
    DraftClause(
        2,
        "",
        (
            "Preparing a scheme costs a region between four and nine million pounds before the first bus runs.",
            "We ask for a preparation grant of five million pounds for each region, paid in the year in which the "
            "assessment begins. What a region spends it on is shown below.",
        ),
    ),
)
OLD_PREPARATION = (
    DraftClause(1, "Money to prepare"),
    DraftClause(
        2,
        "",
        (
            "Preparing a scheme costs a region between four and nine million pounds before the first bus runs.",
            "We ask for a preparation grant for each region, paid in the year in which the assessment begins. "
            "What a region spends it on is shown below.",
            "A region that has prepared a scheme and not adopted it should keep the grant. It should publish why "
            "it stopped within three months.",
        ),
    ),
)
REVENUE = DraftClause(
    1,
    "Revenue certainty",
    (
        "We ask that government gives each authority that adopts franchising a revenue settlement of at least "
        "three years, paid in one grant, so that the first contracts can be let with confidence.",
    ),
)
OLD_REVENUE = DraftClause(
    1,
    "Revenue certainty",
    (
        "We ask that government gives each authority that adopts franchising a revenue settlement, so that the "
        "first contracts can be let.",
    ),
)
DEPOTS = DraftClause(
    1,
    "Depots and fleets",
    (
        "Where an operator leaves the market, the authority should have the right to buy its depots within ninety "
        "days and at a fair value set by an independent valuer.",
    ),
)
DATA = (
    DraftClause(
        1,
        "Data from operators",
        ("Operators should share, from the day on which a region gives notice of an assessment:",),
    ),
    DraftClause(
        3,
        "",
        (
            "passenger numbers by route and hour for the past five years;",
            "fares, revenue and concessionary journeys by route; and",
            "the age, fuel and condition of each vehicle.",
        ),
    ),
)
BORDERS = DraftClause(
    1,
    "Services across borders",
    (
        "A service that crosses a regional border should need one permit, given by the region in which most of "
        "its stops lie.",
        "Neighbouring regions should be consulted, and may ask for conditions on fares and stops within their "
        "own area.",
    ),
)
RURAL = DraftClause(
    1,
    "Rural and on-demand",
    (
        "Franchising must not be a city power only. A region may include on-demand services and community "
        "transport in a scheme, and may fund them from the same settlement.",
        "Small operators should be able to bid for single routes without a bond above ten thousand pounds.",
    ),
)
FARES = DraftClause(
    1,
    "Fares and tickets",
    (
        "Regions should set fares, tickets and concessions for all franchised services, and may agree them with "
        "train and tram operators.",
        "One ticket should be good on every bus in the region, whoever runs it.",
    ),
)
OLD_FARES = DraftClause(
    1,
    "Fares and tickets",
    (
        "Regions should set fares, tickets and concessions for all franchised services under a national fare cap.",
        "One ticket should be good on every bus in the region, whoever runs it.",
    ),
)
STAFF = DraftClause(
    1,
    "Staff transfer",
    (
        "Drivers, engineers and office staff whose work passes to a new operator should move with it, on the "
        "terms that they had.",
        "Pension rights should be protected by a guarantee of government rather than by each region.",
    ),
)
REVIEW = DraftClause(
    1,
    "Review",
    (
        "We ask that government and the regions review these arrangements together three years after the first "
        "scheme begins, and publish what they find.",
    ),
)
OLD_REVIEW = DraftClause(1, "Review", ("We ask that these arrangements are reviewed after three years.",))

CLAUSES = (
    SCOPE,
    *ROUTE,
    CONSULTATION,
    *PREPARATION,
    REVENUE,
    DEPOTS,
    *DATA,
    BORDERS,
    RURAL,
    FARES,
    STAFF,
    REVIEW,
)
OLD_CLAUSES = (
    SCOPE,
    *ROUTE,
    CONSULTATION,
    *OLD_PREPARATION,
    OLD_REVENUE,
    DEPOTS,
    *DATA,
    BORDERS,
    RURAL,
    OLD_FARES,
    STAFF,
    OLD_REVIEW,
)
OTHER_CLAUSES = (
    DraftClause(
        1,
        "What the harbour board decided",
        (
            "The board met on Tuesday and heard from the dredging contractor that the northern channel will be "
            "clear by the spring tides.",
            "Members asked for a monthly note on berthing charges and on the state of the fish quay.",
        ),
    ),
    DraftClause(1, "Next meeting", ("The board meets again in February at the customs house.",)),
)

COSTS = (
    ("Stage", "Months", "Cost (£ million)"),
    ("Assessment", "9", "1.4"),
    ("Audit and consultation", "6", "0.8"),
    ("Procurement", "12", "2.3"),
    ("Depots and systems", "10", "3.1"),
)
NOTE = "Counted from the day on which the papers are published."
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def base_draft() -> bytes:
    """Version 3, which circulates."""
    return _with_furniture(compose(TITLE, CLAUSES, today=date(2026, 11, 16), handling=HANDLING))


def older_draft() -> bytes:
    """Version 2, which one office still has."""
    return _with_furniture(compose(TITLE, OLD_CLAUSES, today=date(2026, 10, 30), handling=HANDLING))


def other_document() -> bytes:
    """What an office sends by mistake."""
    return compose("Note of the harbour board", OTHER_CLAUSES, today=date(2026, 11, 17))


def _with_furniture(data: bytes) -> bytes:
    document = Document(BytesIO(data))
    _add_table(document)
    _add_footnote(document)
    _add_picture(document)
    buffer = BytesIO()
    document.save(buffer)
    return Package.open(buffer.getvalue()).with_parts({})  # the same parts, without the hour of writing


def _paragraph(document, text):
    return next(paragraph for paragraph in document.paragraphs if text in paragraph.text)


def _add_table(document) -> None:
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for row in COSTS:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    _paragraph(document, "We ask for a preparation grant")._p.addnext(table._tbl)


def _add_picture(document) -> None:
    paragraph = _paragraph(document, "Neighbouring regions").insert_paragraph_before()
    paragraph.add_run().add_picture(BytesIO(_sketch_of_a_border()), width=Cm(6))


def _add_footnote(document) -> None:
    paragraph = _paragraph(document, "One consultation of twelve weeks")
    blob = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>\
</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>\
</w:footnote><w:footnote w:id="1"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>\
<w:r><w:t xml:space="preserve"> {NOTE}</w:t></w:r></w:p></w:footnote></w:footnotes>"""
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, blob.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            '<w:footnoteReference w:id="1"/></w:r>'
        )
    )


def _sketch_of_a_border() -> bytes:
    """Two regions, a border between them and a line of stops across it, as a small grey picture."""
    width, height = 120, 40
    rows = []
    for y in range(height):
        row = bytearray(b"\xee" * (width // 2) + b"\xcc" * (width // 2))
        row[width // 2] = 0x40
        if abs(y - height // 2) < 3:
            for stop in range(10, width, 20):
                row[stop : stop + 5] = b"\x20" * 5
        rows.append(b"\x00" + bytes(row))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
