"""What stands in files that hold others: zips, mails and winmail.dat, to a depth and a size."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ._errors import UnreadableFile
from ._files import LOCKED_OFFICE, ZIP_ERRORS, clean_name, kind_of
from ._open import open_mail
from ._opened import RawFile
from ._tnef import files_of
from ._values import Attachment, FileKind

MEGABYTE: Final = 1024 * 1024
MOST_INSIDE: Final = 100
DEEPEST: Final = 3
# A text packs to a tenth; what unpacks to hundreds of times its size is made to fill a disk.
LARGEST_RATIO: Final = 200
SMALL_ENOUGH: Final = 4 * MEGABYTE

BOMB: Final = "This zip unpacks to far more than it should and was not opened."
BROKEN_ZIP: Final = "This zip is damaged and cannot be opened."
LOCKED_ZIP: Final = "This zip is closed with a password."
STRANGE_ZIP: Final = "This zip is packed in a way that is not read here."
TOO_DEEP: Final = "This file lies in too many others and was not opened."
FULL: Final = "This file holds more than can be listed; the last files are missing here."

_PACKINGS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


@dataclass(slots=True)
class Budget:
    """How many bytes the files inside files of one mail may take together."""

    left: int = 96 * MEGABYTE

    def take(self, size: int) -> bool:
        """True where that many are left, and then they are gone."""
        if size > self.left:
            return False
        self.left -= size
        return True


def attachment(file: RawFile, budget: Budget, depth: int = 0) -> Attachment:
    """One file with its kind, and with what it holds."""
    kind = kind_of(file.data, file.name, file.media_type)
    name = clean_name(file.name, kind, file.media_type)
    inside, note = _inside(kind, file.data, budget, depth)
    inline = file.inline and kind is FileKind.PICTURE
    return Attachment(name, file.media_type, file.data, kind, inline, inside, note)


def _inside(kind: FileKind, data: bytes, budget: Budget, depth: int) -> tuple[tuple[Attachment, ...], str]:
    """What a file holds, and why something of it is missing."""
    if kind is FileKind.LOCKED:
        return (), LOCKED_OFFICE
    if kind is FileKind.ZIP:
        return _unpacked(data, budget, depth)
    if kind is FileKind.WINMAIL:
        return _listed(files_of(data), budget, depth)
    if kind is FileKind.MAIL:
        return _of_mail(data, budget, depth)
    return (), ""


def _of_mail(data: bytes, budget: Budget, depth: int) -> tuple[tuple[Attachment, ...], str]:
    """The files of a mail in a mail; they are in its bytes, too."""
    try:
        return _listed(open_mail(data).files, budget, depth)
    except UnreadableFile as error:
        return (), error.reason


def _listed(files: Sequence[RawFile], budget: Budget, depth: int) -> tuple[tuple[Attachment, ...], str]:
    if files and depth >= DEEPEST:
        return (), TOO_DEEP
    found: list[Attachment] = []
    for file in files[:MOST_INSIDE]:
        if not budget.take(len(file.data)):
            return tuple(found), FULL
        found.append(attachment(file, budget, depth + 1))
    return tuple(found), FULL if len(files) > MOST_INSIDE else ""


def _unpacked(data: bytes, budget: Budget, depth: int) -> tuple[tuple[Attachment, ...], str]:
    """The files of a zip, or why not; nothing is unpacked before all sizes are looked at."""
    if depth >= DEEPEST:
        return (), TOO_DEEP
    found: list[Attachment] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not _is_clutter(entry.filename)]
            if any(entry.flag_bits & 1 for entry in entries):
                return (), LOCKED_ZIP
            if any(entry.compress_type not in _PACKINGS for entry in entries):
                return (), STRANGE_ZIP
            size = sum(entry.file_size for entry in entries)
            if size > SMALL_ENOUGH and size > len(data) * LARGEST_RATIO:
                return (), BOMB
            for entry in entries[:MOST_INSIDE]:
                if not budget.take(entry.file_size):
                    return tuple(found), FULL
                with archive.open(entry) as stream:
                    # `file_size` is what the zip says; no more than that is unpacked.
                    unpacked = stream.read(entry.file_size)
                found.append(attachment(RawFile(entry.filename, "", unpacked), budget, depth + 1))
    except ZIP_ERRORS:
        return tuple(found), BROKEN_ZIP
    return tuple(found), FULL if len(entries) > MOST_INSIDE else ""


def _is_clutter(name: str) -> bool:
    """Folders, and what macOS and Windows put beside the files."""
    return name.endswith("/") or name.startswith("__MACOSX/") or name.rpartition("/")[2] in {".DS_Store", "Thumbs.db"}
