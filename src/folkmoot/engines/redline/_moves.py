"""Which moveFrom belongs to which moveTo: by the name of the range that each stands in, else by author and words."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from ._body import MOVE_FROM, MOVE_TO, P
from ._names import w

FROM_START: Final = w("moveFromRangeStart")
TO_START: Final = w("moveToRangeStart")
_FROM_END: Final = w("moveFromRangeEnd")
_TO_END: Final = w("moveToRangeEnd")
_AUTHOR: Final = w("author")


def move_names(root: etree._Element) -> Mapping[etree._Element, str]:
    """The name of the range that each moveFrom and moveTo of a story stands in."""
    names: dict[etree._Element, str] = {}
    open_ranges: dict[str, dict[str, str]] = {MOVE_FROM: {}, MOVE_TO: {}}
    starts = {FROM_START: MOVE_FROM, TO_START: MOVE_TO}
    ends = {_FROM_END: MOVE_FROM, _TO_END: MOVE_TO}
    for element in root.iter(FROM_START, _FROM_END, TO_START, _TO_END, MOVE_FROM, MOVE_TO):
        tag = element.tag
        if tag in starts:
            open_ranges[starts[tag]][element.get(w("id"), "")] = element.get(w("name"), "")
        elif tag in ends:
            open_ranges[ends[tag]].pop(element.get(w("id"), ""), None)
        elif open_ranges[tag]:
            names[element] = next(reversed(open_ranges[tag].values()))
    return {**_nameless_moves(root, names), **names}


def _nameless_moves(root: etree._Element, named: Mapping[etree._Element, str]) -> Mapping[etree._Element, str]:
    """LibreOffice writes no ranges: there a paragraph's marks pair with those of one author around the same words."""
    loose = [mark for mark in root.iter(MOVE_FROM, MOVE_TO) if len(mark) and mark not in named]
    if not any(mark.tag == MOVE_FROM for mark in loose):
        return {}
    sides: dict[str, dict[tuple[str, str], list[list[etree._Element]]]] = {MOVE_FROM: {}, MOVE_TO: {}}
    for paragraph in dict.fromkeys(next(mark.iterancestors(P), mark) for mark in loose):
        for tag, side in sides.items():
            marks = [mark for mark in paragraph.iter(tag) if mark not in named]
            words = "".join(text.text or "" for mark in marks for text in mark.iter(w("t"), w("delText")))
            if words:
                end = None if _own_end(paragraph, tag) is not None else _bare_end(paragraph.getprevious(), tag)
                side.setdefault((marks[0].get(_AUTHOR, ""), words), []).append(marks if end is None else [end, *marks])
    names: dict[etree._Element, str] = {}
    for key, sources in sides[MOVE_FROM].items():
        for number, (taken, added) in enumerate(zip(sources, sides[MOVE_TO].get(key, ()), strict=False)):
            # A range's name has no line break, so this one is nobody else's.
            names |= dict.fromkeys((*taken, *added), f"\n{number}\n{key[1]}")
    return names


def _own_end(paragraph: etree._Element, tag: str) -> etree._Element | None:
    """The mark of this kind on a paragraph's own end."""
    return paragraph.find(f"{w('pPr')}/{w('rPr')}/{tag}")


def _bare_end(paragraph: etree._Element | None, tag: str) -> etree._Element | None:
    """The mark on the end of a paragraph none of whose words moved: what moved there is the line below it."""
    if paragraph is None or any(len(mark) for mark in paragraph.iter(tag)):
        return None
    return _own_end(paragraph, tag)
