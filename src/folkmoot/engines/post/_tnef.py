"""The files in a winmail.dat, which Exchange sends to people who have no Outlook (MS-OXTNEF)."""

from typing import Final

from ._charsets import decode
from ._opened import RawFile

# Attribute ids of MS-OXTNEF, section 2.1.3.1.
_BEGIN_FILE: Final = 0x00069002
_TITLE: Final = 0x00018010
_DATA: Final = 0x0006800F


def files_of(data: bytes) -> list[RawFile]:
    """The attached files; a damaged end loses only what stands there."""
    found: list[RawFile] = []
    name, content = "", b""
    # A signature of four bytes and a key of two; then level, id, length, data and checksum of each attribute.
    at = 6
    while at + 9 <= len(data):
        which = int.from_bytes(data[at + 1 : at + 5], "little")
        length = int.from_bytes(data[at + 5 : at + 9], "little")
        value = data[at + 9 : at + 9 + length]
        at += 9 + length + 2
        if which == _BEGIN_FILE:
            if content:
                found.append(RawFile(name, "", content))
            name, content = "", b""
        elif which == _TITLE:
            name = decode(value.rstrip(b"\0"))
        elif which == _DATA:
            content = value
    return [*found, RawFile(name, "", content)] if content else found
