"""A text made ready for the world: what it says and how it looks, and nothing of how it came about."""

from collections.abc import Collection
from typing import Final

from lxml import etree

from ._accept import drop, drop_block, drop_row, next_block, unwrap
from ._flatten import drop_unused_notes, flatten_parts, text_parts
from ._hidden import HiddenText
from ._names import R_NS, w
from ._parts import Parts
from ._pictures import plain_picture
from ._settings import drop_settings
from ._traces import (
    BLOCK_LINKS,
    DATA_LINKS,
    EMBEDDED,
    OTHER_LINKS,
    PLAIN_CORE,
    SETTINGS_OF_WORK,
    identifies,
    leads_home,
    plain_name,
    styles_of,
    xml_parts,
)

_OF_SESSIONS: Final = ("rsids", "docId", "dataBinding", "placeholder", "permStart", "permEnd", "printerSettings")


def publishable(data: bytes, *, marks: Collection[str] = ()) -> bytes:
    """The file as it may be published: every change accepted, and `traces` finds nothing in it.

    Lines of headers and footers that say nothing but one of the handling `marks` are taken out as well.
    """
    parts = Parts.open(data, remarks=True)
    parts.unlink("custom-properties", *DATA_LINKS, *BLOCK_LINKS, *OTHER_LINKS)
    flatten_parts(parts)
    _drop_hidden(parts)
    _drop_marks(parts, marks)
    for name in xml_parts(parts):
        _clean_tree(parts.tree(name))
    _clean_settings(parts)
    _clean_properties(parts)
    _cut_links_home(parts)
    drop_unused_notes(parts)
    parts.prune()
    _clean_pictures(parts)
    return parts.pack()


def _clean_tree(root: etree._Element) -> None:
    etree.strip_tags(root, etree.Comment)
    for element in list(root.iter(etree.Element)):
        for key in list(element.attrib):
            if identifies(str(key)):
                del element.attrib[key]
        if plain_name(element) in (*_OF_SESSIONS, *EMBEDDED):
            drop(element)


def _drop_hidden(parts: Parts) -> None:
    hidden = HiddenText(styles_of(parts))
    for name in text_parts(parts):
        root = parts.tree(name)
        for row in list(hidden.rows(root)):
            drop_row(row)
        for run in list(hidden.runs(root)):
            _silence(run)
        for paragraph in list(hidden.line_ends(root)):
            _show_line_end(paragraph)


def _silence(run: etree._Element) -> None:
    """Take out what a run says; marks of a field stay, lest a field be left open."""
    for child in list(run):
        if child.tag not in (w("fldChar"), w("rPr")):
            run.remove(child)
    if run.find(w("fldChar")) is None:
        drop(run)


def _show_line_end(paragraph: etree._Element) -> None:
    says_nothing = next(paragraph.iter(w("r")), None) is None
    if says_nothing and next_block(paragraph) is not None and paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None:
        drop_block(paragraph)
        return
    for mark in paragraph.findall(f"{w('pPr')}/{w('rPr')}/{w('vanish')}"):
        drop(mark)


def _drop_marks(parts: Parts, marks: Collection[str]) -> None:
    for kind, name in parts.package.story_parts():
        if kind not in ("header", "footer") or name not in parts.names:
            continue
        for paragraph in list(parts.tree(name).iter(w("p"))):
            said = "".join(str(text.text or "") for text in paragraph.iter(w("t"))).strip()
            if said and said in marks:
                _empty(paragraph)


def _empty(paragraph: etree._Element) -> None:
    """A header must keep a paragraph; an empty one shows nothing."""
    for child in list(paragraph):
        if child.tag != w("pPr"):
            paragraph.remove(child)


def _clean_settings(parts: Parts) -> None:
    for name in parts.linked("settings", parts.package.main_name):
        drop_settings(parts.tree(name), *SETTINGS_OF_WORK)


def _clean_properties(parts: Parts) -> None:
    for name in parts.linked("core-properties", ""):
        root = parts.tree(name)
        for entry in list(root):
            if plain_name(entry) not in PLAIN_CORE:
                root.remove(entry)
    for name in parts.linked("extended-properties", ""):
        root = parts.tree(name)
        for entry in list(root):
            root.remove(entry)


def _cut_links_home(parts: Parts) -> None:
    """A link to a file on somebody's computer helps nobody else, and names the computer and often its owner."""
    for source, link in parts.links_with_source():
        if not (link.external and leads_home(link.target)):
            continue
        if source:
            _forget_link(parts.tree(source), link.id)
        parts.forget(source, link.id)


def _forget_link(root: etree._Element, link_id: str) -> None:
    for element in list(root.iter(etree.Element)):
        named = [key for key, value in element.attrib.items() if str(key).startswith("{" + R_NS) and value == link_id]
        for key in named:
            del element.attrib[key]
        if named and element.tag == w("hyperlink"):
            unwrap(element)


def _clean_pictures(parts: Parts) -> None:
    for name in parts.names:
        if name.lower().endswith((".png", ".jpg", ".jpeg")):
            parts.put(name, plain_picture(parts.package.part(name)))
