"""Which of the two forms of mail some bytes are."""

import re
from typing import Final

from ._errors import UnreadableFile
from ._files import OLE
from ._mime import open_mime
from ._msg import open_msg
from ._opened import Opened

# How far in a line end is looked for.
LONGEST_LINE: Final = 64 * 1024

_ENVELOPE: Final = re.compile(rb"\A(?:\xef\xbb\xbf|\s)*(?:>?From [^\r\n]*\r?\n)?")
# A file with none of these fields is no mail (RFC 5322, section 3.6).
_FIELDS: Final = ("from", "to", "subject", "date", "message-id", "received", "return-path", "content-type")

EMPTY: Final = ("This file is empty.", "Choose the mail again, or save it from the mail program once more.")
NO_MAIL: Final = (
    "This file is not a mail.",
    "Save the mail as .eml or .msg in the mail program and take that file, or take the Word file itself.",
)


def open_mail(data: bytes) -> Opened:
    """The parts of a raw mail or of an Outlook file, or UnreadableFile."""
    if not data.strip():
        raise UnreadableFile(*EMPTY)
    if data.startswith(OLE):
        return open_msg(data)
    opened = open_mime(_unwrapped(data))
    if not any(field in opened.headers for field in _FIELDS):
        raise UnreadableFile(*NO_MAIL)
    return opened


def _unwrapped(data: bytes) -> bytes:
    """Without the line that mailbox files put in front (RFC 4155), and with line ends where there are only returns."""
    start = _ENVELOPE.match(data)
    data = data[start.end() :] if start else data
    return data.replace(b"\r", b"\n") if b"\n" not in data[:LONGEST_LINE] and b"\r" in data[:LONGEST_LINE] else data
