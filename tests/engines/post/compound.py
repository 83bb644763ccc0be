"""Writes compound files (MS-CFB, version 3) and Outlook mails in them, so that tests read what Outlook saves."""

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5

Tree = Mapping[str, Any]
"""Names of streams with their bytes, and of storages with their own trees."""


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END] if count else []


def _padded(data: bytes, size: int) -> bytes:
    return data + b"\0" * (-len(data) % size)


class _Writer:
    def __init__(self) -> None:
        self.entries: list[list[Any]] = []
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.minifat: list[int] = []

    def put(self, data: bytes) -> int:
        """The data in sectors of its own; the number of the first."""
        if not data:
            return END
        first, pieces = len(self.sectors), _padded(data, SECTOR)
        self.sectors += [pieces[at : at + SECTOR] for at in range(0, len(pieces), SECTOR)]
        self.fat += _chain(first, len(pieces) // SECTOR)
        return first

    def put_mini(self, data: bytes) -> int:
        if not data:
            return END
        first, pieces = len(self.mini) // MINI, _padded(data, MINI)
        self.mini += pieces
        self.minifat += _chain(first, len(pieces) // MINI)
        return first

    def add(self, name: str, content: Any) -> int:
        """One entry of the directory with all under it."""
        number = len(self.entries)
        if isinstance(content, bytes):
            first = self.put(content) if len(content) >= CUTOFF else self.put_mini(content)
            self.entries.append([name, STREAM, FREE, FREE, FREE, first, len(content)])
            return number
        self.entries.append([name, STORAGE, FREE, FREE, FREE, 0, 0])
        kids = [self.add(kid, inner) for kid, inner in content.items()]
        # The names of a storage stand in a tree, shorter ones first, else by their capitals (MS-CFB, section 2.6.4).
        kids.sort(key=lambda kid: (len(self.entries[kid][0]), self.entries[kid][0].upper()))
        self.entries[number][4] = self._balanced(kids)
        return number

    def _balanced(self, kids: Sequence[int]) -> int:
        if not kids:
            return FREE
        middle = len(kids) // 2
        self.entries[kids[middle]][2] = self._balanced(kids[:middle])
        self.entries[kids[middle]][3] = self._balanced(kids[middle + 1 :])
        return kids[middle]

    def directory(self) -> bytes:
        out = b""
        for name, kind, left, right, child, first, size in self.entries:
            raw = (name + "\0").encode("utf-16-le")
            out += struct.pack("<64sHBBIII", raw, len(raw), kind, 1, left, right, child)
            out += b"\0" * 36 + struct.pack("<IQ", first, size)
        return out


def compound(tree: Tree) -> bytes:
    """A compound file with these streams and storages."""
    writer = _Writer()
    writer.add("Root Entry", tree)
    writer.entries[0][1] = ROOT
    writer.entries[0][5:] = [writer.put(writer.mini), len(writer.mini)]
    minifat = struct.pack(f"<{len(writer.minifat)}I", *writer.minifat)
    minifat += b"\xff" * (-len(minifat) % SECTOR)
    first_minifat = writer.put(minifat)
    first_directory = writer.put(writer.directory())
    count = 1
    while (len(writer.fat) + count) * 4 > count * SECTOR:
        count += 1
    first_fat = len(writer.sectors)
    fat = writer.fat + [FAT] * count
    table = struct.pack(f"<{len(fat)}I", *fat)
    table += b"\xff" * (count * SECTOR - len(table))
    places = [*range(first_fat, first_fat + count)] + [FREE] * (109 - count)
    head = struct.pack("<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
                       0, count, first_directory, 0, CUTOFF, first_minifat, len(minifat) // SECTOR, END, 0)  # fmt: skip
    return head + struct.pack("<109I", *places) + b"".join(writer.sectors) + table


def _properties(values: Mapping[int, Any], header: int) -> dict[str, bytes]:
    """The streams of a property bag: words as wide strings, bytes as binary, numbers and times in the fixed stream."""
    streams: dict[str, bytes] = {}
    fixed = b"\0" * header
    for which, value in values.items():
        if isinstance(value, str):
            data = value.encode("utf-16-le")
            streams[f"__substg1.0_{which:04X}001F"] = data
            fixed += struct.pack("<HHIII", 0x1F, which, 6, len(data) + 2, 0)
        elif isinstance(value, bytes):
            streams[f"__substg1.0_{which:04X}0102"] = value
            fixed += struct.pack("<HHIII", 0x102, which, 6, len(value), 0)
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
            fixed += struct.pack("<HHIQ", 0x40, which, 6, ticks)
        else:
            fixed += struct.pack("<HHIII", 3, which, 6, value, 0)
    return streams | {"__properties_version1.0": fixed}


def mail_tree(
    properties: Mapping[int, Any],
    recipients: Sequence[tuple[str, str]] = (),
    files: Sequence[Mapping[int, Any]] = (),
    header: int = 32,
) -> dict[str, Any]:
    """An Outlook mail as streams and storages; a file whose 0x3701 is a tree is a mail in the mail."""
    tree: dict[str, Any] = dict(_properties(properties, header))
    for number, (name, address) in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = _properties({0x3001: name, 0x39FE: address, 0x0C15: 1}, 8)
    for number, file in enumerate(files):
        inner = file.get(0x3701)
        plain = {which: value for which, value in file.items() if not isinstance(value, dict)}
        storage: dict[str, Any] = dict(_properties(plain, 8))
        if isinstance(inner, dict):
            storage["__substg1.0_3701000D"] = inner
        tree[f"__attach_version1.0_#{number:08X}"] = storage
    return tree


def outlook(
    properties: Mapping[int, Any],
    recipients: Sequence[tuple[str, str]] = (),
    files: Sequence[Mapping[int, Any]] = (),
) -> bytes:
    """The bytes of an Outlook .msg file."""
    return compound(mail_tree(properties, recipients, files))


def uncompressed_rtf(rtf: bytes) -> bytes:
    """RTF in the wrapping of MS-OXRTFCP without its packing."""
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


def letters_only_rtf(rtf: bytes) -> bytes:
    """RTF packed as MS-OXRTFCP wants it, each token a letter, and the end mark."""
    out, place = b"", 207 + len(rtf)
    tokens = [bytes([letter]) for letter in rtf] + [struct.pack(">H", place % 4096 << 4)]
    for at in range(0, len(tokens), 8):
        group = tokens[at : at + 8]
        out += bytes([sum(1 << bit for bit, token in enumerate(group) if len(token) == 2)]) + b"".join(group)
    return struct.pack("<II4sI", len(out) + 12, len(rtf), b"LZFu", 0) + out
