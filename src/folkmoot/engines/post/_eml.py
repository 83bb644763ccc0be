"""An opened mail written as a raw one, for mails that lie inside an Outlook file and have no bytes of their own."""

import base64
from typing import Final

from ._opened import Opened, RawFile

_KEPT: Final = ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "auto-submitted")
_BOUNDARY: Final = b"=_inner_mail_"


def written(opened: Opened) -> bytes:
    """The mail as RFC 5322 text with its words and files."""
    lines = [_field(name, opened.headers.raw(name)) for name in _KEPT if name in opened.headers]
    parts = [_part(b"text/plain; charset=utf-8", "\n".join(opened.plain).encode())] if opened.plain else []
    parts += [_part(b"text/html; charset=utf-8", page.encode()) for page in opened.html[:1]]
    # An inner mail that holds another has the boundary of that one in its base64 only, so one name does for all.
    words = _multipart(b"alternative", _BOUNDARY + b"words", parts)
    whole = _multipart(b"mixed", _BOUNDARY + b"whole", [words, *(_file(file) for file in opened.files)])
    return b"".join(lines) + b"MIME-Version: 1.0\r\n" + whole


def _field(name: str, value: str) -> bytes:
    return f"{name.title()}: {' '.join(value.split())}\r\n".encode("utf-8", "ignore")


def _part(media_type: bytes, data: bytes, more: bytes = b"") -> bytes:
    encoded = base64.encodebytes(data).replace(b"\n", b"\r\n")
    return b"Content-Type: " + media_type + b"\r\nContent-Transfer-Encoding: base64\r\n" + more + b"\r\n" + encoded


def _file(file: RawFile) -> bytes:
    name = base64.b64encode(file.name.encode("utf-8", "ignore"))
    media_type = file.media_type if file.media_type.isascii() and file.media_type.count("/") == 1 else ""
    kind = "".join(media_type.split()).partition(";")[0] or "application/octet-stream"
    disposition = b'Content-Disposition: attachment; filename="=?utf-8?b?' + name + b'?="\r\n'
    return _part(kind.encode(), file.data, disposition)


def _multipart(kind: bytes, boundary: bytes, parts: list[bytes]) -> bytes:
    head = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n'
    return head + b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"
