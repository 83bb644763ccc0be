"""Pictures that offices add, drawn anew in the merged file: their pixels, their size and what they say to the blind.

Nothing else of a drawing comes from a return: no link, no macro, no effect, and no note that a camera left.
"""

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from lxml import etree

from ._names import A_NS, R_NS, W_NS, w
from ._package import Package
from ._parts import Parts
from ._pictures import plain_picture

_PLACE: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_NAMES: Final = {"w": W_NS, "wp": _PLACE, "a": A_NS, "pic": _PICTURE, "r": R_NS}
_KINDS: Final = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"))
_LARGEST: Final = 27_273_042_316_900  # the format's own bound on a length
_PAGE: Final = (5_400_000, 8_100_000)
FLOATS: Final = "It floated beside the text, and stands in the line here."


@dataclass(slots=True, eq=False)
class _Image:
    """A picture that has a place and, until the file is packed, no link to its bytes."""

    blip: etree._Element
    data: bytes
    kind: str
    source: str


@dataclass(eq=False)
class Images:
    """Takes over the pictures that the runs of one return after the other show."""

    base: Package
    theirs: Package | None = None
    waiting: list[_Image] = field(default_factory=list)
    kept: dict[bytes, bytes] = field(default_factory=dict)  # one picture that many offices send is held once

    def drawn(self, run: etree._Element, theirs: str, ours: str) -> etree._Element | None:
        """A run with the same picture for a part of the draft; None where it shows something else."""
        blips = list(run.iter(f"{{{A_NS}}}blip"))
        if len(blips) != 1 or run.find(f".//{{{_PICTURE}}}pic") is None or self.theirs is None:
            return None
        data = self.bytes_of(blips[0].get(f"{{{R_NS}}}embed", ""), theirs)
        kind = next((kind for start, kind in _KINDS if data.startswith(start)), None)
        if kind is None:
            return None
        fresh, blip = _run(run, len(self.waiting) + 1 + self.taken)
        plain = plain_picture(data)
        self.waiting.append(_Image(blip, self.kept.setdefault(plain, plain), kind, ours))
        return fresh

    def bytes_of(self, link_id: str, part: str) -> bytes:
        """The picture that a part of the return links to by this id; nothing where it is linked from afar."""
        for link in self.theirs.relationships(part) if self.theirs is not None else ():
            if link.id == link_id and link.type == "image" and not link.external and self.theirs is not None:
                return self.theirs.part(link.target) if self.theirs.has(link.target) else b""
        return b""

    @cached_property
    def taken(self) -> int:
        """The highest number that a drawing of the draft bears."""
        roots = [self.base.document, *(self.base.xml(name) for _, name in self.base.story_parts()[1:])]
        numbers = (place.get("id", "") for root in roots for place in root.iter(f"{{{_PLACE}}}docPr"))
        return max((int(number) for number in numbers if number.isdigit()), default=0)

    def close(self, parts: Parts) -> None:
        """Put the bytes of each picture that found a place into the file."""
        folder = posixpath.join(posixpath.dirname(parts.package.main_name), "media")
        links: dict[tuple[str, bytes], str] = {}
        for image in self.waiting:
            if image.blip.getroottree().getroot().tag == w("r"):
                continue  # it was left out
            key = (image.source, image.data)
            if key not in links:
                name = f"{folder}/returned{len(links) + 1}.{image.kind}"
                links[key] = parts.add(name, image.data, f"image/{image.kind}", source=image.source, kind="image")
            image.blip.set(f"{{{R_NS}}}embed", links[key])


def floats(run: etree._Element) -> bool:
    """Whether a picture stands beside the text rather than in it."""
    return run.find(f".//{{{_PLACE}}}anchor") is not None


def _run(source: etree._Element, number: int) -> tuple[etree._Element, etree._Element]:
    width, height = _size(source)
    said = next((place.get("descr", "") for place in source.iter(f"{{{_PLACE}}}docPr")), "")
    run = etree.Element(w("r"), nsmap=_NAMES)
    inline = _under(_under(run, W_NS, "drawing"), _PLACE, "inline", distT="0", distB="0", distL="0", distR="0")
    size = {"cx": str(width), "cy": str(height)}
    _under(inline, _PLACE, "extent", **size)
    _under(inline, _PLACE, "docPr", id=str(number), name=f"Picture {number}", descr=said)
    data = _under(_under(inline, A_NS, "graphic"), A_NS, "graphicData", uri=_PICTURE)
    picture = _under(data, _PICTURE, "pic")
    about = _under(picture, _PICTURE, "nvPicPr")
    _under(about, _PICTURE, "cNvPr", id=str(number), name=f"Picture {number}")
    _under(about, _PICTURE, "cNvPicPr")
    fill = _under(picture, _PICTURE, "blipFill")
    blip = _under(fill, A_NS, "blip")
    _under(_under(fill, A_NS, "stretch"), A_NS, "fillRect")
    shape = _under(picture, _PICTURE, "spPr")
    frame = _under(shape, A_NS, "xfrm")
    _under(frame, A_NS, "off", x="0", y="0")
    _under(frame, A_NS, "ext", **size)
    _under(_under(shape, A_NS, "prstGeom", prst="rect"), A_NS, "avLst")
    return run, blip


def _size(source: etree._Element) -> tuple[int, int]:
    """As large as in the return, as far as that is a size at all."""
    extent = next(source.iter(f"{{{_PLACE}}}extent"), None)
    stated = [extent.get(side, "") if extent is not None else "" for side in ("cx", "cy")]
    if all(side.isdecimal() and 0 < int(side) <= _LARGEST for side in stated):
        return int(stated[0]), int(stated[1])
    return _PAGE


def _under(parent: etree._Element, space: str, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{space}}}{tag}", attributes)
