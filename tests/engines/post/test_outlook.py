"""Outlook's own files: made here as compound files, read as letters."""

from datetime import UTC, datetime
from typing import Any

import pytest

from folkmoot.engines.post import Address, CloudLink, Encryption, FileKind, UnreadableFile, read_mail
from folkmoot.engines.post._rtf import decompress

from .builders import file_part, many, part, word_file
from .compound import compound, letters_only_rtf, mail_tree, outlook, uncompressed_rtf

CLASS, SUBJECT, SUBMITTED, HEADERS, BODY, HTML, RTF = 0x1A, 0x37, 0x39, 0x7D, 0x1000, 0x1013, 0x1009
MESSAGE_ID, ANSWERS, SENDER, SENDER_ADDRESS = 0x1035, 0x1042, 0x0C1A, 0x0C1F
NAME, DATA, METHOD, PATH, CONTENT_ID, MIME_TAG = 0x3707, 0x3701, 0x3705, 0x370D, 0x3712, 0x370E
PAGE_IN_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}caf\'e9 "
    rb"\htmlrtf never shown{\b \htmlrtf0 bold\htmlrtf }\htmlrtf0  \u8364?\u-10180?\u-8448?{\*\htmltag72 </p>}}"
)


def test_what_outlook_keeps_of_a_mail_that_was_sent() -> None:
    values: dict[int, Any] = {
        CLASS: "IPM.Note",
        SUBJECT: "Re: Draft",
        BODY: "We agree.\r\n\r\nFrom: Network\r\nSent: today\r\nTo: Ada\r\nSubject: Draft\r\n\r\nOld\r\n",
        SUBMITTED: datetime(2026, 11, 3, 9, tzinfo=UTC),
        MESSAGE_ID: "<m@example.org>",
        ANSWERS: "<o@example.net>",
        SENDER: 'Lark, "Ada"',
        SENDER_ADDRESS: "ada@example.org",
    }
    letter = read_mail(outlook(values, [("Network", "network+Tok1@example.net")]))
    assert (letter.message_id, letter.in_reply_to) == ("<m@example.org>", "<o@example.net>")
    assert letter.date == datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert letter.sender == Address("Lark, Ada", "ada@example.org")
    assert letter.recipients == (Address("Network", "network+Tok1@example.net"),)
    assert letter.tags == ("Tok1",)
    assert (letter.subject, letter.text) == ("Re: Draft", "We agree.")
    assert letter.quoted.endswith("Old")


def test_the_header_of_a_mail_that_came_goes_before_what_outlook_keeps() -> None:
    header = "From: Zoe <zoe@example.org>\r\nMessage-ID: <h@example.org>\r\nDelivered-To: n+T@example.net\r\n\r\n"
    letter = read_mail(outlook({HEADERS: header, MESSAGE_ID: "<m@x>", SENDER_ADDRESS: "/O=EX/CN=ZOE", BODY: "x"}))
    assert (letter.sender, letter.message_id) == (Address("Zoe", "zoe@example.org"), "<h@example.org>")
    assert letter.tags == ("T",)


def test_files_pictures_and_links() -> None:
    files: list[dict[int, Any]] = [
        {NAME: "naïve.docx", DATA: word_file() + b" " * 9000, METHOD: 1},
        {NAME: "logo.png", DATA: b"\x89PNG", METHOD: 1, CONTENT_ID: "l@x", MIME_TAG: "image/png"},
        {NAME: "ours.docx", METHOD: 7, PATH: "https://example-my.sharepoint.com/ours.docx"},
    ]
    letter = read_mail(outlook({SUBJECT: "x", BODY: "x"}, files=files))
    assert [(file.name, file.kind, file.inline) for file in letter.attachments] == [
        ("naïve.docx", FileKind.WORD, False), ("logo.png", FileKind.PICTURE, True)
    ]  # fmt: skip
    assert letter.attachments[0].data == word_file() + b" " * 9000
    assert letter.links == (CloudLink("OneDrive", "ours.docx", "https://example-my.sharepoint.com/ours.docx"),)


def test_a_mail_in_the_mail_can_be_read_again() -> None:
    inner = mail_tree(
        {SUBJECT: "Inner — draft", BODY: "Inner words"}, files=[{NAME: "ä.docx", DATA: word_file()}], header=24
    )
    (found,) = read_mail(outlook({SUBJECT: "Fwd", BODY: "x"}, files=[{DATA: inner, METHOD: 5}])).attachments
    assert (found.kind, found.name) == (FileKind.MAIL, "Inner — draft.eml")
    assert [file.name for file in found.inside] == ["ä.docx"]
    again = read_mail(found.data)
    assert (again.subject, again.text) == ("Inner — draft", "Inner words")
    assert again.attachments[0].data == word_file()


def test_mails_deep_in_mails_end() -> None:
    tree = mail_tree({SUBJECT: "The innermost"}, header=24)
    for _ in range(15):
        tree = mail_tree({SUBJECT: "x"}, files=[{DATA: tree, METHOD: 5}], header=24)
    depth, letter = 0, read_mail(outlook({SUBJECT: "x"}, files=[{DATA: tree, METHOD: 5}]))
    while letter.attachments:
        depth, letter = depth + 1, read_mail(letter.attachments[0].data)
    assert depth == 10


class TestRtf:
    def test_the_example_of_the_specification(self) -> None:
        packed = (
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3"
            "2068656c090020627705b06c647d0a800fa0"
        )  # fmt: skip
        assert decompress(bytes.fromhex(packed)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"

    def test_a_piece_that_runs_into_itself(self) -> None:
        # One letter, then ten more from the place of that letter on.
        packed = b"\x02" + b"a" + (207 << 4 | 8).to_bytes(2, "big")
        data = b"\0\0\0\0" + (11).to_bytes(4, "little") + b"LZFu" + b"\0" * 4 + packed
        assert decompress(data) == b"a" * 11

    @pytest.mark.parametrize("pack", [uncompressed_rtf, letters_only_rtf])
    def test_a_page_in_rtf(self, pack: Any) -> None:
        letter = read_mail(outlook({SUBJECT: "x", RTF: pack(PAGE_IN_RTF)}))
        assert letter.text == "café bold €🌀"
        assert letter.html_only

    def test_words_in_rtf(self) -> None:
        rtf = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x}One\par Two \{2\}\tab\'80}"
        letter = read_mail(outlook({SUBJECT: "x", RTF: uncompressed_rtf(rtf)}))
        assert (letter.text, letter.html_only) == ("One\nTwo {2}\t€", False)


def test_the_page_is_read_by_its_code_page() -> None:
    letter = read_mail(outlook({SUBJECT: "x", HTML: "<p>Café</p>".encode("cp1250"), 0x3FDE: 1250}))
    assert (letter.text, letter.html_only) == ("Café", True)


def test_signed_and_encrypted_mail() -> None:
    signed = many([part("text/plain", "Signed words"), file_part("a.docx", word_file())], "signed")
    open_mail = read_mail(outlook({CLASS: "IPM.Note.SMIME.MultipartSigned"}, files=[{NAME: "smime.p7m", DATA: signed}]))
    assert (open_mail.text, open_mail.signed, open_mail.attachments[0].name) == ("Signed words", True, "a.docx")
    closed = read_mail(outlook({CLASS: "IPM.Note.SMIME"}, files=[{NAME: "smime.p7m", DATA: b"x"}]))
    assert closed.encryption is Encryption.SMIME


@pytest.mark.parametrize("size", [8, 100, 511, 512, 1000, 1536, 2000, 4000])
def test_a_file_cut_short_says_so_or_is_read(size: int) -> None:
    data = outlook({SUBJECT: "x", BODY: "y" * 3000})
    try:
        assert read_mail(data[:size]).subject in {"", "x"}
    except UnreadableFile as error:
        assert error.reason.startswith("This Outlook file is damaged")


def test_another_office_file_is_no_mail() -> None:
    with pytest.raises(UnreadableFile, match="This is an Office file, and not a mail"):
        read_mail(compound({"WordDocument": b"x" * 5000}))
