"""What a change of formatting changed, in words."""

from typing import Final

from lxml import etree

from ._names import w

_CHANGES: Final = {
    w(f"{name}Change"): name for name in ("rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "tblPrEx", "numbering")
}
CELL_MERGE: Final = w("cellMerge")
FORMAT_TAGS: Final = frozenset({*_CHANGES, CELL_MERGE})
_WHERE: Final = {
    "rPr": "",
    "pPr": "paragraph ",
    "sectPr": "page ",
    "tblPr": "table ",
    "tblPrEx": "table ",
    "trPr": "row ",
    "tcPr": "cell ",
    "numbering": "numbering ",
}
_WORDS: Final = {
    "b": "bold",
    "i": "italic",
    "u": "underline",
    "strike": "struck through",
    "dstrike": "struck through twice",
    "caps": "capitals",
    "smallCaps": "small capitals",
    "sz": "size",
    "color": "colour",
    "rFonts": "font",
    "rStyle": "style",
    "pStyle": "style",
    "jc": "alignment",
    "ind": "indent",
    "numPr": "list",
    "lang": "language",
    "vertAlign": "raised or lowered",
    "pgSz": "size",
    "pgMar": "margins",
    "tcW": "width",
    "tblW": "width",
}
# Complex-script twins and Word's own book-keeping say nothing new to a reader.
_SILENT: Final = frozenset({"bCs", "iCs", "szCs", "rPr", "ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"})


def describe_format(change: etree._Element) -> tuple[str, str]:
    """What a format mark says of before and after: ("", "bold"), ("size 22", "size 28")."""
    kind = _CHANGES.get(change.tag)
    if kind is None:
        name = etree.QName(change).localname
        return "", _cell_merge(change) if change.tag == CELL_MERGE else _envelope(name)
    if kind == "numbering":
        return "numbering " + change.get(w("original"), ""), "numbering"
    holder = change.getparent()
    old = _properties(next(iter(change), None))
    new = _properties(holder)
    before = [_say(kind, name, value) for name, value in old.items() if new.get(name) != value]
    after = [_say(kind, name, value) for name, value in new.items() if old.get(name) != value]
    # What differs only in twins and book-keeping is a change all the same.
    return (", ".join(before), ", ".join(after)) if before or after else ("", f"{_WHERE[kind]}properties".lstrip())


def _cell_merge(change: etree._Element) -> str:
    parted = change.get(w("vMerge"), "rest") == "rest" and change.get(w("vMergeOrig")) == "cont"
    return "cells parted" if parted else "cells merged"


def _envelope(name: str) -> str:
    for part, verb in (("Ins", "added"), ("Del", "removed"), ("Move", "moved")):
        if name.startswith("customXml" + part):
            return f"content control {verb}"
    return name


def _properties(holder: etree._Element | None) -> dict[str, str]:
    if holder is None:
        return {}
    found = {}
    for child in holder:
        name = etree.QName(child).localname
        if child.tag not in FORMAT_TAGS and name not in _SILENT:
            found[name] = _value(child)
    return found


def _value(element: etree._Element) -> str:
    stated = element.get(w("val"))
    values = [str(value) for value in element.attrib.values()] if stated is None else [stated]
    values += [_value(child) for child in element]
    return " ".join(dict.fromkeys(value for value in values if value))


def _say(kind: str, name: str, value: str) -> str:
    word = _WORDS.get(name, name)
    text = f"{_WHERE[kind]}{word}"
    return f"{text} {value}" if value and value not in ("true", "1", "on") else text
