"""Cells merged with the one above them, or parted from it, while changes were tracked.

ECMA-376 on `cellMerge`: `vMerge` is what the cell became and `vMergeOrig` what it was, "cont" for merged and "rest"
for not; what it does not say is "rest".
"""

from typing import Final

from lxml import etree

from ._names import w

STATES: Final = ("cont", "rest")
# What the properties of a cell hold behind its vertical merge.
_AFTER_MERGE: Final = tuple(
    w(name)
    for name in (
        *("tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark", "cellIns"),
        *("cellDel", "cellMerge", "tcPrChange"),
    )
)


def set_cell_merge(mark: etree._Element, state: str | None) -> None:
    """Leave a cell merged with the one above ("cont") or not ("rest"), as a view of its mark says."""
    properties = mark.getparent()
    if properties is None or state not in STATES:
        return
    for old in properties.findall(w("vMerge")):
        if state == "cont" or old.get(w("val")) != "restart":
            properties.remove(old)
    if state == "cont":
        put_before(properties, etree.Element(w("vMerge")), _AFTER_MERGE)
        _begin_merge_above(properties)


def _begin_merge_above(properties: etree._Element) -> None:
    """The cell above is where the merged one begins, unless it is merged itself."""
    cell = properties.getparent()
    row = None if cell is None else cell.getparent()
    above = None if row is None else next(row.itersiblings(w("tr"), preceding=True), None)
    if cell is None or row is None or above is None:
        return
    ours, theirs = row.findall(w("tc")), above.findall(w("tc"))
    if len(ours) != len(theirs):
        return
    holder = cell_properties(theirs[ours.index(cell)])
    if holder.find(w("vMerge")) is None and holder.find(w("cellMerge")) is None:
        begin = etree.Element(w("vMerge"))
        begin.set(w("val"), "restart")
        put_before(holder, begin, _AFTER_MERGE)


def cell_properties(cell: etree._Element) -> etree._Element:
    """The properties of a cell, made where it has none."""
    found = cell.find(w("tcPr"))
    if found is None:
        found = etree.Element(w("tcPr"))
        cell.insert(0, found)
    return found


def put_before(properties: etree._Element, child: etree._Element, behind: tuple[str, ...]) -> None:
    """Before the first of those that stand behind it by rule."""
    later = next((other for other in properties if other.tag in behind), None)
    if later is None:
        properties.append(child)
    else:
        later.addprevious(child)
