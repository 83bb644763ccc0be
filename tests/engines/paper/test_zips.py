"""Zips that are damaged, locked or strangely packed: each is a sentence, and never takes the others along."""

import io
import zipfile

import pytest

from folkmoot.engines.paper import Member, UnreadableFile, read_properties, unpack

CORE = "docProps/core.xml"
WORDS = b"<a>" + b"hello world " * 50 + b"</a>"
LOCKED, PATCHED = 0x1, 0x20
UNKNOWN_METHOD = 99


def packed(*names: str) -> bytearray:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, WORDS)
    return bytearray(buffer.getvalue())


def spoilt(*names: str) -> bytes:
    """The first file's packed bytes are overwritten."""
    data = packed(*names)
    start = 30 + len(names[0])
    data[start : start + 8] = b"\xff" * 8
    return bytes(data)


def with_method(*names: str) -> bytes:
    """The first file says that it is packed in a way that nobody knows."""
    data = packed(*names)
    directory = data.index(b"PK\x01\x02")
    for place in (8, directory + 10):
        data[place : place + 2] = UNKNOWN_METHOD.to_bytes(2, "little")
    return bytes(data)


def with_flag(flag: int, *names: str) -> bytes:
    data = packed(*names)
    for place in (6, data.index(b"PK\x01\x02") + 8):
        data[place] |= flag
    return bytes(data)


BAD = [
    pytest.param(spoilt, id="spoilt"),
    pytest.param(with_method, id="unknown method"),
    pytest.param(lambda *names: with_flag(PATCHED, *names), id="patched"),
    pytest.param(lambda *names: with_flag(LOCKED, *names), id="locked"),
]


def taken(data: bytes) -> tuple[Member, ...]:
    return unpack(data, most_files=9, most_bytes=10_000, largest=5_000)


@pytest.mark.parametrize("make", BAD)
def test_one_bad_file_of_a_zip_says_what_is_wrong_and_the_next_is_taken(make: object) -> None:
    bad, good = taken(make("bad.docx", "good.docx"))  # type: ignore[operator]
    assert (bad.data, good.data, good.fault) == (b"", WORDS, "")
    assert bad.fault.endswith((" Pack it again.", " Pack it without one."))


@pytest.mark.parametrize("make", BAD)
def test_properties_that_cannot_be_unpacked_are_a_sentence(make: object) -> None:
    with pytest.raises(UnreadableFile, match="This is not a Word file"):
        read_properties(make(CORE))  # type: ignore[operator]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", bytes(packed("a.docx")[:-30])])
def test_what_is_cut_short_or_no_zip_is_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="This zip is damaged, or is no zip"):
        taken(data)
