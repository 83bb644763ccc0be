"""The lines over a mail: names, encoded words, parameters, addresses, dates (RFC 5322, 2047 and 2231).

Written here and not taken from `email.message`, whose readers of parameters and addresses fail on some of what is sent
and take quadratic time on some of what can be made up.
"""

import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import Final

from ._charsets import clean, decode
from ._values import Address

# More than any mail has; what stands behind is not read.
LONGEST_HEADER: Final = 64 * 1024
LONGEST_PARAMETERS: Final = 8 * 1024
LONGEST_ADDRESS: Final = 2000
LONGEST_BLOCK: Final = 1024 * 1024

_END: Final = re.compile(rb"\r?\n[ \t]*\r?\n")
_FIELD: Final = re.compile(rb"([!-9;-~]{1,100})[ \t]*:[ \t]*(.*)", re.DOTALL)
# RFC 2047, section 2. The charset may carry a language (RFC 2231, section 5).
_WORD: Final = re.compile(r"=\?([^?*\s]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_PARAMETER: Final = re.compile(r';?\s{0,20}([^\s=;"]{1,100})\s{0,20}=\s{0,20}("(?:[^"\\]|\\.)*"?|[^;]*)')
_PART: Final = re.compile(r"(.+?)(?:\*(\d{1,4}))?(\*)?")
_ID: Final = re.compile(r"<\s*([^<>\s]{1,998})\s*>")
_PLAUSIBLE_YEARS: Final = range(1990, 2100)


class Headers:
    """Header fields by lower-case name, unfolded and not yet decoded."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in fields:
            self._fields.setdefault(name.lower(), []).append(value[:LONGEST_HEADER])

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def with_missing(self, fields: Iterable[tuple[str, str]]) -> "Headers":
        """The same fields, and of these those that are not there."""
        merged = Headers(field for field in fields if field[0] not in self._fields)
        merged._fields.update(self._fields)
        return merged

    def raw(self, name: str) -> str:
        """The first field of this name as it stands; nothing where there is none."""
        return self._fields.get(name, [""])[0]

    def every(self, name: str) -> list[str]:
        """All fields of this name as they stand."""
        return self._fields.get(name, [])

    def words(self, name: str) -> str:
        """The first field of this name, decoded, on one line."""
        return " ".join(decode_words(self.raw(name)).split())


def split(data: bytes) -> tuple[Headers, bytes]:
    """The header fields of a mail or part, and its body."""
    if data[:1] == b"\n" or data[:2] == b"\r\n":
        return Headers(), data[data.index(b"\n") + 1 :]
    found = _END.search(data)
    block, body = (data[: found.start()], data[found.end() :]) if found else (data, b"")
    return parse(block), body


def parse(block: bytes) -> Headers:
    """The fields of a block of header lines; a line that is none is passed over."""
    fields = []
    for line in re.split(rb"\r?\n(?![ \t])", block[:LONGEST_BLOCK]):
        match = _FIELD.match(line[: LONGEST_HEADER + 200])
        if match:
            value = re.sub(rb"\r?\n[ \t]+", b" ", match[2])
            fields.append((match[1].decode("ascii"), decode(value).strip()))
    return Headers(fields)


def decode_words(value: str) -> str:
    """A header value with its encoded words read; what is not well encoded stays as it is."""
    out: list[str] = []
    waiting: tuple[str, bytes] | None = None
    at = 0
    for match in _WORD.finditer(value):
        between, charset, data = value[at : match.start()], match[1].lower(), _word_bytes(match[2], match[3])
        at = match.end()
        if waiting and not between.strip() and waiting[0] == charset:
            # Programs cut in the middle of a character, so neighbours are joined before they are decoded.
            waiting = (charset, waiting[1] + data)
            continue
        if waiting:
            out.append(decode(waiting[1], waiting[0]))
        # RFC 2047, section 6.2: white space between encoded words is not shown.
        if not (waiting and not between.strip()):
            out.append(between)
        waiting = (charset, data)
    if waiting:
        out.append(decode(waiting[1], waiting[0]))
    out.append(value[at:])
    return clean("".join(out))


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "ignore")
    if encoding in "bB":
        return from_base64(raw)
    return binascii.a2b_qp(raw, header=True)


def from_base64(data: bytes) -> bytes:
    """Base64 with anything between its letters passed over, and the end made up where it is missing."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4] + _last_letters(letters))


def _last_letters(letters: bytes) -> bytes:
    rest = letters[len(letters) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A value like `text/plain; charset=utf-8` as its head in lower case and its parameters (RFC 2231, 2047)."""
    head, _, rest = value[:LONGEST_PARAMETERS].partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for match in _PARAMETER.finditer(rest):
        part = _PART.fullmatch(match[1].lower())
        if part is None:
            continue
        text = _unquoted(match[2].strip())
        if part[2] is None and part[3] is None:
            plain.setdefault(part[1], decode_words(text))
        else:
            pieces.setdefault(part[1], {}).setdefault(int(part[2] or 0), (text, bool(part[3])))
    return head.strip().lower(), plain | {name: _joined(found) for name, found in pieces.items()}


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    return re.sub(r"\\(.)", r"\1", text[1:].removesuffix('"'))


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """The pieces of a long or encoded parameter in their order (RFC 2231, sections 3 and 4)."""
    charset, data = "", b""
    for place, number in enumerate(sorted(pieces)):
        text, encoded = pieces[number]
        if encoded and place == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += percent_decoded(text) if encoded else text.encode("utf-8", "ignore")
    return decode(data, charset)


def percent_decoded(text: str) -> bytes:
    """%41 and the like as bytes."""
    raw = text.encode("utf-8", "ignore")
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), raw)


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """The people in address fields, in one pass over them (RFC 5322, section 3.4); groups give their members."""
    found: list[Address] = []
    for value in values:
        found += [address for piece in _pieces(value) if (address := _address(piece)).address]
    return tuple(found)


def _pieces(value: str) -> list[str]:
    """A list of addresses cut at the commas that are not in quotes, angle brackets or comments."""
    pieces, start, quoted, depth, angle = [], 0, False, 0, False
    marks = re.finditer(r'\\.|[",;:<>()]', value)
    for mark in marks:
        sign = mark[0]
        if sign == '"' and depth == 0:
            quoted = not quoted
        elif quoted or sign[0] == "\\":
            continue
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif sign in "<>":
            angle = sign == "<"
        elif not angle:
            if sign != ":":
                pieces.append(value[start : mark.start()])
            start = mark.end()
    return [*pieces, value[start:]]


def _address(piece: str) -> Address:
    """`Ada <ada@example.org>`, `ada@example.org (Ada)` or `ada@example.org`."""
    piece = piece[:LONGEST_ADDRESS]
    angle = re.search(r"<([^<>]*)>\s*(?:\([^()]*\)\s*)*$", piece)
    if angle:
        name, address = piece[: angle.start()], angle[1]
    else:
        comment = re.search(r"\(([^()]*)\)", piece)
        name = comment[1] if comment else ""
        address = re.sub(r"\([^()]*\)", "", piece)
    name = decode_words(_unquoted(name.strip())).strip().strip("'\"")
    address = "".join(clean(address).split())
    if "@" not in address and address.lower() not in {"mailer-daemon", "postmaster"}:
        return Address(" ".join(name.split()), "")
    return Address(" ".join(name.split()), address.rpartition(":")[2])


def message_ids(values: Iterable[str]) -> tuple[str, ...]:
    """The message ids in fields like References, each once, with angle brackets (RFC 5322, section 3.6.4)."""
    found = [f"<{match}>" for value in values for match in _ID.findall(clean(value))]
    return tuple(dict.fromkeys(found))


def moment(value: str) -> datetime | None:
    """The date of a mail with its zone; a date without zone counts as UTC, an absurd one as none."""
    try:
        parsed = parsedate_tz(re.sub(r"\([^()]*\)", "", value[:200]))
        if parsed is None or parsed[0] not in _PLAUSIBLE_YEARS:
            return None
        offset = parsed[9] or 0
        zone = UTC if offset == 0 else timezone(timedelta(seconds=offset))
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
