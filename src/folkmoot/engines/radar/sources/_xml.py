"""XML read without entities, without the network, and with whatever is left of it where it is damaged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from .._errors import NotThisSource
from ._text import clean

DECLARED = re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
DECLARATION = re.compile(r"^[\ufeff\s]*<\?xml[^>]*\?>")
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8"))


@dataclass(frozen=True, slots=True)
class Tree:
    """The root of a file; `damaged` where it is not as XML must be, `cut` where its end is missing."""

    root: etree._Element
    damaged: bool = False
    cut: bool = False


def parse(payload: bytes) -> Tree:
    """What the file holds, as far as it goes; what is no XML at all is refused."""
    if not payload.strip():
        raise NotThisSource("It is empty; fetch it again.")
    if payload.lstrip()[:1] in (b"{", b"["):
        raise NotThisSource("It is JSON, not XML; check the address or choose another kind of source.")
    payload = as_utf8(payload)
    parser = _parser()
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise NotThisSource("It is not XML; it may be cut short, so fetch it again.")
    if name_of(root) == "html":
        raise NotThisSource("It is a web page, not XML; check the address, or whether the site refuses us.")
    etree.strip_elements(root, etree.Entity, with_tail=False)  # they stand for nothing here
    # A prefix that nobody declared harms nothing: names are read without.
    damaged = any(error.domain != etree.ErrorDomains.NAMESPACE for error in parser.error_log)
    return Tree(root, damaged, damaged and not is_whole(payload, name_of(root)))


def is_whole(payload: bytes, name: str) -> bool:
    """Whether the file ends with the end of its root."""
    end = payload.rstrip()[-200:].replace(b"\x00", b"").lower()
    return bool(
        re.search(rb"</(?:[\w.-]+:)?" + re.escape(name.encode()) + rb"\s*>(?:\s*<!--.*-->)?\s*$", end, re.DOTALL)
    )


def as_utf8(payload: bytes) -> bytes:
    """The file in UTF-8 without its declaration. What says UTF-8, or nothing, and is not, was written by Windows."""
    for mark, encoding in MARKS:
        if payload.startswith(mark):
            text = payload.decode(encoding, "replace")
            break
    else:
        text = _decoded(payload)
    return DECLARATION.sub("", text, count=1).encode("utf-8", "replace")


def _decoded(payload: bytes) -> str:
    declared = DECLARED.match(payload[:300])
    for encoding in ((declared[1].decode("ascii", "replace"),) if declared else ()) + ("utf-8",):
        try:
            return payload.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return payload.decode("cp1252", "replace")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace and, where the file forgot to declare that, without its prefix."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if name_of(child) == name)


def child(element: etree._Element, name: str) -> etree._Element | None:
    return next(children(element, name), None)


def inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in element.iter() if name_of(one) == name)


def text(element: etree._Element | None, name: str = "") -> str:
    """The words of an element or of one of its children, without the spaces around them."""
    found = child(element, name) if element is not None and name else element
    if found is None:
        return ""
    return clean("".join(part for part in found.itertext() if isinstance(part, str))).strip()
