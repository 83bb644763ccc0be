"""Counts the revision marks of a file straight from its XML, knowing nothing of the engine."""

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

REVISIONS = frozenset(
    [
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange"),
        *("trPrChange", "tcPrChange"),
        *(f"customXml{kind}RangeStart" for kind in ("Ins", "Del", "MoveFrom", "MoveTo")),
    ]
)
OLD_READERS = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def count_marks(data: bytes) -> int:
    """The marks of all parts, those apart that an alternative for old readers repeats."""
    total = 0
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml") and name.startswith("word/") and "glossary" not in name and "theme" not in name:
                total += sum(1 for element in etree.fromstring(archive.read(name)).iter() if _is_mark(element))
    return total


def _is_mark(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    name = etree.QName(element)
    if name.localname not in REVISIONS or "wordprocessingml" not in (name.namespace or ""):
        return False
    return next(element.iterancestors(OLD_READERS), None) is None
