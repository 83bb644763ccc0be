"""The stories of a document: the body, and the smaller texts that hang on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ._body import FALLBACK, Block, read_blocks
from ._names import w
from ._package import Package

_NOTES: Final = {"footnotes": (w("footnote"), "footnote"), "endnotes": (w("endnote"), "endnote")}
_LOOKS: Final = ("styles", "numbering")
_TEXT_BOX: Final = w("txbxContent")


@dataclass(slots=True, eq=False)
class Story:
    """One run of paragraphs with a name that a reader knows: "body", "footnote 2", "header"."""

    name: str
    root: etree._Element
    blocks: list[Block]
    part: str


def body_of(package: Package) -> Story:
    """The main text; an absent body reads as an empty one."""
    root = package.document.find(w("body"))
    if root is None:
        root = etree.SubElement(package.document, w("body"))
    return Story("body", root, read_blocks(root), package.main_name)


def stories(package: Package) -> Iterator[Story]:
    """The body first, then text boxes, headers, footers, footnotes and endnotes; comments are read elsewhere."""
    body = body_of(package)
    yield body
    yield from _text_boxes(body.root, package.main_name)
    counted = {"header": 0, "footer": 0}
    parts = package.story_parts()
    for kind, name in parts:
        root = package.beside(name) if kind in counted or kind in _NOTES else None
        if root is None:
            continue
        if kind in counted:
            counted[kind] += 1
            several = sum(1 for other, _ in parts if other == kind) > 1
            label = f"{kind} {counted[kind]}" if several else kind
            yield Story(label, root, read_blocks(root), name)
            yield from _text_boxes(root, name, f"{label} ")
        elif kind in _NOTES:
            yield from _notes(root, name, *_NOTES[kind])


def margins(package: Package) -> Iterator[Story]:
    """What may bear marks and is no part of the text: comments, and the lines that part notes from it."""
    for kind, name in package.story_parts()[1:]:
        root = package.beside(name)
        if root is None:
            continue
        if kind == "comments":
            for number, comment in enumerate(root.iterchildren(w("comment")), start=1):
                yield Story(f"comment {number}", comment, read_blocks(comment), name)
        elif kind in _NOTES:
            tag, label = _NOTES[kind]
            for note in root.iterchildren(tag):
                if note.get(w("type"), "normal") != "normal":
                    yield Story(f"{label} separator", note, read_blocks(note), name)
    for kind in _LOOKS:
        for name in dict.fromkeys(package.related(kind)):
            if (root := package.beside(name)) is not None:
                yield Story(kind, root, [], name)


def _notes(root: etree._Element, part: str, tag: str, label: str) -> Iterator[Story]:
    notes = [note for note in root.iterchildren(tag) if note.get(w("type"), "normal") == "normal"]
    for number, note in enumerate(notes, start=1):
        yield Story(f"{label} {number}", note, read_blocks(note), part)
        yield from _text_boxes(note, part, f"{label} {number} ")


def _text_boxes(root: etree._Element, part: str, where: str = "") -> Iterator[Story]:
    # The fallback of a drawing repeats its text for old readers.
    boxes = [box for box in root.iter(_TEXT_BOX) if next(box.iterancestors(FALLBACK), None) is None]
    for number, box in enumerate(boxes, start=1):
        yield Story(f"{where}text box {number}", box, read_blocks(box), part)
