"""What a file tells beyond its text: who wrote it, when, with whom, and what it said before."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from ._accept import CELL_MARKS, CHANGES_OF_FORMAT, COMMENT_MARKS, DELETED, INSERTED, RANGE_MARKS
from ._flatten import COMMENT_LINKS, text_parts, unused_notes
from ._hidden import HiddenText
from ._names import W14_NS, W_NS, w
from ._package import CONTENT_TYPES
from ._parts import Parts
from ._pictures import plain_picture

# Links to what is about the document, or about its making, and not in it.
DATA_LINKS: Final = ("customXml",)
BLOCK_LINKS: Final = ("glossaryDocument",)
OTHER_LINKS: Final = (
    *("thumbnail", "printerSettings", "attachedTemplate", "origin", "webextensiontaskpanes", "stylesWithEffects"),
    *("vbaProject", "keyMapCustomizations", "attachedToolbars"),
)
PLAIN_CORE: Final = ("title", "language")
SETTINGS_OF_WORK: Final = (
    *("trackRevisions", "documentProtection", "writeProtection", "revisionView", "attachedTemplate", "mailMerge"),
    *("docVars", "readModeInkLockDown", "saveThroughXslt"),
)
EMBEDDED: Final = ("OLEObject", "externalData")
_TRACKED: Final = (*INSERTED, *DELETED, *CHANGES_OF_FORMAT, *RANGE_MARKS, *CELL_MARKS)
_AT_HOME: Final = re.compile(r"^(file:|[a-z]:\\|\\\\)", re.I)
_Wanted = str | Callable[..., etree._Comment]
_PICTURES: Final = (".png", ".jpg", ".jpeg")


def traces(data: bytes) -> tuple[str, ...]:
    """Each kind of trace that the file carries, in words; empty for what is fit to publish."""
    parts = Parts.open(data, remarks=True)
    return tuple(name for name, carried in _RULES if carried(parts))


def xml_parts(parts: Parts) -> tuple[str, ...]:
    """Every part that is a tree, links apart."""
    return tuple(
        name for name in parts.names if name.endswith(".xml") and name != CONTENT_TYPES and not name.endswith(".rels")
    )


def styles_of(parts: Parts) -> etree._Element | None:
    """The styles of the main part."""
    return next((parts.look(name) for name in parts.linked("styles", parts.package.main_name)), None)


def identifies(name: str) -> bool:
    """Whether an attribute says who or in which session: rsids, authors, ids of paragraphs."""
    tag = etree.QName(name)
    if tag.namespace == W14_NS:
        return tag.localname in ("paraId", "textId")
    if tag.localname in ("author", "initials", "userId", "providerId"):
        return True
    return tag.namespace == W_NS and tag.localname.startswith("rsid")


def leads_home(target: str) -> bool:
    """Whether a link leads to somebody's own computer or server."""
    return _AT_HOME.match(target) is not None


def plain_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def _trees(parts: Parts) -> Iterator[etree._Element]:
    return (parts.look(name) for name in xml_parts(parts))


def _has(*tags: _Wanted) -> Callable[[Parts], bool]:
    return lambda parts: any(next(tree.iter(*tags), None) is not None for tree in _trees(parts))


def _has_named(*names: str) -> Callable[[Parts], bool]:
    return lambda parts: any(
        plain_name(element) in names for tree in _trees(parts) for element in tree.iter(etree.Element)
    )


def _links(*kinds: str) -> Callable[[Parts], bool]:
    return lambda parts: any(link.type in kinds for link in parts.links())


def _says_about_itself(kind: str, plain: tuple[str, ...]) -> Callable[[Parts], bool]:
    def carried(parts: Parts) -> bool:
        return any(
            plain_name(entry) not in plain and "".join(map(str, entry.itertext())).strip()
            for name in parts.linked(kind, "")
            for entry in parts.look(name).iterchildren(etree.Element)
        )

    return carried


def _attributes(parts: Parts) -> bool:
    return any(
        identifies(str(key)) for tree in _trees(parts) for element in tree.iter(etree.Element) for key in element.attrib
    )


def _hidden(parts: Parts) -> bool:
    hidden = HiddenText(styles_of(parts))
    return any(
        next(found(root), None) is not None
        for root in (parts.look(name) for name in text_parts(parts))
        for found in (hidden.runs, hidden.rows, hidden.line_ends)
    )


def _notes_in_pictures(parts: Parts) -> bool:
    return any(
        plain_picture(parts.package.part(name)) != parts.package.part(name)
        for name in parts.names
        if name.lower().endswith(_PICTURES)
    )


def _leads_home(parts: Parts) -> bool:
    return any(link.external and leads_home(link.target) for link in parts.links())


def _unused(parts: Parts) -> bool:
    return bool(unused_notes(parts)) or bool(parts.unreached())


_RULES: Final[tuple[tuple[str, Callable[[Parts], bool]], ...]] = (
    ("tracked changes", _has(*_TRACKED)),
    ("comments", lambda parts: _has(*COMMENT_MARKS)(parts) or _links(*COMMENT_LINKS)(parts)),
    ("names and dates in the properties", _says_about_itself("core-properties", PLAIN_CORE)),
    ("the organisation and program in the properties", _says_about_itself("extended-properties", ())),
    ("custom properties", _links("custom-properties")),
    ("marks of who wrote what in which session", _attributes),
    ("the list of editing sessions", _has_named("rsids", "docId")),
    ("settings of the work on it", _has(*(w(name) for name in SETTINGS_OF_WORK))),
    ("named editors", _has(w("permStart"), w("permEnd"))),
    ("hidden text", _hidden),
    ("data behind the text", lambda parts: _links(*DATA_LINKS)(parts) or _has_named("dataBinding")(parts)),
    ("building blocks", _links(*BLOCK_LINKS)),
    ("previews, templates, printers, signatures or macros", _links(*OTHER_LINKS)),
    ("embedded files", _has_named(*EMBEDDED)),
    ("links to somebody's own computer", _leads_home),
    ("notes inside pictures", _notes_in_pictures),
    ("text that nothing leads to", _unused),
    ("remarks in the code", _has(etree.Comment)),
)
