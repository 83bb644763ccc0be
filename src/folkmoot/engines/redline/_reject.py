"""Rejects every tracked change in a file, as Word's own command does, so that a merge starts from clean ground."""

from collections.abc import Iterator

from lxml import etree

from ._accept import (
    CELL_MARKS,
    DELETED,
    INSERTED,
    RANGE_MARKS,
    drop,
    drop_block,
    drop_row,
    join_with_next,
    unwrap,
)
from ._body import TC, TR, Block, P, assemble, read_blocks
from ._cells import set_cell_merge
from ._names import M_NS, w
from ._package import Package
from ._parts import Parts

_AS_LIVE = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_KEPT = {w("pPr"): {w("rPr"), w("sectPr")}, w("sectPr"): {w("headerReference"), w("footerReference")}}
_CHANGED = tuple(w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr"))


def reject_file(data: bytes) -> bytes:
    """The file as it reads with every tracked change rejected; comments stay."""
    package = Package.open(data)
    parts = Parts.open(data)
    for kind, name in package.story_parts():
        if kind != "comments":
            reject_changes(parts.tree(name))
    return parts.pack()


def reject_changes(root: etree._Element) -> None:
    """Change the tree so that nothing in it is tracked and it reads as if every change were rejected."""
    vanishing = [block.element for holder in _holders(root) for block in _orphans(holder)]
    for row in list(root.iter(TR)):
        if row.find(f"{w('trPr')}/{w('ins')}") is not None:
            drop_row(row)
    for cell in list(root.iter(TC)):
        if cell.find(f"{w('tcPr')}/{w('cellIns')}") is not None:
            _empty(cell)
    joined = [paragraph for paragraph in root.iter(P) if _mark_is_added(paragraph)]
    _restore_looks(root)
    for element in list(root.iter(*INSERTED)):
        _drop_added(element)
    for element in list(root.iter(*DELETED, w("cellDel"))):
        unwrap(element)
    for mark in list(root.iter(w("cellMerge"))):
        set_cell_merge(mark, mark.get(w("vMergeOrig"), "rest"))
    for element in list(root.iter(*RANGE_MARKS, *CELL_MARKS, w("numberingChange"))):
        drop(element)
    for element in root.iter(*_AS_LIVE):
        element.tag = _AS_LIVE[str(element.tag)]
    for paragraph in joined:
        join_with_next(paragraph)
    for paragraph in vanishing:
        if paragraph.getparent() is not None:
            drop_block(paragraph)


def _holders(root: etree._Element) -> Iterator[etree._Element]:
    """The stories of one part."""
    yield from root.iter(w("body"), w("hdr"), w("ftr"), w("footnote"), w("endnote"), w("txbxContent"))


def _orphans(holder: etree._Element) -> Iterator[Block]:
    for _, blocks in assemble(read_blocks(holder), "rejected", keep_last=True).orphans:
        yield from blocks


def _mark_is_added(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return mark is not None and any(child.tag in INSERTED for child in mark)


def _empty(cell: etree._Element) -> None:
    for child in list(cell):
        if child.tag != w("tcPr"):
            drop(child)
    etree.SubElement(cell, P)


def _drop_added(element: etree._Element) -> None:
    """A character of an equation may bear the mark in its own properties; then the character goes."""
    holder = element.getparent()
    run = None if holder is None or holder.tag != w("rPr") else holder.getparent()
    drop(run if run is not None and run.tag == f"{{{M_NS}}}r" else element)


def _restore_looks(root: etree._Element) -> None:
    for change in list(root.iter(*_CHANGED)):
        holder = change.getparent()
        if holder is None or f"{holder.tag}Change" != change.tag:
            drop(change)
            continue
        old = next(iter(change), None)
        kept = _KEPT.get(str(holder.tag), set())
        for child in list(holder):
            if child.tag not in kept:
                holder.remove(child)
        restored = [] if old is None else [child for child in old if child.tag not in kept]
        for place, child in enumerate(restored):
            holder.insert(place, child)
