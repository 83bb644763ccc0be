"""A raw mail taken apart along its boundaries (RFC 2045, 2046), however broken they are.

Each level is cut by one search through its bytes, so that the time grows with the size of the mail and not with the
number of its lines or levels.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from typing import Final

from ._charsets import decode
from ._cms import signed_content
from ._flowed import unflow
from ._headers import Headers, decode_words, from_base64, parameters, parse, split
from ._opened import Opened, RawFile
from ._values import Encryption

DEEPEST: Final = 30
MOST_PARTS: Final = 1000

TOO_DEEP: Final = "Parts of this mail are nested too deeply and were left unread."
TOO_MANY: Final = "This mail has more parts than can be looked at; the last ones were left unread."
NO_BOUNDARY: Final = "The parts of this mail are not marked off as they should be, so its text may look odd."

_SMIME: Final = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_GUESS: Final = re.compile(rb"^--([^\s-][^\r\n]{5,70}?)(?:--)?[ \t]*\r?$", re.MULTILINE)
_PGP: Final = "-----BEGIN PGP MESSAGE-----"


def open_mime(data: bytes) -> Opened:
    """The parts of a raw mail."""
    headers, body = split(data)
    opened = Opened(headers)
    _Walk(opened).part(headers, body, 0, "")
    if any(_PGP in words[:2000] for words in opened.plain):
        opened.encryption = Encryption.PGP
    return opened


class _Walk:
    """Goes through the parts of one mail and sorts them."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.parts = 0

    def part(self, headers: Headers, body: bytes, depth: int, parent: str) -> None:
        default = "message/rfc822" if parent == "multipart/digest" else "text/plain"
        media_type, options = parameters(headers.raw("content-type") or default)
        media_type = media_type if "/" in media_type else default
        if media_type.startswith("multipart/"):
            self._multipart(media_type, options, body, depth)
            return
        data = decoded(headers, body)
        if parent == "multipart/report" and self._of_report(media_type, data):
            return
        inner = signed_content(data) if media_type in _SMIME and depth < DEEPEST else b""
        if inner:
            self.opened.signed = True
            self.part(*split(inner), depth + 1, media_type)
            return
        self._leaf(headers, media_type, options, data, parent)

    def _multipart(self, media_type: str, options: dict[str, str], body: bytes, depth: int) -> None:
        self._note_protection(media_type, options)
        if media_type == "multipart/report":
            self.opened.report_type = options.get("report-type", "delivery-status").lower()
        if depth >= DEEPEST:
            self.opened.note(TOO_DEEP)
            return
        boundary = options.get("boundary", "").encode("utf-8", "ignore").rstrip()
        pieces = _cut(body, boundary)
        first = next(pieces, None)
        if first is None:
            self.opened.note(NO_BOUNDARY)
            guess = _GUESS.search(body)
            pieces = _cut(body, guess[1].rstrip()) if guess else iter(())
            first = next(pieces, None)
        if first is None:
            self.opened.plain.append(decode(body))
            return
        for piece in (first, *pieces):
            self.parts += 1
            if self.parts > MOST_PARTS:
                self.opened.note(TOO_MANY)
                return
            self.part(*split(piece), depth + 1, media_type)

    def _note_protection(self, media_type: str, options: dict[str, str]) -> None:
        """RFC 1847: signed and encrypted mail, named by its protocol."""
        if media_type == "multipart/signed":
            self.opened.signed = True
        elif media_type == "multipart/encrypted":
            pgp = "pgp" in options.get("protocol", "pgp").lower()
            self.opened.encryption = Encryption.PGP if pgp else Encryption.SMIME

    def _of_report(self, media_type: str, data: bytes) -> bool:
        """RFC 3464: the fields of a delivery report, and the mail or header that it returns."""
        if media_type in {"message/delivery-status", "message/global-delivery-status"}:
            groups = re.split(rb"\r?\n[ \t]*\r?\n", data.strip())
            self.opened.report += [parse(group) for group in groups[:100]]
            return True
        if media_type in {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}:
            self.opened.original = split(data.lstrip())[0]
            return True
        return False

    def _leaf(self, headers: Headers, media_type: str, options: dict[str, str], data: bytes, parent: str) -> None:
        disposition, extra = parameters(headers.raw("content-disposition"))
        name = extra.get("filename") or options.get("name", "")
        words = media_type in {"text/plain", "text/html"} and disposition != "attachment" and not name
        if words:
            self._words(media_type, options, data)
            return
        if media_type == "text/calendar":
            self.opened.method = self.opened.method or options.get("method", "").lower()
        self._note_smime(media_type, options, name)
        if media_type == "message/rfc822" and not name:
            subject = split(data)[0].words("subject")
            name = f"{subject[:80] or 'mail'}.eml"
        if not data and not name:
            return
        # A picture that the text shows has an id, and stands beside the text in multipart/related (RFC 2387).
        shown = media_type.startswith("image/") and disposition != "attachment"
        inline = shown and ("content-id" in headers or parent == "multipart/related")
        self.opened.files.append(RawFile(name, media_type, data, inline))

    def _words(self, media_type: str, options: dict[str, str], data: bytes) -> None:
        words = decode(data, options.get("charset", ""))
        if media_type == "text/html":
            self.opened.html.append(words)
        elif options.get("format", "").lower() == "flowed":
            self.opened.plain.append(unflow(words, delete_space=options.get("delsp", "").lower() == "yes"))
        else:
            self.opened.plain.append(words)

    def _note_smime(self, media_type: str, options: dict[str, str], name: str) -> None:
        """RFC 8551, section 3.2: enveloped mail is closed to us, signed mail is not."""
        if media_type not in _SMIME:
            return
        if options.get("smime-type", "").lower() == "signed-data" or name.lower().endswith(".p7s"):
            self.opened.signed = True
        else:
            self.opened.encryption = Encryption.SMIME


def _cut(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """The parts between the lines of a boundary (RFC 2046, section 5.1.1); the last may lack its end."""
    if not boundary:
        return
    line = re.compile(rb"(?:(?<=\n)|\A)--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    start = -1
    for match in line.finditer(body):
        if start >= 0:
            yield body[start : match.start()].removesuffix(b"\n").removesuffix(b"\r")
        if match[1]:
            return
        start = match.end()
    if start >= 0:
        yield body[start:]


def decoded(headers: Headers, body: bytes) -> bytes:
    """The bytes of a part without their transfer encoding (RFC 2045, section 6)."""
    encoding = decode_words(headers.raw("content-transfer-encoding")).strip().lower()
    if encoding == "base64":
        return from_base64(body)
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding in {"x-uuencode", "uuencode", "x-uue"}:
        return _from_uuencode(body)
    return body


def _from_uuencode(body: bytes) -> bytes:
    out = []
    inside = False
    for line in body.splitlines():
        if not inside:
            inside = line.startswith(b"begin ")
        elif line.strip() == b"end":
            break
        else:
            out.append(_uu_line(line))
    return b"".join(out)


def _uu_line(line: bytes) -> bytes:
    """One line; some programs write lines longer than their first letter says, and some lines are none."""
    size = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
    try:
        return binascii.a2b_uu(line[:size])
    except binascii.Error:
        return b""
