"""Damages Word files as bad disks, broken programs and bad people do: in the bytes, in the XML, in the zip around it.

`mutant(number, seeds)` is the same for the same number, so that a failure can be looked at again by its number alone.
"""

import copy
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Parts = dict[str, bytes]
_DEPTHS: Final = (*(1,) * 20, *(2,) * 10, *(60,) * 9, 3000)

TAGS: Final = tuple(
    W + name
    for name in (
        *("p", "r", "t", "delText", "ins", "del", "moveFrom", "moveTo", "tbl", "tr", "tc", "sdt", "sdtContent", "body"),
        *("pPr", "rPr", "trPr", "tcPr", "numPr", "fldChar", "instrText", "hyperlink", "rPrChange", "pPrChange", "lvl"),
        *("comment", "commentRangeStart", "commentReference", "footnoteReference", "moveFromRangeStart", "cellDel"),
    )
)
VALUES: Final = ("", "-1", "0", "1", "999999999999", "NaN", "\u00e9\u4e16", "true", "a" * 3000, "..", "%1%2%9", "begin")


def mutant(number: int, seeds: Sequence[bytes]) -> bytes:
    """One damaged file."""
    dice = Random(number)
    data = dice.choice(seeds)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        data = dice.choice(_KINDS)(data, dice)
    return data


# Bytes


def _flipped(data: bytes, dice: Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(dice.randint(1, 8) if damaged else 0):
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


def _cut(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _overwritten(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    junk = dice.choice((b"\0", b"\xff", b"PK\x03\x04", dice.randbytes(9))) * dice.randint(1, 40)
    return data[:at] + junk + data[at + dice.choice((0, len(junk))) :]


def _repeated(data: bytes, dice: Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + data[start : start + 300] + data[start:]


# XML


def _part(parts: Parts, dice: Random) -> str:
    """A part to damage, the text more often than its surroundings."""
    text = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
    return dice.choice(text or sorted(parts)) if dice.random() < 0.8 else dice.choice(sorted(parts))


def _tree_changed(data: bytes, dice: Random) -> bytes:
    """The XML stays well-formed and loses its sense."""

    def change(parts: Parts) -> None:
        name = _part(parts, dice)
        try:
            root = etree.fromstring(parts[name])
        except etree.XMLSyntaxError:
            return
        for _ in range(dice.randint(1, 6)):
            elements = [element for element in root.iter(etree.Element) if element is not root]
            if elements:
                dice.choice(_TREE)(dice.choice(elements), dice.choice(elements), dice)
        parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)

    return _zipped(data, change)


def _dropped(element: etree._Element, _: etree._Element, dice: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _doubled(element: etree._Element, _: etree._Element, dice: Random) -> None:
    element.addnext(copy.deepcopy(element))


def _renamed(element: etree._Element, _: etree._Element, dice: Random) -> None:
    element.tag = dice.choice(TAGS)


def _misplaced(element: etree._Element, other: etree._Element, dice: Random) -> None:
    if element is not other and element not in list(other.iterancestors()):
        other.append(element)


def _revalued(element: etree._Element, _: etree._Element, dice: Random) -> None:
    names = sorted(map(str, element.attrib)) or [W + "val", W + "id"]
    element.set(dice.choice(names), dice.choice(VALUES))


def _unmarked(element: etree._Element, _: etree._Element, dice: Random) -> None:
    element.attrib.clear()


def _wrapped(element: etree._Element, _: etree._Element, dice: Random) -> None:
    for _n in range(dice.choice(_DEPTHS)):
        around = etree.Element(dice.choice(TAGS))
        around.set(W + "author", dice.choice(VALUES))
        parent = element.getparent()
        if parent is None:
            return
        parent.replace(element, around)
        around.append(element)
        element = around


def _reworded(element: etree._Element, _: etree._Element, dice: Random) -> None:
    element.text = dice.choice(("", " ", "\u2029\n\t", "\U0001f5f3", "<w:p/>", "x" * 20_000, "\u202e\u0301"))


_TREE: Final[tuple[Callable[[etree._Element, etree._Element, Random], None], ...]] = (
    *(_dropped, _doubled, _renamed, _misplaced, _revalued, _unmarked, _wrapped, _reworded),
)


def _text_changed(data: bytes, dice: Random) -> bytes:
    """The XML is no longer well-formed, or says what Word never says."""

    def change(parts: Parts) -> None:
        name = _part(parts, dice)
        parts[name] = dice.choice(_TEXT)(parts[name], dice)

    return _zipped(data, change)


def _tag_lost(xml: bytes, dice: Random) -> bytes:
    tags = list(re.finditer(rb"<[^>]*>", xml))
    if not tags:
        return xml
    lost = dice.choice(tags)
    return xml[: lost.start()] + xml[lost.end() :]


def _doctype(xml: bytes, dice: Random) -> bytes:
    entity = dice.choice((b'SYSTEM "file:///etc/hostname"', b'"boom"', b'SYSTEM "http://192.0.2.1/x"'))
    return xml.replace(b"?>", b"?><!DOCTYPE d [<!ENTITY x " + entity + b">]>", 1).replace(b"</w:t>", b"&x;</w:t>", 1)


def _recoded(xml: bytes, dice: Random) -> bytes:
    coding = dice.choice(("utf-16", "utf-16-be", "iso-8859-1", "utf-8-sig"))
    text = xml.decode("utf-8", "replace")
    if dice.random() < 0.7:
        text = text.replace("UTF-8", coding.upper(), 1)
    return text.encode(coding, "replace")


def _stained(xml: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(xml) + 1)
    stain = dice.choice(
        (b"\0", b"\x08", b"\xff\xfe", b"&", b"<", b"<![CDATA[", b"&#0;", b"&nbsp;", b"]]>", b"\xc3\x28")
    )
    return xml[:at] + stain + xml[at:]


_TEXT: Final[tuple[Callable[[bytes, Random], bytes], ...]] = (
    _tag_lost,
    _tag_lost,
    _recoded,
    _recoded,
    _stained,
    _stained,
    _doctype,
)


# Zip


def _zip_changed(data: bytes, dice: Random) -> bytes:
    return _zipped(data, lambda parts: dice.choice(_ZIP)(parts, dice), kind=dice.choice((ZIP_DEFLATED, ZIP_STORED)))


def _part_lost(parts: Parts, dice: Random) -> None:
    parts.pop(dice.choice(sorted(parts)))


def _part_renamed(parts: Parts, dice: Random) -> None:
    name = dice.choice(sorted(parts))
    usual = (name.upper(), name + ".bak", "x" * 300, "word/" + name, name.replace("document", "d\u00f6cument"))
    hostile = ("../" + name, "/" + name, name.replace("/", "\\"), name + "\0.xml", "C:" + name)
    new = hostile if dice.random() < 0.15 else usual
    parts[dice.choice(new)] = parts.pop(name)


def _parts_swapped(parts: Parts, dice: Random) -> None:
    one, two = dice.choice(sorted(parts)), dice.choice(sorted(parts))
    parts[one], parts[two] = parts[two], parts[one]


def _part_emptied(parts: Parts, dice: Random) -> None:
    parts[dice.choice(sorted(parts))] = dice.choice((b"", b"\0" * 100, b"<", b"<a/>"))


def _parts_added(parts: Parts, dice: Random) -> None:
    for number in range(2_500 if dice.random() < 0.05 else dice.randint(1, 5)):
        parts[f"word/extra{number}.xml"] = b"<a/>"


def _part_swollen(parts: Parts, dice: Random) -> None:
    name = _part(parts, dice)
    filler = dice.choice((b" ", b"<!-- -->", b"<w:p/>")) * dice.choice((1_000, 400_000))
    parts[name] = parts[name].replace(b"</w:body>", filler + b"</w:body>", 1)


def _links_changed(parts: Parts, dice: Random) -> None:
    names = [name for name in sorted(parts) if name.endswith(".rels") or name == "[Content_Types].xml"]
    if names:
        name = dice.choice(names)
        old, new = dice.choice(
            ((b"document", b"styles"), (b'Target="', b'Target="../'), (b"main+xml", b"x+xml"), (b"rId1", b""))
        )
        parts[name] = parts[name].replace(old, new, dice.choice((1, 9)))


_ZIP: Final[tuple[Callable[[Parts, Random], None], ...]] = (
    *(_part_lost, _part_renamed, _parts_swapped, _part_emptied, _parts_added, _part_swollen, _links_changed),
)


def _header_changed(data: bytes, dice: Random) -> bytes:
    """A field of the zip's own records set to nonsense: a size, a check sum, a method, a flag, an offset."""
    places = [match.start() for match in re.finditer(rb"PK(\x01\x02|\x03\x04|\x05\x06)", data)]
    if not places:
        return data
    damaged = bytearray(data)
    at = dice.choice(places) + dice.randrange(4, 46, 2)
    if at + 2 <= len(damaged):
        struct.pack_into("<H", damaged, at, dice.choice((0, 1, 8, 99, 0xFFFF, dice.randrange(0x10000))))
    return bytes(damaged)


def _packed_again(data: bytes, dice: Random) -> bytes:
    """A part whose compressed bytes are damaged while the zip around it is sound."""

    def change(parts: Parts) -> None:
        name = _part(parts, dice)
        packed = bytearray(zlib.compress(parts[name]))
        packed[dice.randrange(len(packed))] ^= 0x10
        try:
            parts[name] = zlib.decompress(bytes(packed))
        except zlib.error:
            parts[name] = bytes(packed)

    return _zipped(data, change)


def _zipped(data: bytes, change: Callable[[Parts], None], *, kind: int = ZIP_DEFLATED) -> bytes:
    """The same file with its parts changed; what is no sound zip any more stays as it is."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, struct.error):
        return data
    if parts:
        change(parts)
    out = BytesIO()
    with ZipFile(out, "w", kind) as archive:
        for name, text in parts.items():
            info = ZipInfo("x")
            info.filename = name
            info.compress_type = kind
            archive.writestr(info, text)
    return out.getvalue()


_KINDS: Final[tuple[Callable[[bytes, Random], bytes], ...]] = (
    *(_flipped, _cut, _overwritten, _repeated, _header_changed),
    *(_tree_changed, _tree_changed, _tree_changed, _tree_changed, _tree_changed, _text_changed, _text_changed),
    *(_zip_changed, _zip_changed, _zip_changed, _packed_again),
)
