"""The files of a mail: what they are, what they are called, and what stands in them."""

import struct

import pytest

from folkmoot.engines.post import FileKind, read_mail

from .builders import file_part, mail, many, part, with_file, word_file, zipped
from .compound import compound, outlook

ODT = zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""})
PNG = b"\x89PNG\r\n\x1a\n"
KINDS = [
    ("a.docx", word_file(), FileKind.WORD),
    ("named wrongly.pdf", word_file(), FileKind.WORD),
    ("a.doc", compound({"WordDocument": b"x" * 5000}), FileKind.WORD_OLD),
    ("locked.docx", compound({"EncryptedPackage": b"x"}), FileKind.LOCKED),
    ("a.xls", compound({"Workbook": b"x"}), FileKind.SHEET),
    ("a.xlsx", zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), FileKind.SHEET),
    ("a.csv", b"a,b", FileKind.SHEET),
    ("a.odt", ODT, FileKind.ODT),
    ("a.rtf", b"{\\rtf1 x}", FileKind.RTF),
    ("a.pdf", b"%PDF-1.7", FileKind.PDF),
    ("a.png", PNG, FileKind.PICTURE),
    ("a.jpg", b"\xff\xd8\xff\xe0", FileKind.PICTURE),
    ("a.heic", b"\0\0\0\x18ftypheic", FileKind.PICTURE),
    ("a.webp", b"RIFF\0\0\0\0WEBP", FileKind.PICTURE),
    ("a.wav", b"RIFF\0\0\0\0WAVE", FileKind.OTHER),
    ("a.bmp", b"BM\x46\0\0\0\0\0\0\0", FileKind.PICTURE),
    ("a.zip", zipped({"a.txt": b"x"}), FileKind.ZIP),
    ("broken.docx", b"PK\x03\x04 and no more", FileKind.ZIP),
    ("a.ics", b"BEGIN:VCALENDAR", FileKind.CALENDAR),
    ("a.eml", mail(), FileKind.MAIL),
    ("a.msg", outlook({0x37: "x"}), FileKind.MAIL),
    ("winmail.dat", b"\x78\x9f\x3e\x22\0\0", FileKind.WINMAIL),
    ("a.exe", b"MZ", FileKind.OTHER),
]


@pytest.mark.parametrize(("name", "data", "kind"), KINDS, ids=[case[0] for case in KINDS])
def test_kinds(name: str, data: bytes, kind: FileKind) -> None:
    (file,) = read_mail(with_file(name, data)).attachments
    assert (file.name, file.kind, file.data) == (name, kind, data)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="draft.docx"', "draft.docx"),
        ("attachment; filename*=utf-8''na%C3%AFve.docx", "naïve.docx"),
        ("attachment; filename*0*=utf-8''na%C3; filename*1*=%AFve; filename*2=.docx", "naïve.docx"),
        ('attachment; filename="=?utf-8?Q?na=C3=AFve.docx?="', "naïve.docx"),
        ('attachment; filename="a;b.docx"', "a;b.docx"),
        ('attachment; filename="..\\\\..\\\\etc/passwd"', "passwd"),
        ("attachment; filename*0=a; filename*=utf-8''b.docx", "a"),
        ("attachment; filename=draft one.docx", "draft one.docx"),
        ('attachment; filename="evil\u202excod.exe"', "evilxcod.exe"),
        ("attachment", "unnamed.docx"),
    ],
)
def test_names(disposition: str, name: str) -> None:
    data = many([part("text/plain", "x"), file_part("", word_file(), content_disposition=disposition)])
    assert read_mail(data).attachments[0].name == name


def test_a_logo_is_part_of_the_text_and_a_picture_that_is_sent_is_not() -> None:
    logo = file_part("logo.png", PNG, "image/png", content_disposition="inline; filename=logo.png", content_id="<l@x>")
    sent = file_part("photo.png", PNG, "image/png")
    # Apple Mail sends photos so.
    apple = file_part("apple.png", PNG, "image/png", content_disposition="inline; filename=apple.png")
    letter = read_mail(many([part("text/html", "x"), logo, sent, apple]))
    inline = {file.name: file.inline for file in letter.attachments}
    assert inline == {"logo.png": True, "photo.png": False, "apple.png": False}


class TestInside:
    def test_a_zip_lists_its_files(self) -> None:
        files = {
            "a.docx": word_file(),
            "b/c.pdf": b"%PDF-1",
            "__MACOSX/x": b"",
            "b/": b"",
            "d.zip": zipped({"e.txt": b"e"}),
        }
        (found,) = read_mail(with_file("two.zip", zipped(files))).attachments
        assert [(file.name, file.kind) for file in found.inside] == [
            ("a.docx", FileKind.WORD), ("c.pdf", FileKind.PDF), ("d.zip", FileKind.ZIP)
        ]  # fmt: skip
        assert found.inside[2].inside[0].data == b"e"
        assert found.inside[0].data == word_file()

    def test_a_bomb_is_not_opened(self) -> None:
        (found,) = read_mail(with_file("x.zip", zipped({"a": b"\0" * 20_000_000}))).attachments
        assert (found.inside, found.note) == ((), "This zip unpacks to far more than it should and was not opened.")

    def test_a_zip_that_lies_about_its_sizes(self) -> None:
        data = zipped({"a.txt": b"word " * 100_000})
        lying = data.replace(struct.pack("<I", 500_000), struct.pack("<I", 10))
        (found,) = read_mail(with_file("x.zip", lying)).attachments
        assert sum(len(file.data) for file in found.inside) <= 10

    def test_a_zip_with_a_password(self) -> None:
        data = bytearray(zipped({"a.txt": b"x"}))
        data[data.index(b"PK\x01\x02") + 8] |= 1
        (found,) = read_mail(with_file("x.zip", bytes(data))).attachments
        assert found.note == "This zip is closed with a password."

    def test_zips_in_zips_end(self) -> None:
        data = zipped({"a.txt": b"x"})
        for _ in range(10):
            data = zipped({"in.zip": data})
        (found,) = read_mail(with_file("x.zip", data)).attachments
        notes = []
        while True:
            notes.append(found.note)
            if not found.inside:
                break
            found = found.inside[0]
        assert notes == ["", "", "", "This file lies in too many others and was not opened."]

    @pytest.mark.parametrize("kind", ["eml", "msg", "rfc822"])
    def test_a_mail_in_a_mail_lists_its_files(self, kind: str) -> None:
        if kind == "msg":
            data = with_file("in.msg", outlook({0x37: "In"}, files=[{0x3707: "a.docx", 0x3701: word_file()}]))
        elif kind == "eml":
            data = with_file("in.eml", with_file("a.docx", word_file()))
        else:
            data = many([part("message/rfc822", with_file("a.docx", word_file(), subject="In"))], boundary="=_outer")
        (found,) = read_mail(data).attachments
        assert (found.name.split(".")[0], found.kind) == ("In" if kind == "rfc822" else "in", FileKind.MAIL)
        assert [(file.name, file.data) for file in found.inside] == [("a.docx", word_file())]

    def test_mails_ten_deep_are_read(self) -> None:
        data = mail("The innermost")
        for level in range(10):
            data = many([part("message/rfc822", data)], boundary=f"=_level{level}")
        depth, letter = 0, read_mail(data)
        while letter.attachments:
            depth, letter = depth + 1, read_mail(letter.attachments[0].data)
        assert (depth, letter.text) == (10, "The innermost")

    def test_winmail_lists_its_files(self) -> None:
        def attribute(which: int, value: bytes) -> bytes:
            return b"\2" + struct.pack("<II", which, len(value)) + value + struct.pack("<H", sum(value) % 65536)

        data = b"\x78\x9f\x3e\x22\1\0"
        for name in (b"a.docx", b"b.docx"):
            data += attribute(0x00069002, b"\0" * 14) + attribute(0x00018010, name + b"\0")
            data += attribute(0x0006800F, word_file())
        (found,) = read_mail(with_file("winmail.dat", data, "application/ms-tnef")).attachments
        assert [(file.name, file.kind) for file in found.inside] == [
            ("a.docx", FileKind.WORD),
            ("b.docx", FileKind.WORD),
        ]
