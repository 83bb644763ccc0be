"""Mails as the usual programs write them, made up for these tests."""

import base64
import io
import zipfile
from collections.abc import Iterable

MULTIPART = 'multipart/{kind}; boundary="{boundary}"'


def mail(body: str | bytes = "Hello.\r\n", **headers: str) -> bytes:
    """A mail from Ada to the network; a header is changed by its name with underscores, and left out when empty."""
    fields = {
        "from": "Ada Lark <ada@example.org>",
        "to": "network@example.net",
        "subject": "Re: Draft position on fares",
        "date": "Tue, 03 Nov 2026 10:00:00 +0100",
        "message-id": "<ada-1@example.org>",
        "mime-version": "1.0",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return head.encode() + b"\r\n" + (body.encode() if isinstance(body, str) else body)


def part(content_type: str, body: str | bytes, **headers: str) -> bytes:
    """One part of a mail."""
    head = f"Content-Type: {content_type}\r\n"
    head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return head.encode() + b"\r\n" + (body.encode() if isinstance(body, str) else body)


def file_part(name: str, data: bytes, media_type: str = "application/octet-stream", **headers: str) -> bytes:
    """An attached file."""
    encoding = {"content_transfer_encoding": "base64"}
    disposition = {"content_disposition": f'attachment; filename="{name}"'}
    return part(media_type, base64.encodebytes(data), **(encoding | disposition | headers))


def together(parts: Iterable[bytes], kind: str = "mixed", boundary: str = "=_b1", more: str = "") -> tuple[str, bytes]:
    """The content type and the body of a multipart."""
    lines = b"".join(b"--" + boundary.encode() + b"\r\n" + each + b"\r\n" for each in parts)
    return MULTIPART.format(kind=kind, boundary=boundary) + more, lines + b"--" + boundary.encode() + b"--\r\n"


def many(parts: Iterable[bytes], kind: str = "mixed", boundary: str = "=_b1", more: str = "", **headers: str) -> bytes:
    """A mail of several parts."""
    content_type, body = together(parts, kind, boundary, more)
    return mail(body, **({"content_type": content_type} | headers))


def with_file(name: str, data: bytes, media_type: str = "application/octet-stream", **headers: str) -> bytes:
    """A mail of a line and one file."""
    return many([part("text/plain", "See the file."), file_part(name, data, media_type)], **headers)


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def word_file() -> bytes:
    """As much of a Word file as tells that it is one."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})


def report(action: str, status: str, recipient: str = "dan@example.org", **headers: str) -> bytes:
    """A delivery report (RFC 3464) with the header of our mail."""
    fields = f"Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: {action}\r\n"
    fields += f"Status: {status}\r\nDiagnostic-Code: smtp; 550 {status} User unknown\r\n"
    original = "Message-ID: <ours-7@example.net>\r\nSubject: Draft position on fares\r\n"
    parts = [
        part("text/plain", "This is the mail system at host mx.example.org."),
        part("message/delivery-status", fields),
        part("text/rfc822-headers", original),
    ]
    defaults = {"from": "Mail Delivery System <MAILER-DAEMON@mx.example.org>", "subject": "Undelivered Mail"}
    return many(parts, "report", more="; report-type=delivery-status", **(defaults | headers))
