"""A Word file taken apart to be changed: its parts, their links and their content types stay in step."""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ._names import R_NS, REL
from ._package import CONTENT_TYPES, RELS_NS, TYPES_NS, Package, Relationship, parse_xml, serialise

# Links that a part uses by their id; an id that the part no longer names leads nowhere.
NAMED_LINKS: Final = {
    *("image", "hyperlink", "header", "footer", "oleObject", "package", "chart", "control", "video", "audio", "media"),
    *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "aFChunk", "subDocument", "frame"),
}  # fmt: skip


@dataclass(slots=True)
class Parts:
    """Trees that were asked for by `tree` are written anew by `pack`; everything else is copied byte for byte."""

    package: Package
    _trees: dict[str, etree._Element] = field(default_factory=dict)
    _looked: dict[str, etree._Element] = field(default_factory=dict)
    _bytes: dict[str, bytes] = field(default_factory=dict)
    _removed: set[str] = field(default_factory=set)

    @classmethod
    def open(cls, data: bytes, *, remarks: bool = False) -> "Parts":
        """Take apart the bytes of a Word file, or raise UnreadableFile; `remarks` in the code are kept if asked."""
        return cls(Package.open(data, remarks=remarks))

    @property
    def names(self) -> tuple[str, ...]:
        """The parts that the file will hold."""
        known = dict.fromkeys((*self.package.names, *self._trees, *self._bytes))
        return tuple(name for name in known if name not in self._removed)

    def tree(self, name: str) -> etree._Element:
        """The tree of a part, to be changed."""
        if name not in self._trees:
            self._trees[name] = self.look(name)
            self._looked.pop(name, None)
            self._bytes.pop(name, None)
        return self._trees[name]

    def look(self, name: str) -> etree._Element:
        """The tree of a part, only to be read."""
        if name in self._trees:
            return self._trees[name]
        if name not in self._looked:
            self._looked[name] = self._parse(name)
        return self._looked[name]

    def put(self, name: str, data: bytes) -> None:
        """Replace the bytes of a part."""
        self._trees.pop(name, None)
        self._looked.pop(name, None)
        self._bytes[name] = data

    def add(self, name: str, data: bytes, content_type: str, *, source: str, kind: str) -> str:
        """A new part that `source` links to; gives back the id of the link."""
        self._bytes[name] = data
        self._removed.discard(name)
        types = self.tree(CONTENT_TYPES)
        override = etree.SubElement(types, TYPES_NS + "Override")
        override.set("PartName", "/" + name)
        override.set("ContentType", content_type)
        return self._link(source, kind, posixpath.relpath("/" + name, "/" + posixpath.dirname(source)))

    def remove(self, name: str) -> None:
        """Take a part out, with its own links, every link to it and its content type."""
        self._removed |= {name, rels_name(name)}
        self._forget(lambda link: not link.external and link.target == name)
        types = self.tree(CONTENT_TYPES)
        for entry in list(types):
            if entry.get("PartName", "").lstrip("/") == name:
                types.remove(entry)

    def unlink(self, *kinds: str) -> None:
        """Take out the links of these kinds, wherever they start, with the parts that they lead to."""
        links = [link for source in self._sources() for link in self._links(source) if link.type in kinds]
        for link in links:
            if not link.external and link.target in self.names:
                self.remove(link.target)
        self._forget(lambda link: link.type in kinds)

    def prune(self) -> None:
        """Take out the links that their part no longer names, and the parts that nothing leads to."""
        for source in self._sources():
            if source in self.names and source.endswith(".xml"):
                self._forget_unnamed(source)
        for name in self.unreached():
            self.remove(name)

    def unreached(self) -> list[str]:
        """The parts that no chain of links leads to."""
        reached = self._reachable()
        return [
            name
            for name in self.names
            if name != CONTENT_TYPES and not name.endswith(("/", ".rels")) and name not in reached
        ]

    def links(self) -> Iterator[Relationship]:
        """Every link in the file."""
        return (link for _, link in self.links_with_source())

    def links_with_source(self) -> list[tuple[str, Relationship]]:
        """Every link with the part that it starts from; "" is the file itself."""
        return [(source, link) for source in self._sources() for link in self._links(source)]

    def forget(self, source: str, link_id: str) -> None:
        """Take out one link."""
        self._forget(lambda link: link.id == link_id, source)

    def pack(self) -> bytes:
        """The bytes of the changed file."""
        changed = {name: serialise(tree) for name, tree in self._trees.items() if name not in self._removed}
        changed |= {name: data for name, data in self._bytes.items() if name not in self._removed}
        return self.package.with_parts(changed, without=self._removed)

    def linked(self, kind: str, source: str) -> tuple[str, ...]:
        """The parts that `source` links to as `kind`, as things stand now."""
        return tuple(
            link.target
            for link in self._links(source)
            if link.type == kind and not link.external and link.target in self.names
        )

    def _parse(self, name: str) -> etree._Element:
        return parse_xml(self._bytes[name]) if name in self._bytes else self.package.xml(name)

    def _link(self, source: str, kind: str, target: str) -> str:
        name = rels_name(source)
        if name not in self.names:
            self._trees[name] = etree.fromstring(f'<Relationships xmlns="{RELS_NS.strip("{}")}"/>')
            self._removed.discard(name)
        links = self.tree(name)
        taken = {entry.get("Id") for entry in links}
        fresh = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        entry = etree.SubElement(links, RELS_NS + "Relationship")
        entry.set("Id", fresh)
        entry.set("Type", kind if "/" in kind else REL + kind)
        entry.set("Target", target)
        return fresh

    def _sources(self) -> list[str]:
        """Every part that has links; "" stands for the file itself."""
        return [source_name(name) for name in self.names if name.endswith(".rels")]

    def _links(self, source: str) -> Iterator[Relationship]:
        name = rels_name(source)
        if name not in self.names:
            return
        for entry in self.look(name):
            yield _relationship(entry, source)

    def _forget(self, wanted: Callable[[Relationship], bool], source: str | None = None) -> None:
        for name in self._sources() if source is None else [source]:
            if not any(wanted(link) for link in self._links(name)):
                continue
            links = self.tree(rels_name(name))
            for entry in list(links):
                if wanted(_relationship(entry, name)):
                    links.remove(entry)

    def _forget_unnamed(self, source: str) -> None:
        used = {
            str(value)
            for element in self.look(source).iter(etree.Element)
            for key, value in element.attrib.items()
            if str(key).startswith("{" + R_NS)
        }
        self._forget(lambda link: link.type in NAMED_LINKS and link.id not in used, source)

    def _reachable(self) -> set[str]:
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            for link in self._links(waiting.pop()):
                if not link.external and link.target not in reached:
                    reached.add(link.target)
                    waiting.append(link.target)
        return reached


def rels_name(source: str) -> str:
    """The part that holds the links of a part."""
    folder, base = posixpath.split(source)
    return posixpath.join(folder, "_rels", base + ".rels")


def source_name(rels: str) -> str:
    """The part whose links this part holds."""
    folder, base = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def _relationship(entry: etree._Element, source: str) -> Relationship:
    external = entry.get("TargetMode") == "External"
    target = entry.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")
    kind = entry.get("Type", "")
    return Relationship(entry.get("Id", ""), kind.rpartition("/")[2], target, external)
