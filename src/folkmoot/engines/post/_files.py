"""What the files of a mail are, told by their first bytes."""

import io
import re
import struct
import zipfile
import zlib
from typing import Final

from ._charsets import clean
from ._values import FileKind

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TNEF: Final = b"\x78\x9f\x3e\x22"

LOCKED_OFFICE: Final = "This file is closed with a password."

_OLE_STREAMS: Final = (
    ("EncryptedPackage", FileKind.LOCKED),
    ("__properties_version1.0", FileKind.MAIL),
    ("WordDocument", FileKind.WORD_OLD),
    ("Workbook", FileKind.SHEET),
)
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_BY_ENDING: Final = {
    "csv": FileKind.SHEET,
    "eml": FileKind.MAIL,
    "ics": FileKind.CALENDAR,
    "svg": FileKind.PICTURE,
}
_BY_MEDIA_TYPE: Final = {
    "message/rfc822": FileKind.MAIL,
    "message/global": FileKind.MAIL,
    "text/calendar": FileKind.CALENDAR,
    "text/csv": FileKind.SHEET,
}
_ENDINGS: Final = {
    FileKind.WORD: "docx",
    FileKind.WORD_OLD: "doc",
    FileKind.ODT: "odt",
    FileKind.RTF: "rtf",
    FileKind.PDF: "pdf",
    FileKind.ZIP: "zip",
    FileKind.MAIL: "eml",
    FileKind.CALENDAR: "ics",
    FileKind.WINMAIL: "dat",
}
ZIP_ERRORS: Final = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, ValueError, OSError, struct.error
)  # fmt: skip


def kind_of(data: bytes, name: str = "", media_type: str = "") -> FileKind:
    """The kind by the bytes, and only where these say nothing by the name and the label."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed_kind(data)
    if data.startswith(OLE):
        return next((kind for stream, kind in _OLE_STREAMS if stream.encode("utf-16-le") in data), FileKind.OTHER)
    if data.startswith(b"{\\rtf"):
        return FileKind.RTF
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    if data.startswith(TNEF):
        return FileKind.WINMAIL
    if _is_picture(data):
        return FileKind.PICTURE
    if data.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        return FileKind.CALENDAR
    ending = name.rpartition(".")[2].lower()
    return _BY_MEDIA_TYPE.get(media_type) or _BY_ENDING.get(ending) or FileKind.OTHER


def _is_picture(data: bytes) -> bool:
    if data.startswith(_PICTURES):
        return True
    bitmap = data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return bitmap or webp or (data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"avif"})


def _packed_kind(data: bytes) -> FileKind:
    """Word, Excel and OpenDocument files are zips with parts of known names."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            media_type = archive.open("mimetype").read(200) if "mimetype" in names else b""
    except ZIP_ERRORS:
        return FileKind.ZIP
    # OpenDocument 1.3 part 2, section 3.3: a file of its own states the type.
    if b"opendocument.text" in media_type:
        return FileKind.ODT
    if b"opendocument.spreadsheet" in media_type:
        return FileKind.SHEET
    if "[Content_Types].xml" in names:
        folders = {name.partition("/")[0] for name in names}
        return FileKind.WORD if "word" in folders else FileKind.SHEET if "xl" in folders else FileKind.OTHER
    return FileKind.ZIP


def clean_name(name: str, kind: FileKind, media_type: str) -> str:
    """A name without folders and control characters; a file without one is named after its kind."""
    name = re.split(r"[\\/]", clean(name))[-1]
    name = "".join(mark for mark in name if mark.isprintable()).strip()[:200]
    ending = _ENDINGS.get(kind) or re.sub(r"[^a-z0-9]", "", media_type.rpartition("/")[2])[:8]
    return name or (f"unnamed.{ending}" if ending else "unnamed")
