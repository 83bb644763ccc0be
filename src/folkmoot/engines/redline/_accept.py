"""Accepts every tracked change in a tree, as Word's own command does."""

from typing import Final

from lxml import etree

from ._cells import set_cell_merge
from ._names import w

INSERTED: Final = (w("ins"), w("moveTo"))
DELETED: Final = (w("del"), w("moveFrom"))
CHANGES_OF_FORMAT: Final = tuple(
    w(name)
    for name in (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "tblPrExChange"),
        *("trPrChange", "tcPrChange", "numberingChange"),
    )
)
RANGE_MARKS: Final = tuple(
    w(f"{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
CELL_MARKS: Final = (w("cellIns"), w("cellMerge"))
COMMENT_MARKS: Final = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))
# What may stand between two paragraphs without being text.
BETWEEN: Final = (
    *RANGE_MARKS,
    *COMMENT_MARKS,
    *(w("bookmarkStart"), w("bookmarkEnd"), w("proofErr"), w("permStart"), w("permEnd")),
)
# What may lie around paragraphs and is not seen, and what such an envelope holds beside paragraphs.
ENVELOPES: Final = (w("sdtContent"), w("sdt"), w("customXml"))
LOOSE: Final = (*BETWEEN, w("sdtPr"), w("sdtEndPr"), w("customXmlPr"))


def accept_changes(root: etree._Element) -> None:
    """Change the tree so that nothing in it is tracked and it reads as if every change were accepted."""
    _drop_deleted_rows(root)
    _empty_deleted_cells(root)
    joined = [paragraph for paragraph in root.iter(w("p")) if _mark_is_deleted(paragraph)]
    _drop_deleted_runs(root)
    for mark in list(root.iter(w("cellMerge"))):
        set_cell_merge(mark, mark.get(w("vMerge")))
    for element in list(root.iter(*DELETED, *CHANGES_OF_FORMAT, *RANGE_MARKS, *CELL_MARKS)):
        drop(element)
    for element in list(root.iter(*INSERTED)):
        unwrap(element)
    for paragraph in joined:
        join_with_next(paragraph)


def drop_comment_marks(root: etree._Element) -> None:
    """Take out where comments hang; their text is another part."""
    for element in list(root.iter(*COMMENT_MARKS)):
        run = element.getparent()
        drop(element)
        if run is not None and run.tag == w("r") and all(child.tag == w("rPr") for child in run):
            drop(run)


def drop(element: etree._Element) -> None:
    """Remove an element; the text that follows it, which Word never writes, stays."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in list(element):
        parent.insert(place, child)
        place += 1
    parent.remove(element)


def _drop_deleted_rows(root: etree._Element) -> None:
    for row in list(root.iter(w("tr"))):
        if row.find(f"{w('trPr')}/{w('del')}") is not None:
            drop_row(row)


def drop_row(row: etree._Element) -> None:
    """Remove a row, and the table with its last row."""
    table = row.getparent()
    drop(row)
    if table is not None and table.tag == w("tbl") and table.find(f".//{w('tr')}") is None:
        holder = table.getparent()
        drop(table)
        keep_cell_whole(holder)


def _empty_deleted_cells(root: etree._Element) -> None:
    """A deleted cell stays as an empty one, so that the others keep their columns."""
    for cell in list(root.iter(w("tc"))):
        mark = cell.find(f"{w('tcPr')}/{w('cellDel')}")
        if mark is not None:
            drop(mark)
            for child in list(cell):
                if child.tag != w("tcPr"):
                    drop(child)
            keep_cell_whole(cell)


def keep_cell_whole(holder: etree._Element | None) -> None:
    """Word calls a cell that does not end in a paragraph damaged."""
    if holder is not None and holder.tag == w("tc") and (not len(holder) or holder[-1].tag != w("p")):
        etree.SubElement(holder, w("p"))


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return mark is not None and any(child.tag in DELETED for child in mark)


def _drop_deleted_runs(root: etree._Element) -> None:
    """A run may bear the mark in its own properties."""
    for element in list(root.iter(*DELETED)):
        properties = element.getparent()
        if properties is None or properties.tag != w("rPr"):
            continue
        run = properties.getparent()
        if run is not None and etree.QName(run).localname == "r":
            drop(run)


def join_with_next(paragraph: etree._Element) -> None:
    """A deleted line end: what is left of the paragraph stands at the start of the next one."""
    following = next_block(paragraph)
    left = [child for child in paragraph if child.tag != w("pPr")]
    if following is not None and following.tag == w("p"):
        place = 1 if len(following) and following[0].tag == w("pPr") else 0
        for child in left:
            following.insert(place, child)
            place += 1
        drop_block(paragraph)
    elif following is not None and not left:
        drop_block(paragraph)


def next_block(block: etree._Element) -> etree._Element | None:
    """The paragraph or table after this one in the same body, cell or note, whatever envelopes lie between."""
    element = block
    while True:
        following = element.getnext()
        if following is None:
            parent = element.getparent()
            if parent is None or parent.tag not in ENVELOPES:
                return None
            element = parent
        elif following.tag in (w("p"), w("tbl")):
            return following
        elif following.tag in ENVELOPES and (inner := following.find(f".//{w('p')}")) is not None:
            return inner
        else:
            element = following


def drop_block(block: etree._Element) -> None:
    """Remove a paragraph, and the envelopes that it leaves empty; what lies between paragraphs stays."""
    parent = block.getparent()
    drop(block)
    while parent is not None and parent.tag in ENVELOPES and not any(child.tag not in LOOSE for child in parent):
        envelope = parent
        parent = envelope.getparent()
        for child in list(envelope):
            if child.tag in BETWEEN:
                envelope.addprevious(child)
        drop(envelope)
