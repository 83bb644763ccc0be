"""The marks that a merge writes: who made them, when, and the looks that they may carry over from a return."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ._marks import Step
from ._names import w
from ._package import Package
from ._pen import legible
from ._runs import text_nodes

# Word keeps no more of an author's name.
_LONGEST_AUTHOR: Final = 255
_UNMARKED: Final = "tracking off"
RUN_LOOKS: Final = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "vanish", "color", "spacing", "w", "kern", "position", "sz", "szCs"),
    *("highlight", "u", "shd", "vertAlign", "rtl", "cs", "em", "lang"),
)
PARAGRAPH_LOOKS: Final = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs"),
    *("spacing", "ind", "contextualSpacing", "jc", "textAlignment", "outlineLvl"),
)
OTHER_LOOKS: Final = {
    "tblPr": ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"),
    "trPr": ("cantSplit", "trHeight", "tblHeader", "jc"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"),
    "sectPr": ("pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"),
}
# What stands among the properties and is none.
_NO_LOOKS: Final = frozenset(
    w(name)
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "rPr", "sectPr", "cellIns", "cellDel", "cellMerge", "headerReference"),
        *(f"{kind}Change" for kind in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblPrEx", "tblGrid")),
        "footerReference",
    )
)
_REFERENCES: Final = {w("pStyle"): "style", w("rStyle"): "style", w("tblStyle"): "style"}


@dataclass(frozen=True, slots=True)
class Who:
    """One office's hand in a mark."""

    office: str
    author: str
    date: str | None

    @property
    def name(self) -> str:
        """What Word shows as the author."""
        return f"{self.office}: {self.author or _UNMARKED}"


@dataclass(slots=True)
class Ink:
    """Makes marks and runs; `styles` and `lists` are those that the base knows, `moves` what each move wrote.

    `written` are the steps that stand in a mark now, `why_not` says of others why they do not, and `signed` whose
    marks bear which name.
    """

    styles: set[str]
    lists: set[str]
    moves: dict[str, "Move"] = field(default_factory=dict)
    written: set[Step] = field(default_factory=set)
    why_not: dict[Step, str] = field(default_factory=dict)
    signed: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> "Ink":
        """Ink that fits one base."""
        styles = {
            style.get(w("styleId"), "")
            for name in package.related("styles")
            for style in package.xml(name).iterchildren(w("style"))
        }
        lists = {
            num.get(w("numId"), "")
            for name in package.related("numbering")
            for num in package.xml(name).iterchildren(w("num"))
        }
        return cls(styles, lists)

    def mark(self, name: str, whose: Sequence[Who]) -> etree._Element:
        """An empty mark; its id is given once everything is written."""
        element = etree.Element(w(name))
        element.set(w("id"), "0")
        name = _signature(whose)
        element.set(w("author"), name)
        self.signed[name] = self.signed.get(name, frozenset()) | {who.office for who in whose}
        date = next((who.date for who in whose if who.date), None)
        if date:
            element.set(w("date"), date)
        return element

    def share(self, mark: etree._Element, whose: Sequence[Who]) -> None:
        """Put more names on a mark."""
        names = [mark.get(w("author"), ""), *(who.name for who in whose)]
        joined = "; ".join(dict.fromkeys(names))
        before_them = self.signed.get(names[0], frozenset())
        self.signed[joined] = self.signed.get(joined, before_them) | {who.office for who in whose}
        mark.set(w("author"), joined)

    def run(self, text: str, source: etree._Element | None) -> etree._Element:
        """A run of plain text with the looks that may be carried over."""
        run = etree.Element(w("r"))
        looks = self.looks(None if source is None else source.find(w("rPr")), RUN_LOOKS)
        if looks:
            properties = etree.SubElement(run, w("rPr"))
            properties.extend(looks)
        for node in text_nodes(legible(text)):
            run.append(node)
        return run

    def paragraph_properties(self, source: etree._Element | None) -> etree._Element:
        """The looks of a paragraph of a return, as far as the base knows its styles and lists."""
        properties = etree.Element(w("pPr"))
        found = None if source is None else source.find(w("pPr"))
        properties.extend(self.looks(found, PARAGRAPH_LOOKS))
        return properties

    def looks(self, properties: etree._Element | None, allowed: Sequence[str]) -> list[etree._Element]:
        """Copies of the allowed properties, in the order that the format asks for."""
        theirs = _first_of_each(properties)
        known = (theirs[tag] for tag in map(w, allowed) if tag in theirs) if theirs else ()
        return [copy.deepcopy(child) for child in known if self.knows(child)]

    def knows(self, child: etree._Element) -> bool:
        """Whether a style or list that a property names exists in the base."""
        if child.tag in _REFERENCES:
            return child.get(w("val"), "") in self.styles
        if child.tag == w("numPr"):
            number = child.find(w("numId"))
            return number is None or number.get(w("val"), "") in self.lists | {"0"}
        return True

    def recolour(
        self, holder: etree._Element, change: etree._Element, allowed: Sequence[str], whose: Sequence[Who]
    ) -> bool:
        """Give the base's properties what a format mark changed, and write the mark; a second one adds to the first.

        Gives back whether there was anything in the mark that may be carried over.
        """
        theirs = change.getparent()
        if theirs is None:
            return False
        latest = holder.find(change.tag)
        if latest is None:
            latest = self.mark(etree.QName(change).localname, whose)
            old = etree.SubElement(latest, holder.tag)
            old.extend(copy.deepcopy(child) for child in holder if child.tag != w("rPr") or holder.tag != w("pPr"))
            for child in old.findall(w("sectPr")):
                old.remove(child)
        else:
            self.share(latest, whose)
            holder.remove(latest)
        before = next(iter(change), None)
        carried, missed = False, _beyond(before, theirs, allowed)
        ours, new, was = _first_of_each(holder), _first_of_each(theirs), _first_of_each(before)
        for tag in map(w, allowed):
            if _same(was.get(tag), new.get(tag)):
                continue
            if tag in new and not self.knows(new[tag]):
                missed = True
                continue
            carried = True
            if tag in ours:
                holder.remove(ours[tag])
            if tag in new:
                holder.append(copy.deepcopy(new[tag]))
        _sort(holder, allowed)
        holder.append(latest)
        return carried or not missed


@dataclass(slots=True)
class Move:
    """What one move wrote: marks of text and of paragraph ends, in the order of the document."""

    whose: Who
    step: Step
    taken: list[etree._Element] = field(default_factory=list)
    added: list[etree._Element] = field(default_factory=list)


def _signature(whose: Sequence[Who]) -> str:
    names = "; ".join(dict.fromkeys(who.name for who in whose))
    if len(names) <= _LONGEST_AUTHOR:
        return names
    short = (f"{who.office}: {''.join(word[0] for word in who.author.split())}" for who in whose)
    return "; ".join(dict.fromkeys(short))


def _first_of_each(properties: etree._Element | None) -> dict[object, etree._Element]:
    found: dict[object, etree._Element] = {}
    for child in () if properties is None else properties:
        found.setdefault(child.tag, child)
    return found


def _same(a: etree._Element | None, b: etree._Element | None) -> bool:
    if a is None or b is None:
        return a is b
    return etree.tostring(a, method="c14n") == etree.tostring(b, method="c14n")


def _beyond(before: etree._Element | None, theirs: etree._Element, allowed: Sequence[str]) -> bool:
    """Whether a mark changed a property that is not carried over."""
    known = {w(name) for name in allowed}
    old = {} if before is None else {child.tag: child for child in before}
    new = {child.tag: child for child in theirs if child.tag not in _NO_LOOKS}
    return any(not _same(old.get(tag), new.get(tag)) for tag in {*old, *new} - known)


def _sort(holder: etree._Element, allowed: Sequence[str]) -> None:
    """Known properties in their order; what stands after them by rule (the mark's own looks, a section) stays last."""
    order = {w(name): at for at, name in enumerate(allowed)}
    last = {w("rPr"): 1, w("sectPr"): 2}
    children = list(holder)
    known = [child for child in children if child.tag in order]
    rest = [child for child in children if child.tag not in order and child.tag not in last]
    tail = sorted((child for child in children if child.tag in last), key=lambda child: last[child.tag])
    if rest and holder.tag not in (w("rPr"), w("pPr")):
        return
    for child in children:
        holder.remove(child)
    holder.extend([*sorted(known, key=lambda child: order[child.tag]), *rest, *tail])
