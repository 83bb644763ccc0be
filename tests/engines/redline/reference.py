"""The standard's rules for accepting and rejecting everything, walked straight and slowly: a second reading of a body.

Written from the standard and from nothing of the engine, so that both may be wrong only by themselves.
"""

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

STRICT = ("http://purl.oclc.org/ooxml/wordprocessingml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")
USUAL = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
W = "{" + USUAL[0] + "}"
GONE = {"accepted": {"del", "moveFrom", "cellDel"}, "rejected": {"ins", "moveTo", "cellIns"}}
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
SKIPPED = {
    "pPr",
    "rPr",
    "sdtPr",
    "sdtEndPr",
    "tblPr",
    "trPr",
    "tcPr",
    "rt",
    "drawing",
    "pict",
    "object",
    "oMath",
    "oMathPara",
}


def reading(data: bytes, view: str) -> list[str]:
    """The paragraphs of the body in one view."""
    return _Walk(GONE[view]).story(_body(data))


def _body(data: bytes) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        links = archive.read("_rels/.rels")
        main = next(
            link.get("Target", "").lstrip("/")
            for link in etree.fromstring(links)
            if link.get("Type", "").endswith("/officeDocument")
        )
        xml = archive.read(main)
    for strict, usual in zip(STRICT, USUAL, strict=True):
        xml = xml.replace(strict.encode(), usual.encode())
    found = etree.fromstring(xml).find(W + "body")
    assert found is not None
    return found


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


class _Walk:
    def __init__(self, gone: set[str]) -> None:
        self.gone = gone
        self.fields: list[bool] = []

    def story(self, container: etree._Element) -> list[str]:
        """A paragraph whose mark is gone joins what follows; before a table or an end there is nothing to join."""
        found: list[str] = []
        rest: str | None = None
        for block in self.blocks(container):
            if isinstance(block, list):
                if rest:
                    found.append(rest)
                rest = None
                found += block
                continue
            text, ends, last = block
            rest = (rest or "") + text
            if ends or last:
                found.append(rest)
                rest = None
        if rest:
            found.append(rest)
        return found

    def blocks(self, container: etree._Element) -> list[list[str] | tuple[str, bool, bool]]:
        flat = list(self.flat(container, False))
        lasts = [at for at, (element, _) in enumerate(flat) if _name(element) == "p"]
        found: list[list[str] | tuple[str, bool, bool]] = []
        for at, (element, lost) in enumerate(flat):
            if _name(element) == "tbl":
                table = self.table(element)
                if table:
                    found.append(table)
            else:
                ends = not lost and not self.is_gone(element.find(f"{W}pPr/{W}rPr"))
                found.append((self.words(element, lost), ends, at == lasts[-1]))
        return found

    def flat(self, container: etree._Element, lost: bool) -> list[tuple[etree._Element, bool]]:
        """Paragraphs and tables in order, out of their envelopes, each with whether a mark around it takes it away."""
        found: list[tuple[etree._Element, bool]] = []
        for child in container:
            name = _name(child)
            if name in ("p", "tbl"):
                found.append((child, lost))
            elif name in ("sdt", "sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo"):
                found += self.flat(child, lost or name in self.gone)
        return found

    def table(self, table: etree._Element) -> list[str]:
        return [
            text
            for row in self.inside(table, "tr")
            if not self.is_gone(row.find(W + "trPr"))
            for cell in self.inside(row, "tc")
            for text in ([""] if self.is_gone(cell.find(W + "tcPr")) else self.story(cell))
        ]

    def inside(self, holder: etree._Element, wanted: str) -> list[etree._Element]:
        found: list[etree._Element] = []
        for child in holder:
            if _name(child) == wanted:
                found.append(child)
            elif _name(child) in ("sdt", "sdtContent", "customXml"):
                found += self.inside(child, wanted)
        return found

    def is_gone(self, properties: etree._Element | None) -> bool:
        return properties is not None and any(_name(child) in self.gone for child in properties)

    def words(self, element: etree._Element, lost: bool) -> str:
        name = _name(element)
        lost = lost or name in self.gone
        if name == "fldChar":
            self.field(element.get(W + "fldCharType", ""))
        if name in ("t", "delText"):
            return "" if lost or any(self.fields) else self.plain(element)
        if name in SIGNS or name in ("br", "sym"):
            return "" if lost or any(self.fields) else self.sign(element)
        if name in SKIPPED:
            return ""
        if name == "AlternateContent":
            return "".join(self.words(child, lost) for child in element if _name(child) == "Choice")
        return "".join(self.words(child, lost) for child in element)

    def field(self, kind: str) -> None:
        """A field's code is not its text."""
        if kind == "begin":
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()

    def plain(self, element: etree._Element) -> str:
        text = element.text or ""
        kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        text = text if kept else text.strip(" \t\r\n")
        return text.replace("\n", " ").replace("\r", " ").replace("\t", " ")

    def sign(self, element: etree._Element) -> str:
        if _name(element) == "sym":
            return chr(int(element.get(W + "char", "fffd"), 16))
        if _name(element) == "br":
            return "" if element.get(W + "type") in ("page", "column") else "\n"
        return SIGNS[_name(element)]
