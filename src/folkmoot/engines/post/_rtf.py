"""The text of Outlook's compressed RTF (MS-OXRTFCP), and the page or plain text that lies in it (MS-OXRTFEX)."""

import re
import struct
from dataclasses import dataclass, replace
from typing import Final

from ._charsets import decode

LONGEST_RTF: Final = 4 * 1024 * 1024

# MS-OXRTFCP, section 2.1.2.1: what the dictionary holds at the start.
_DICTIONARY: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_SIZE: Final = 4096
_COMPRESSED: Final = 0x75465A4C
_PLAIN: Final = 0x414C454D

_TOKEN: Final = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+"
)
_HIDDEN: Final = {
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"filetbl",
    b"listtable", b"rsidtbl", b"themedata", b"datastore", b"fldinst", b"pntext",
}  # fmt: skip
_SIGNS: Final = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•",
    b"endash": "–", b"emdash": "—",
}  # fmt: skip


def decompress(data: bytes) -> bytes:
    """The RTF of a compressed body; what is cut short or damaged gives what could be read."""
    if len(data) < 16:
        return b""
    raw_size, kind = struct.unpack_from("<II", data, 4)
    if kind == _PLAIN:
        return data[16 : 16 + min(raw_size, LONGEST_RTF)]
    return _lzfu(data, min(raw_size, LONGEST_RTF)) if kind == _COMPRESSED else b""


def _lzfu(data: bytes, size: int) -> bytes:
    """MS-OXRTFCP, section 3.1.5: eight tokens to a control byte, each a letter or a piece of what went before."""
    ring = bytearray(_DICTIONARY.ljust(_SIZE, b"\0"))
    place, out, at = len(_DICTIONARY), bytearray(), 16
    while at < len(data) and len(out) < size:
        control = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data):
                break
            if not control >> bit & 1:
                piece = data[at : at + 1]
                at += 1
            else:
                reference = int.from_bytes(data[at : at + 2], "big")
                at += 2
                if reference >> 4 == place:
                    return bytes(out[:size])
                piece = _repeated(ring, place, reference >> 4, (reference & 15) + 2)
            for letter in piece:
                ring[place] = letter
                place = (place + 1) % _SIZE
            out += piece
    return bytes(out[:size])


def _repeated(ring: bytearray, place: int, offset: int, length: int) -> bytes:
    """A piece of the dictionary, which may run into what it is itself writing."""
    piece = bytearray()
    for step in range(length):
        behind = (offset + step - place) % _SIZE
        piece.append(piece[behind] if behind < step else ring[(offset + step) % _SIZE])
    return bytes(piece)


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside one pair of braces."""

    hidden: bool = False
    tag: bool = False
    suppressed: bool = False
    skip: int = 1


@dataclass(frozen=True, slots=True)
class RtfText:
    """The words of an RTF body, and whether they are a page."""

    words: str
    is_html: bool


def read_rtf(data: bytes) -> RtfText:
    """The words of an RTF text; the page that Outlook wrapped into it where there is one."""
    head = data[:4000]
    page = re.search(rb"\\fromhtml1", head) is not None
    found = re.search(rb"\\ansicpg(\d{1,5})", head)
    reader = _Rtf(f"cp{found[1].decode()}" if found else "cp1252", page)
    for match in _TOKEN.finditer(data[:LONGEST_RTF]):
        reader.take(match)
    return RtfText(reader.text(), page)


class _Rtf:
    """Reads RTF token by token."""

    def __init__(self, codec: str, page: bool) -> None:
        self.codec = codec
        self.page = page
        self.group = _Group()
        self.groups: list[_Group] = []
        self.out: list[str] = []
        self.raw = bytearray()
        self.to_skip = 0
        self.star = False

    def text(self) -> str:
        self._flush()
        # \\u gives units of UTF-16, and two of them make one character beyond the first 65 536.
        units = "".join(self.out).encode("utf-16-le", "surrogatepass")
        return units.decode("utf-16-le", "ignore")

    def take(self, match: "re.Match[bytes]") -> None:
        code, word, number, sign, brace, words = match.groups()
        if brace:
            self._brace(brace)
        elif code:
            self._bytes(bytes([int(code, 16)]))
        elif word:
            self._word(word, number)
        elif sign:
            self._sign(sign)
        elif words:
            self._bytes(words)

    def _brace(self, brace: bytes) -> None:
        self.star = False
        self.to_skip = 0
        if brace == b"{":
            self.groups.append(self.group)
        elif self.groups:
            self.group = self.groups.pop()

    def _shown(self) -> bool:
        return not self.group.hidden and not (self.group.suppressed and not self.group.tag)

    def _bytes(self, data: bytes) -> None:
        skipped = min(self.to_skip, len(data))
        self.to_skip -= skipped
        if self._shown():
            self.raw += data[skipped:]

    def _say(self, words: str) -> None:
        if self._shown():
            self._flush()
            self.out.append(words)

    def _flush(self) -> None:
        if self.raw:
            self.out.append(decode(bytes(self.raw), self.codec))
            self.raw.clear()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.star = True
        elif sign in b"\\{}":
            self._bytes(sign)
        elif sign == b"~":
            self._say("\xa0")
        elif sign in {b"\n", b"\r"}:
            self._say("\n")

    def _word(self, word: bytes, number: bytes | None) -> None:
        star, self.star = self.star, False
        if word == b"htmltag":
            self.group = replace(self.group, tag=True, hidden=not self.page)
        elif word in _HIDDEN or star:
            self.group = replace(self.group, hidden=True)
        elif word == b"htmlrtf":
            # MS-OXRTFEX, section 2.1.3.1.2: what Outlook added for readers of RTF only.
            self.group = replace(self.group, suppressed=self.page and number != b"0")
        elif word == b"uc":
            self.group = replace(self.group, skip=min(int(number or 1), 10))
        elif word == b"u" and number:
            self._say(chr(int(number) % 0x10000))
            self.to_skip = max(self.group.skip, 0)
        elif word in _SIGNS:
            self._say(_SIGNS[word])
