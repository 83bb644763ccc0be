"""Footnotes and endnotes that offices add, written anew among those of the base."""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ._body import paragraphs
from ._ink import Ink, Who
from ._marks import Reading, Step
from ._names import W_NS, w
from ._package import WORD_TYPE, Package, serialise
from ._parts import Parts

_KINDS: Final = ("footnote", "endnote")
_ID: Final = w("id")
_SEPARATORS: Final = (("separator", "-1"), ("continuationSeparator", "0"))


@dataclass(slots=True)
class Footnotes:
    """Takes over the notes that added references lead to; only their text comes, with the looks that may come."""

    package: Package
    ink: Ink
    roots: dict[str, etree._Element] = field(default_factory=dict)
    added: dict[str, list[etree._Element]] = field(default_factory=dict)
    theirs: dict[tuple[str, str], Reading] = field(default_factory=dict)

    def add(self, readings: list[Reading]) -> None:
        """The notes of the return that is being merged."""
        self.theirs = {}
        for reading in readings:
            kind = etree.QName(reading.story.root).localname
            if kind in _KINDS:
                self.theirs[kind, reading.story.root.get(_ID, "")] = reading

    def reference(self, step: Step, who: Who) -> tuple[etree._Element, ...]:
        """A run that refers to a new copy of the note that an added reference leads to."""
        for kind in _KINDS:
            found = None if step.source is None else step.source.find(w(f"{kind}Reference"))
            reading = None if found is None else self.theirs.get((kind, found.get(_ID, "")))
            if reading is None:
                continue
            identity = self.write(kind, reading, who)
            run = etree.Element(w("r"))
            run.append(self.raised(kind))
            etree.SubElement(run, w(f"{kind}Reference")).set(_ID, identity)
            return (run,)
        return ()

    def write(self, kind: str, reading: Reading, who: Who) -> str:
        """The note itself; gives back its id, which no other note of the base has."""
        used = [int(note.get(_ID, "0")) for note in self.notes_of(kind) if note.get(_ID, "0").lstrip("-").isdigit()]
        note = etree.Element(w(kind))
        note.set(_ID, str(max([0, *used]) + 1))
        for number, paragraph in enumerate(paragraphs(reading.story.blocks, "accepted")):
            fresh = etree.SubElement(note, w("p"))
            fresh.append(self.ink.paragraph_properties(paragraph.element))
            if number == 0:
                run = etree.SubElement(fresh, w("r"))
                run.append(self.raised(kind))
                etree.SubElement(run, w(f"{kind}Ref"))
            if paragraph.pieces:
                mark = self.ink.mark("ins", [who])
                mark.extend(self.ink.run(piece.text, piece.run) for piece in paragraph.pieces)
                fresh.append(mark)
        self.added.setdefault(kind, []).append(note)
        return note.get(_ID, "")

    def notes_of(self, kind: str) -> list[etree._Element]:
        """The notes of the base and those added to it."""
        if kind not in self.roots:
            names = self.package.related(f"{kind}s")
            self.roots[kind] = self.package.xml(names[0]) if names else _empty(kind)
        return [*self.roots[kind].iterchildren(w(kind)), *self.added.get(kind, [])]

    def raised(self, kind: str) -> etree._Element:
        """The looks of a reference mark."""
        properties = etree.Element(w("rPr"))
        style = f"{kind.capitalize()}Reference"
        if style in self.ink.styles:
            etree.SubElement(properties, w("rStyle")).set(w("val"), style)
        else:
            etree.SubElement(properties, w("vertAlign")).set(w("val"), "superscript")
        return properties

    def close(self, parts: Parts, roots: dict[str, etree._Element]) -> None:
        """Put the added notes behind those of the base, into a part of their own where the base has none."""
        main = parts.package.main_name
        for kind, notes in self.added.items():
            names = parts.linked(f"{kind}s", main)
            name = names[0] if names else f"{main.rpartition('/')[0]}/{kind}s.xml".lstrip("/")
            root = roots.setdefault(name, self.roots[kind])
            root.extend(notes)
            if not names:
                parts.add(name, serialise(root), f"{WORD_TYPE}{kind}s+xml", source=main, kind=f"{kind}s")


def _empty(kind: str) -> etree._Element:
    root = etree.Element(w(f"{kind}s"), nsmap={"w": W_NS})
    for separator, identity in _SEPARATORS:
        note = etree.SubElement(root, w(kind))
        note.set(w("type"), separator)
        note.set(_ID, identity)
        run = etree.SubElement(etree.SubElement(note, w("p")), w("r"))
        etree.SubElement(run, w(separator))
    return root
