"""Pictures without what a camera or a program wrote beside the picture: places, names, programs, dates."""

import struct
from collections.abc import Iterator
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_SAYS: Final = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
# Exif and XMP, Photoshop's notes, and plain comments.
_JPEG_SAYS: Final = {0xE1, 0xED, 0xFE}
_JPEG_SCAN: Final = 0xDA


def plain_picture(data: bytes) -> bytes:
    """The same picture, to the pixel, without notes; anything that is not a PNG or a JPEG stays as it is."""
    try:
        if data.startswith(_PNG):
            return _PNG + b"".join(_png_chunks(data))
        if data.startswith(b"\xff\xd8"):
            return b"\xff\xd8" + b"".join(_jpeg_segments(data))
    except struct.error:
        return data
    return data


def _png_chunks(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if kind not in _PNG_SAYS:
            yield data[at:end]
        at = end


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    at = 2
    while at < len(data):
        start, marker, length = struct.unpack_from(">BBH", data, at)
        if start != 0xFF or marker == _JPEG_SCAN:
            yield data[at:]
            return
        end = at + 2 + length
        if marker not in _JPEG_SAYS:
            yield data[at:end]
        at = end
