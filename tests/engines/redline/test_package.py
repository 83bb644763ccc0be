"""What is opened, what is refused and in which words."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.engines import redline
from folkmoot.engines.redline._package import FIXED_DATE, Package
from tests.engines.redline.builders import Pen, draft
from tests.engines.redline.words import WORD, document, p, part, word_file

GOOD = word_file(p("One."))
USUAL, OTHER = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
RESEND = "Ask the office to open it in Word, save it again as a Word document (.docx) and send that."
AGAIN = "Ask the office to send it again."


def zipped(parts: dict[str, bytes | str], *, kind: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", kind) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(**replaced: bytes | str) -> bytes:
    """The good file with a part replaced; `document` stands for the main part."""
    parts: dict[str, bytes | str] = {**parts_of(GOOD)}
    main = next(name for name in parts if name.endswith("document.xml"))
    for name, data in replaced.items():
        parts[main if name == "document" else name] = data
    return zipped(parts)


def with_name(name: str) -> bytes:
    return zipped({**parts_of(GOOD), name: b"x"})


def bomb() -> bytes:
    return changed(document=document(p("x" * 70_000_000)))


CELL = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"


def linked(headers: int) -> dict[str, str]:
    """Links from the main part to its headers."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    links = "".join(f'<Relationship Id="h{n}" Type="{kind}" Target="header{n}.xml"/>' for n in range(headers))
    root = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return {"word/_rels/document.xml.rels": f"{root}{links}</Relationships>"}


def garbled(name: str) -> bytes:
    """The good file with the packed bytes of one part damaged."""
    data = bytearray(GOOD)
    with ZipFile(BytesIO(GOOD)) as archive:
        info = archive.getinfo(name)
    at = info.header_offset + 30 + len(name) + info.compress_size // 2
    data[at : at + 8] = b"\xff" * 8
    return bytes(data)


def encrypted() -> bytes:
    """The bit that says that a part is encrypted, set in the directory of the zip."""
    data = bytearray(GOOD)
    at = data.rindex(b"PK\x01\x02")
    flags = struct.unpack_from("<H", data, at + 8)[0]
    struct.pack_into("<H", data, at + 8, flags | 1)
    return bytes(data)


def other_office(kind: bytes) -> bytes:
    parts = {name: data.replace(b"wordprocessingml.document", kind) for name, data in parts_of(GOOD).items()}
    return zipped(dict(parts))


DOCTYPE = document(p("&x;")).replace("?>\n", '?>\n<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>', 1)

REFUSED = {
    "empty": (b"", "The file is empty.", AGAIN),
    "a PDF": (b"%PDF-1.7 ...", "The file is a PDF, not a Word document.", RESEND),
    "rich text": (b"{\\rtf1 ...}", "The file is a rich text file, not a Word document.", RESEND),
    "plain text": (b"Dear colleagues", "The file is not a Word document.", RESEND),
    "a password": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "The file is protected with a password.",
        "Ask the office to send it without one.",
    ),
    "the old format": (OLE + "WordDocument".encode("utf-16-le"), "The file is in the old Word format (.doc).", RESEND),
    "cut short": (GOOD[:-40], "The file is cut short or damaged.", AGAIN),
    "a zip of something else": (zipped({"a.txt": b"x"}), "The file is a zip archive, not a Word document.", RESEND),
    "a document type": (
        changed(document=DOCTYPE),
        "The file declares a document type, which Word never writes.",
        RESEND,
    ),
    "a document type in UTF-16": (
        changed(document=DOCTYPE.replace("UTF-8", "UTF-16").encode("utf-16")),
        "The file declares a document type, which Word never writes.",
        RESEND,
    ),
    "broken XML": (changed(document="<w:document"), "The document.xml inside the file is damaged.", RESEND),
    "very deep": (
        changed(document=document("<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000)),
        "The file nests its parts hundreds deep, as Word never does.",
        RESEND,
    ),
    "a path upwards": (with_name("../x"), "The file holds a part with a name that Word never writes.", RESEND),
    "an absolute path": (with_name("/x"), "The file holds a part with a name that Word never writes.", RESEND),
    "encrypted": (encrypted(), "The file is encrypted.", "Ask the office to send it without a password."),
    "a spreadsheet": (other_office(b"spreadsheetml.sheet"), "The file is a spreadsheet, not a Word document.", RESEND),
    "slides": (other_office(b"presentationml.show"), "The file is a presentation, not a Word document.", RESEND),
    "a drawing": (
        other_office(b"drawing"),
        "The file is another kind of Office file, not a Word document.",
        RESEND,
    ),
    "a part that does not unpack": (
        garbled("word/document.xml"),
        "The file is damaged: its part document.xml cannot be unpacked.",
        AGAIN,
    ),
    "a table of 300,000 cells": (
        changed(document=document(f"<w:tbl><w:tr>{CELL * 300_000}</w:tr></w:tbl>")),
        "The file holds millions of elements, far more than a draft.",
        RESEND,
    ),
    "many elements in many parts": (
        changed(**{f"word/header{n}.xml": part("hdr", "<w:x/>" * 800_000) for n in range(2)}, **linked(2)),
        "The file holds millions of elements, far more than a draft.",
        RESEND,
    ),
    "2,001 parts": (
        zipped({**parts_of(GOOD), **{f"x{n}": b"" for n in range(2001)}}, kind=ZIP_STORED),
        f"The file holds {2001 + len(parts_of(GOOD)):,} parts, far more than a draft.",
        RESEND,
    ),
    "too many elements": (
        changed(document=document("<w:p/>" * 4_000_001)),
        "The file holds millions of elements, far more than a draft.",
        RESEND,
    ),
    "far too large": (bomb(), "The file unpacks to far more than a draft ever holds.", RESEND),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_in_words_that_help(name: str) -> None:
    data, reason, advice = REFUSED[name]
    with pytest.raises(redline.UnreadableFile) as caught:
        redline.changes(data)
    assert (caught.value.reason, caught.value.advice) == (reason, advice)
    assert str(caught.value) == f"{reason} {advice}"


def test_the_same_part_twice_is_refused() -> None:
    out = BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", b"x")
    with pytest.raises(redline.UnreadableFile, match="same part twice"):
        redline.text(out.getvalue(), view="accepted")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_anything_else(data: st.DataObject) -> None:
    broken = bytearray(draft(("One.", "Two.")) if data.draw(st.booleans()) else GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        broken = broken[: data.draw(st.integers(0, len(broken)))]
    try:
        redline.changes(bytes(broken))
    except redline.UnreadableFile as refusal:
        assert refusal.reason.endswith(".")
        assert refusal.advice.endswith(".")


@pytest.mark.parametrize("name", ["word/styles.xml", "word/numbering.xml", "word/comments.xml", "word/header1.xml"])
@pytest.mark.parametrize("damage", [b"<w:styles", b"\0" * 40], ids=["cut short", "zeros"])
def test_a_damaged_part_beside_the_text_is_named_and_the_rest_is_read(name: str, damage: bytes) -> None:
    kind = name.removeprefix("word/").removesuffix(".xml").rstrip("1")
    sound = word_file(p("One."), parts={name: (kind, f"{WORD}{kind}+xml", "")})
    broken = zipped({**parts_of(sound), name: damage})
    found = redline.changes(broken)
    assert found.damaged == (name,)
    assert redline.text(broken, view="accepted") == ("One.",)


def test_a_base_with_damaged_numbers_is_refused() -> None:
    numbering = {"word/numbering.xml": ("numbering", f"{WORD}numbering+xml", "<w:numbering")}
    with pytest.raises(redline.UnreadableFile, match=r"numbering\.xml inside the file is damaged"):
        redline.clauses(word_file(p("One."), parts=numbering))


def test_comments_in_the_xml_are_nobodys_text() -> None:
    odd = "<!-- odd --><?odd?>"
    properties = f'<w:rPr>{odd}<w:b/><w:rPrChange w:id="1" w:author="A"><w:rPr>{odd}</w:rPr></w:rPrChange></w:rPr>'
    body = f"<w:p>{odd}<w:r>{properties}<w:t>On<!-- odd -->e.</w:t></w:r></w:p>{odd}"
    data = word_file(body)
    assert redline.text(data, view="accepted") == ("One.",)
    assert [(change.kind, change.after) for change in redline.changes(data).changes] == [("format", "bold")]


def strict(data: bytes) -> bytes:
    """The same file in the other of the standard's two dialects."""
    addresses = {
        USUAL + b"wordprocessingml/2006/main": OTHER + b"wordprocessingml/main",
        USUAL + b"officeDocument/2006/relationships": OTHER + b"officeDocument/relationships",
    }
    parts = parts_of(data)
    for usual, other in addresses.items():
        parts = {name: part.replace(usual, other) for name, part in parts.items()}
    return zipped(dict(parts))


def test_strict_files_read_like_any_other() -> None:
    returned = Pen(draft()).replace(0, "forty", "thirty").delete_paragraph(2).move(3, 5).comment(1, "adviser", "Two?")
    data = returned.save()
    assert redline.changes(strict(data)) == redline.changes(data)
    assert redline.text(strict(data), view="accepted") == redline.text(data, view="accepted")


def test_a_file_with_macros_is_read_without_them() -> None:
    data = Pen(draft()).replace(0, "forty", "thirty").save()
    parts = {
        name: part.replace(b"wordprocessingml.document.main+xml", b"x").replace(
            b"application/vnd.openxmlformats-officedocument.x",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )
        for name, part in parts_of(data).items()
    }
    macro = zipped({**parts, "word/vbaProject.bin": b"evil"})
    assert redline.changes(macro) == redline.changes(data)
    assert b"evil" not in b"".join(parts_of(redline.flatten(macro)).values())


def test_macros_are_not_copied_on() -> None:
    parts = parts_of(GOOD)
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = {
        name: data.replace(kind, b"application/vnd.ms-word.document.macroEnabled.main+xml")
        for name, data in parts.items()
    }
    package = Package.open(zipped({**macro, "word/vbaProject.bin": b"evil"}))
    again = parts_of(package.with_parts({}))
    assert "word/vbaProject.bin" not in again
    assert kind in again["[Content_Types].xml"]


def test_what_was_not_replaced_is_copied_byte_for_byte_and_undated() -> None:
    data = Pen(draft()).comment(0, "forty", "Why?").save()
    package = Package.open(data)
    again = package.with_parts({package.main_name: b"<new/>"})
    before, after = parts_of(data), parts_of(again)
    assert after.pop(package.main_name) == b"<new/>"
    assert after == {name: part for name, part in before.items() if name != package.main_name}
    with ZipFile(BytesIO(again)) as archive:
        assert {info.date_time for info in archive.infolist()} == {FIXED_DATE}
    assert again == package.with_parts({package.main_name: b"<new/>"})
