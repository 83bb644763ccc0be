"""The comments of all offices in one file, each with its thread, its place and its own number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ._comments import Note
from ._ink import Who
from ._marks import Reading, Step
from ._names import W14_NS, W15_NS, W_NS, w
from ._package import Package
from ._parts import Parts
from ._pen import legible
from ._runs import text_nodes

_PARA_ID: Final = f"{{{W14_NS}}}paraId"
_NAMESPACES: Final = {"w": W_NS, "w14": W14_NS, "w15": W15_NS}
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EXTENDED_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
_EXTENDED_LINK: Final = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_IGNORABLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"


@dataclass(slots=True, eq=False)
class _Carried:
    """One comment on its way into the merged file."""

    id: str
    office: str
    note: Note
    para_id: str = ""
    parent: "_Carried | None" = None
    begun: bool = False
    ended: bool = False
    referred: etree._Element | None = None


@dataclass(slots=True)
class Threads:
    """Collects the comments of the returns and writes them beside those of the base."""

    package: Package
    carried: list[_Carried] = field(default_factory=list)
    by_source: dict[tuple[str, str], _Carried] = field(default_factory=dict)

    def add(self, office: str, notes: Sequence[Note]) -> None:
        """Take over the comments of one return."""
        self.by_source = {key: found for key, found in self.by_source.items() if key[0] != office}
        for note in notes:
            found = _Carried(f"new:{len(self.carried)}", office, note)
            self.carried.append(found)
            self.by_source[office, note.id] = found
        for note in notes:
            if note.parent is not None:
                self.by_source[office, note.id].parent = self.by_source.get((office, note.parent))

    def anchor(self, office: str, step: Step) -> Iterator[etree._Element]:
        """What marks the place of a comment; nothing for one that the base already holds."""
        old = "" if step.source is None else step.source.get(w("id"), "")
        found = self.by_source.get((office, old))
        if found is None:
            return
        if step.label == "comment-start" and not found.begun:
            found.begun = True
            yield _named("commentRangeStart", found.id)
        elif step.label == "comment-end" and found.begun and not found.ended:
            found.ended = True
            yield _named("commentRangeEnd", found.id)
        elif step.label == "comment" and found.referred is None:
            found.referred = _reference(found.id)
            yield found.referred

    def hang_missing(self, body: Reading) -> None:
        """A comment without a place of its own would be deleted by Word: give it the end of its paragraph."""
        for found in self.carried:
            at = found.note.start[1] if found.note.start is not None and found.note.start[0] == "body" else 0
            paragraph = body.paragraphs[min(at, len(body.paragraphs) - 1)].element
            if found.begun and not found.ended:
                end = _named("commentRangeEnd", found.id)
                if found.referred is not None:
                    found.referred.addprevious(end)
                else:
                    paragraph.append(end)
            if found.referred is None:
                paragraph.append(_reference(found.id))

    def write(self, parts: Parts) -> list[etree._Element]:
        """Put the comments into the file; gives back the roots whose ids are still to be numbered."""
        main = parts.package.main_name
        names = parts.linked("comments", main)
        if not self.carried:
            return [parts.tree(name) for name in names]
        name = names[0] if names else self._new_part(parts, "comments", _COMMENTS_TYPE, "comments")
        root = parts.tree(name)
        self._give_para_ids(parts, root)
        for found in self.carried:
            root.append(_comment(found))
        self._write_extended(parts)
        return [root]

    def _write_extended(self, parts: Parts) -> None:
        names = parts.linked("commentsExtended", parts.package.main_name)
        name = names[0] if names else self._new_part(parts, "commentsExtended", _EXTENDED_TYPE, _EXTENDED_LINK)
        root = parts.tree(name)
        for found in self.carried:
            entry = etree.SubElement(root, f"{{{W15_NS}}}commentEx")
            entry.set(f"{{{W15_NS}}}paraId", found.para_id)
            if found.parent is not None:
                entry.set(f"{{{W15_NS}}}paraIdParent", found.parent.para_id)
            entry.set(f"{{{W15_NS}}}done", "1" if found.note.resolved else "0")

    def _give_para_ids(self, parts: Parts, root: etree._Element) -> None:
        used = {value for element in root.iter(w("p")) if (value := element.get(_PARA_ID))}
        used |= {value for element in self.package.document.iter(w("p")) if (value := element.get(_PARA_ID))}
        number = 0x10000000
        for found in self.carried:
            while f"{number:08X}" in used:
                number += 1
            found.para_id = f"{number:08X}"
            number += 1

    @staticmethod
    def _new_part(parts: Parts, stem: str, content_type: str, kind: str) -> str:
        folder = parts.package.main_name.rpartition("/")[0]
        name = f"{folder}/{stem}.xml" if folder else f"{stem}.xml"
        while name in parts.names:
            name = name.removesuffix(".xml") + "1.xml"
        tag = w("comments") if stem == "comments" else f"{{{W15_NS}}}commentsEx"
        root = etree.Element(tag, nsmap={**_NAMESPACES, "mc": _IGNORABLE[1:].partition("}")[0]})
        root.set(_IGNORABLE, "w14 w15")
        parts.add(
            name,
            etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True),
            content_type,
            source=parts.package.main_name,
            kind=kind,
        )
        return name


def _named(tag: str, identity: str) -> etree._Element:
    element = etree.Element(w(tag))
    element.set(w("id"), identity)
    return element


def _reference(identity: str) -> etree._Element:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("commentReference")).set(w("id"), identity)
    return run


def _comment(found: _Carried) -> etree._Element:
    note = found.note
    comment = _named("comment", found.id)
    comment.set(w("author"), Who(found.office, note.author, None).name)
    if note.date:
        comment.set(w("date"), note.date)
    comment.set(w("initials"), note.initials or "".join(word[0] for word in note.author.split()) or found.office[:2])
    lines = note.text.split("\n")
    for number, line in enumerate(lines):
        paragraph = etree.SubElement(comment, w("p"), nsmap={"w14": W14_NS})
        if number == len(lines) - 1:
            paragraph.set(_PARA_ID, found.para_id)
        run = etree.SubElement(paragraph, w("r"))
        run.extend(text_nodes(legible(line)))
    return comment
