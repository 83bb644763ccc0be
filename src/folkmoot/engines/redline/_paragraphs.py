"""Whole paragraphs: making them, and what they hand to each other."""

import copy
from typing import Final

from lxml import etree

from ._names import W14_NS, w
from ._pen import Recorder, new_run

_PAIRS: Final = tuple((w(f"{name}Start"), w(f"{name}End")) for name in ("bookmark", "perm", "commentRange"))
RANGE_ENDS: Final = tuple(tag for pair in _PAIRS for tag in pair)
# What a new paragraph does not take over from the one that it follows.
_NOT_INHERITED: Final = ("sectPr", "pPrChange", "pageBreakBefore", "framePr")
# What the properties hold that is not how the paragraph looks.
_NOT_LOOKS: Final = (w("rPr"), w("sectPr"), w("pPrChange"))


def new_paragraph(text: str, model: etree._Element | None) -> etree._Element:
    """A paragraph with this text that has the style and the numbering of the model."""
    paragraph = etree.Element(w("p"))
    properties = model.find(w("pPr")) if model is not None else None
    if properties is not None:
        copied = copy.deepcopy(properties)
        for name in _NOT_INHERITED:
            for element in copied.findall(w(name)):
                copied.remove(element)
        for marks in copied.findall(w("rPr")):
            for mark in list(marks):
                if mark.tag in (w("ins"), w("del"), w("rPrChange")):
                    marks.remove(mark)
        paragraph.append(copied)
    if text:
        looks_like = next(model.iter(w("r")), None) if model is not None else None
        paragraph.append(new_run(text, looks_like))
    return paragraph


def change_properties(
    paragraph: etree._Element, looks: etree._Element, formerly: etree._Element, recorder: Recorder
) -> None:
    """Give a paragraph the looks of another one, and record whose it had before a joined line end is undone."""
    new, old = _looks(looks), _looks(formerly)
    if [etree.tostring(child) for child in new] == [etree.tostring(child) for child in old]:
        return
    properties = _properties(paragraph)
    for child in list(properties):
        if child.tag not in _NOT_LOOKS:
            properties.remove(child)
    for place, child in enumerate(new):
        properties.insert(place, child)
    change = recorder.mark("pPrChange")
    etree.SubElement(change, w("pPr")).extend(old)
    properties.append(change)


def hand_over_section(latest: etree._Element, paragraph: etree._Element) -> None:
    """The new paragraph ends the section that the one before it ended."""
    section = latest.find(f"{w('pPr')}/{w('sectPr')}")
    if section is None:
        return
    properties = _properties(paragraph)
    change = properties.find(w("pPrChange"))
    if change is None:
        properties.append(section)
    else:
        change.addprevious(section)


def previous_paragraph(block: etree._Element) -> etree._Element | None:
    """The paragraph just before this one in the same container, unless a table stands between."""
    element = block.getprevious()
    while element is not None:
        if element.tag == w("p"):
            return element
        if element.tag == w("tbl") or len(element):
            return None
        element = element.getprevious()
    return None


def loose_ends(element: etree._Element) -> list[etree._Element]:
    """Starts and ends of bookmarks and the like whose other half stands elsewhere; they outlive what they stand in."""
    found: list[etree._Element] = []
    for start, end in _PAIRS:
        starts = {mark.get(w("id")): mark for mark in element.iter(start)}
        ends = {mark.get(w("id")): mark for mark in element.iter(end)}
        found += [mark for key, mark in starts.items() if key not in ends]
        found += [mark for key, mark in ends.items() if key not in starts]
    return found


def cells_of(row: etree._Element) -> list[etree._Element]:
    """The cells of a row itself, also those inside content controls; not those of tables within."""
    return [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row]


def forget_identity(element: etree._Element) -> None:
    """A copy must not bear the ids of what it was copied from."""
    for child in element.iter(w("p"), w("tr")):
        for name in ("paraId", "textId"):
            child.attrib.pop(f"{{{W14_NS}}}{name}", "")


def _looks(paragraph: etree._Element) -> list[etree._Element]:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        return []
    return [copy.deepcopy(child) for child in properties if child.tag not in _NOT_LOOKS]


def _properties(paragraph: etree._Element) -> etree._Element:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    return properties
