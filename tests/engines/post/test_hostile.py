"""Bytes that are no good mail: each gives a letter or a sentence, and soon."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.engines.post import Letter, UnreadableFile, read_mail

from .builders import file_part, mail, many, part, report, together, with_file, word_file, zipped
from .compound import letters_only_rtf, mail_tree, outlook

MIXED = 'multipart/mixed; boundary="b"'
FILE = "--b\r\nContent-Type: application/pdf\r\n\r\n%PDF-\r\n"

BROKEN = [
    ("no end of the last part", mail(f"--b\r\n\r\nHello\r\n{FILE}", content_type=MIXED), "Hello", 1),
    ("no boundary stated", mail("--xyzzy1\r\n\r\nHello\r\n--xyzzy1--\r\n", content_type="multipart/mixed"), "Hello", 0),
    ("another boundary", mail("--xyzzy1\r\n\r\nHello\r\n--xyzzy1--\r\n", content_type=MIXED), "Hello", 0),
    ("no parts at all", mail("Hello\r\n", content_type=MIXED), "Hello", 0),
    ("line feeds only", mail(f"--b\n\nHello\n{FILE}--b--".replace("\r", ""), content_type=MIXED), "Hello", 1),
    ("returns only", mail("Hello").replace(b"\r\n", b"\r"), "Hello", 0),
    ("nothing under the header", mail(""), "", 0),
    ("no end of the header", b"From: ada@example.org\r\nSubject: x", "", 0),
    ("lines that are no header", b"From: a@example.org\r\nnonsense\r\nTo: b@example.org\r\n\r\nHello", "Hello", 0),
    ("a line of a mailbox in front", b"From ada Tue Nov 3\n" + mail("Hello"), "Hello", 0),
    ("NUL bytes", mail(b"He\0llo"), "Hello", 0),
    ("an unknown encoding", mail("Hello", content_transfer_encoding="rot13"), "Hello", 0),
    ("bad base64", mail("SGVsbG8", content_transfer_encoding="base64"), "Hello", 0),
    ("base64 with dirt", mail("SGV!sb*G8=\r\n--\r\n", content_transfer_encoding="base64"), "Hello", 0),
    ("bad quoted-printable", mail("Hello=ZZ=", content_transfer_encoding="quoted-printable"), "Hello=ZZ", 0),
    ("uuencode", mail("begin 644 a\r\n%2&5L;&\\\r\nend\r\n", content_transfer_encoding="x-uuencode"), "Hello", 0),
    ("no media type", mail("Hello", content_type="nonsense"), "Hello", 0),
    ("half a media type", mail("Hello", content_type="text/"), "", 1),
    ("bad encoded words", mail("Hello", subject="=?utf-8?B?A?= =?x?Z?y?= =?utf-8?Q?=ZZ?="), "Hello", 0),
    ("a charset of mail that is code", mail("Hello", content_type="text/plain; charset=unicode_escape"), "Hello", 0),
    ("bad parameters", mail("Hello", content_type="text/plain; charset*x=1; charset*9999=2; =;;"), "Hello", 0),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text", "files"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_broken_mail_is_read_as_far_as_it_goes(data: bytes, text: str, files: int) -> None:
    letter = read_mail(data)
    assert (letter.text, len(letter.attachments)) == (text, files)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "This file is empty."),
        (b" \r\n\0".replace(b"\0", b""), "This file is empty."),
        (b"Just words, and no mail.", "This file is not a mail."),
        (b"\0\1\2\3" * 100, "This file is not a mail."),
        (b"%PDF-1.7\n1 0 obj\n", "This file is not a mail."),
        (word_file(), "This file is not a mail."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This Outlook file is damaged and cannot be read."),
    ],
    ids=["empty", "blank", "words", "bytes", "pdf", "word", "outlook"],
)
def test_what_is_no_mail_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_mail(data)
    assert raised.value.reason == reason
    assert raised.value.advice.endswith(".")


def _nested(depth: int) -> bytes:
    body, content_type = b"deep", "text/plain"
    for level in range(depth):
        content_type, body = together([part(content_type, body)], boundary=f"=_{level}")
    return mail(body, content_type=content_type)


def _loops_of_rtf() -> bytes:
    piece = b"\xff" + (207 << 4 | 15).to_bytes(2, "big") * 8
    return (10**6).to_bytes(4, "little") + (10**9).to_bytes(4, "little") + b"LZFu\0\0\0\0" + piece * 50_000


_TEXTS = zipped({f"{number}.txt": b"x" for number in range(90)})
LARGE = [
    ("500 levels", _nested(500)),
    ("100 000 parts", mail("--b\r\n\r\nx\r\n" * 100_000, content_type=MIXED)),
    ("100 000 header lines", b"From: a@b.org\r\n" + b"X-Line: y\r\n" * 100_000 + mail()),
    ("a header of a megabyte", mail(subject="=?utf-8?Q?" + "=C3" * 400_000)),
    ("brackets", mail(to="(" * 200_000, cc="<" * 200_000, **{"from": '"' * 200_000})),
    ("commas", mail(to="a@b.org," * 50_000)),
    ("semicolons in a type", mail(content_type='text/plain; a="' + ";" * 200_000)),
    ("spaces in a type", mail(content_type="text/plain;" + " " * 200_000 + "x")),
    ("a deep page", mail("<div>" * 100_000, content_type="text/html")),
    ("a wide page", mail("<p>x" * 100_000, content_type="text/html")),
    ("quotes in a page", mail('<blockquote type="cite">' * 20_000 + "x", content_type="text/html")),
    ("quoted lines", mail("> x\n" * 200_000)),
    ("heads of mails", mail("From: x\n" * 100_000)),
    ("On and no wrote", mail("On x\n" * 100_000)),
    ("one long line", mail("On " + "wrote " * 200_000)),
    ("addresses", mail("https://1drv.ms/a " * 50_000)),
    ("a long bounce", mail("a@" * 300_000, subject="Undelivered Mail", return_path="<>")),
    ("uuencode", mail("begin 644 a\n" + "M" * 100 + "\n" * 200_000, content_transfer_encoding="uuencode")),
    ("RTF that repeats", outlook({0x37: "x", 0x1009: _loops_of_rtf()})),
    ("1 000 files", many([part("text/plain", "x"), *(file_part(f"{n}.txt", b"x") for n in range(1000))])),
    ("a zip of 5 000", with_file("a.zip", zipped({f"{n}.txt": b"x" for n in range(5000)}))),
    ("a zip of zips", with_file("a.zip", zipped({f"{n}.zip": _TEXTS for n in range(90)}))),
]  # fmt: skip


@pytest.mark.parametrize("data", [case[1] for case in LARGE], ids=[case[0] for case in LARGE])
def test_nothing_takes_long(data: bytes) -> None:
    start = time.process_time()
    assert isinstance(read_mail(data), Letter)
    assert time.process_time() - start < 3


SEEDS = [
    mail("Hello", subject="=?utf-8?Q?Caf=C3=A9?="),
    many(
        [part("text/plain; format=flowed", "a \r\nb"), part("text/html", "<p>x</p>"), file_part("a.docx", word_file())]
    ),
    report("failed", "5.1.1"),
    outlook(
        {0x1A: "IPM.Note", 0x37: "x", 0x1009: letters_only_rtf(rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}x}")},
        [("Ada", "ada@example.org")],
        [{0x3707: "a.docx", 0x3701: word_file()}, {0x3701: mail_tree({0x37: "in"}, header=24), 0x3705: 5}],
    ),
    with_file("winmail.dat", b"\x78\x9f\x3e\x22\1\0\2\x02\x90\x06\0\x0e\0\0\0" + b"x" * 40),
]


def _read(data: bytes) -> None:
    try:
        assert isinstance(read_mail(data), Letter)
    except UnreadableFile as error:
        assert error.reason and error.advice


@settings(max_examples=150, deadline=1000)
@given(st.binary(max_size=2000), st.sampled_from([b"", b"From: a@b.org\r\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]))
def test_any_bytes_give_a_letter_or_a_sentence(data: bytes, start: bytes) -> None:
    _read(start + data)


@settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.integers(0, 2**32), st.integers(1, 20))
def test_damaged_mail_gives_a_letter_or_a_sentence(seed: bytes, luck: int, hits: int) -> None:
    dice = random.Random(luck)
    data = bytearray(seed)
    for _ in range(hits):
        data[dice.randrange(len(data))] = dice.choice([0, 10, 13, 34, 45, 58, 255, dice.randrange(256)])
    _read(bytes(data))


@settings(max_examples=100, deadline=1000)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_any_header_gives_a_letter(subject: str, people: str, media_type: str) -> None:
    lines = [" ".join(words.split()) for words in (subject, people, media_type)]
    data = mail("x", subject=lines[0] or "x", to=lines[1], content_type=lines[2]).replace(b"\0", b"")
    assert isinstance(read_mail(data), Letter)
