"""The mail inside an opaque signature (RFC 5652, section 5), which is signed and not closed."""

from typing import Final

_OCTETS, _OCTETS_IN_PIECES, _SEQUENCE, _EXPLICIT = 0x04, 0x24, 0x30, 0xA0
_INDEFINITE: Final = 0x80
# From ContentInfo into EncapsulatedContentInfo: what is entered, and how many values are passed over before.
_WAY: Final = ((_SEQUENCE, 0), (_EXPLICIT, 1), (_SEQUENCE, 0), (_SEQUENCE, 2), (_EXPLICIT, 1))


class _NotSigned(ValueError):
    """The bytes are no signed content."""


def signed_content(data: bytes) -> bytes:
    """The signed bytes, or nothing where there are none. No signature is checked."""
    try:
        at = 0
        for tag, before in _WAY:
            for _ in range(before):
                _, start, size = _value(data, at)
                at = start + _definite(size)
            found, at, _ = _value(data, at)
            if found != tag:
                return b""
        return _octets(data, at)
    except _NotSigned:
        return b""


def _value(data: bytes, at: int) -> tuple[int, int, int]:
    """The tag of the value at this place, where its content starts and its length; -1 for one that is not stated."""
    if at + 2 > len(data):
        raise _NotSigned
    size, start = data[at + 1], at + 2
    if size == _INDEFINITE:
        return data[at], start, -1
    if size > _INDEFINITE:
        end = start + (size & 0x7F)
        size, start = int.from_bytes(data[start:end], "big"), end
    return data[at], start, size


def _definite(size: int) -> int:
    if size < 0:
        raise _NotSigned
    return size


def _octets(data: bytes, at: int) -> bytes:
    """A string of bytes, whole or in pieces (X.690, section 8.7)."""
    tag, start, size = _value(data, at)
    if tag == _OCTETS:
        return data[start : start + _definite(size)]
    if tag != _OCTETS_IN_PIECES:
        return b""
    end = len(data) if size < 0 else min(start + size, len(data))
    pieces = []
    while start < end:
        tag, begin, size = _value(data, start)
        if tag != _OCTETS:
            break
        start = begin + _definite(size)
        pieces.append(data[begin:start])
    return b"".join(pieces)
