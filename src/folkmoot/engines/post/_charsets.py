"""Bytes to words when the label of their character set is missing, wrong or made up."""

import codecs
import re
from typing import Final

_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,39}")
# Not character sets of mail; the first two take quadratic time.
_REFUSED: Final = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}
# Labels under which programs send whatever they have: WHATWG Encoding, section 4.2, reads these as windows-1252.
_VAGUE: Final = {"ascii", "iso8859-1", "cp1252"}
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]|[\ud800-\udfff]")


def _codec(label: str) -> str:
    """The codec of a label, or nothing where there is none that we want."""
    label = label.strip().strip("\"'")
    if not _LABEL.fullmatch(label):
        return ""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    return "" if name in _REFUSED else name


def _tried(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (LookupError, ValueError):
        return None


def decode(data: bytes, label: str = "") -> str:
    """The words, by the label where it holds, else as UTF-8, else as windows-1252; never with control characters."""
    codec = _codec(label)
    # Text that is valid UTF-8 beyond ASCII is UTF-8, whatever a vague label says.
    order = ["utf-8"] if not codec or codec in _VAGUE else [codec, "utf-8"]
    for candidate in order:
        words = _tried(data, candidate)
        if words is not None:
            return clean(words)
    return clean(data.decode("cp1252", errors="replace"))


def clean(words: str) -> str:
    """Without the characters that no page and no database takes."""
    return _CONTROLS.sub("", words)
