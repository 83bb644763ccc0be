"""What is asked of a file before anybody looks into it: its size and its name."""

import re
import unicodedata

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from folkmoot.apps.access.gate import Invalid

LONGEST_NAME = 120
MEGABYTE = 1024 * 1024

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": WORD,
    "eml": "message/rfc822",
    "ics": "text/calendar",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "msg": "application/vnd.ms-outlook",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "xlsx": EXCEL,
    "zip": "application/zip",
}
UNKNOWN = "application/octet-stream"


def clean_name(name: str) -> str:
    """A name that is safe to store and to send back: no folders, no control or direction characters, not too long."""
    name = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    # Categories Cc and Cf: control characters, and those that turn text round so that exe.docx reads xcod.exe.
    name = "".join(mark for mark in name if unicodedata.category(mark) not in {"Cc", "Cf", "Cs"})
    name = re.sub(r'[<>:"|?*]', "-", name)
    name = re.sub(r"\s+", " ", name).strip().rstrip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1].strip(' .') or 'file'}.{ending}"[:LONGEST_NAME]


def media_type_of(name: str) -> str:
    """The media type that a name's ending says; a file whose ending we do not know is plain bytes."""
    return MEDIA_TYPES.get(name.rpartition(".")[2].lower(), UNKNOWN)


def take(upload: "UploadedFile[bytes]") -> tuple[str, bytes]:
    """The name and the bytes of an uploaded file, or Invalid with what to do; the size is asked before reading."""
    limit = settings.ENVIRONMENT.upload_mb
    name = clean_name(upload.name or "")
    if upload.size is None or upload.size > limit * MEGABYTE:
        size = (upload.size or 0) / MEGABYTE
        raise Invalid(
            f"“{name}” is {size:.0f} MB, and the largest file that can be taken is {limit} MB. "
            "Make its pictures smaller, or send the text without them."
        )
    if upload.size == 0:
        raise Invalid(f"“{name}” is empty. Choose the file again.")
    return name, upload.read()
