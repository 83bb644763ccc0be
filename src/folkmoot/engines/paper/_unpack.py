"""Takes the files out of a zip, within limits, and never believes what the zip says of their size or place."""

import io
import zipfile
from dataclasses import dataclass

from ._errors import ZIP_ERRORS, UnreadableFile

_ASIDE = ("__MACOSX/", ".")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip by its bare name; `fault` says why its bytes are not here."""

    name: str
    data: bytes
    fault: str = ""


def unpack(data: bytes, *, most_files: int, most_bytes: int, largest: int) -> tuple[Member, ...]:
    """The files of a zip in their order, folders and what systems leave behind aside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive, most_files, most_bytes, largest)
    except ZIP_ERRORS as error:
        raise UnreadableFile("This zip is damaged, or is no zip.", "Pack the files again.") from error


def _members(archive: zipfile.ZipFile, most_files: int, most_bytes: int, largest: int) -> tuple[Member, ...]:
    inside = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_aside(entry.filename)]
    if not inside:
        raise UnreadableFile("This zip holds no file.", "Put the papers into it, and choose it again.")
    if len(inside) > most_files:
        raise UnreadableFile(
            f"This zip holds {len(inside):,} files, and {most_files} are taken at once.", "Pack fewer."
        )
    found: list[Member] = []
    left = most_bytes
    for entry in inside:
        member = _member(archive, entry, largest)
        left -= len(member.data)
        if left < 0:
            raise UnreadableFile("This zip unpacks to more than can be taken at once.", "Pack fewer or smaller files.")
        found.append(member)
    return tuple(found)


def _is_aside(name: str) -> bool:
    return name.startswith(_ASIDE[0]) or name.rpartition("/")[2].startswith(_ASIDE[1])


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> Member:
    """Its bytes as far as the limit goes. The name loses its folders, so that none leads out of where it is kept."""
    name = entry.filename.replace("\\", "/").rpartition("/")[2]
    if entry.flag_bits & 1:
        return Member(name, b"", "It is locked with a password. Pack it without one.")
    try:
        with archive.open(entry) as opened:
            data = opened.read(limit + 1)
    except ZIP_ERRORS:
        return Member(name, b"", "It is damaged, or packed in a way that is not known. Pack it again.")
    if len(data) > limit:
        return Member(name, b"", "It is larger than can be taken. Make its pictures smaller.")
    return Member(name, data)
