"""A mail is read as its writer meant it: people, words, earlier words, links and marks."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from folkmoot.apps.documents.reading import Reading, read
from folkmoot.engines.post import Address, CloudLink, Encryption, Letter, read_mail

from .builders import file_part, mail, many, part, report, together, word_file

NEW, OLD = "We agree with clause 2.", "Fares rise in May."
ANSWERED = f"{NEW}\n\nOn Mon, 2 Nov 2026 at 09:00, Network <network@example.net>\nwrote:\n\n> {OLD}\n"
OUTLOOK = f"{NEW}\n\nFrom: Network <network@example.net>\nSent: 2 November\nTo: Ada\nSubject: Draft\n\n{OLD}\n"
GERMAN = f"{NEW}\n\nVon: Netz <network@example.net>\nGesendet: Montag\nAn: Ada\nBetreff: Entwurf\n\n{OLD}\n"
ORIGINAL = f"{NEW}\n\n-----Original Message-----\nFrom: Network\n\n{OLD}\n"
GMAIL = (
    f'<div dir="ltr">{NEW}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon wrote:<br></div>'
    f'<blockquote class="gmail_quote">{OLD}</blockquote></div>'
)
APPLE = f'<html><body>{NEW}<div><br><blockquote type="cite"><div>On 2 Nov, Network wrote:</div>{OLD}</blockquote></div>'
THUNDERBIRD = (
    f'<p>{NEW}</p><div class="moz-cite-prefix">On 02/11 Network wrote:</div><blockquote type="cite">{OLD}</blockquote>'
)
OUTLOOK_WEB = f'<div>{NEW}</div><hr><div id="divRplyFwdMsg"><b>From:</b> Network</div><div>{OLD}</div>'
OUTLOOK_DESKTOP = (
    f"<p class=MsoNormal>{NEW}</p><div style='border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> Network<br>"
    f"<b>Sent:</b> 2 November<br><b>To:</b> Ada<br><b>Subject:</b> Draft</p></div><p class=MsoNormal>{OLD}</p>"
)
HTML = "text/html; charset=utf-8"


@pytest.mark.parametrize("words", [ANSWERED, OUTLOOK, GERMAN, ORIGINAL], ids=["gmail", "outlook", "german", "original"])
def test_plain_words_stand_apart_from_earlier_mail(words: str) -> None:
    letter = read_mail(mail(words))
    assert letter.text == NEW
    assert OLD in letter.quoted


@pytest.mark.parametrize(
    "page",
    [GMAIL, APPLE, THUNDERBIRD, OUTLOOK_WEB, OUTLOOK_DESKTOP],
    ids=["gmail", "apple", "thunderbird", "outlook on the web", "outlook"],
)
def test_words_of_a_page_stand_apart_from_earlier_mail(page: str) -> None:
    letter = read_mail(mail(page, content_type=HTML))
    assert letter.html_only
    assert letter.text == NEW
    assert OLD in letter.quoted


def test_answers_between_quoted_lines_are_new() -> None:
    letter = read_mail(mail("> Clause 1\nAgreed.\n> Clause 2\nNot agreed.\n"))
    assert letter.text == "Agreed.\nNot agreed."
    assert letter.quoted == "> Clause 1\n> Clause 2"


def test_words_about_a_sender_are_no_head_of_a_mail() -> None:
    assert read_mail(mail("From: the north\nwe hear nothing.\n")).quoted == ""


def test_the_plain_text_goes_before_the_page() -> None:
    letter = read_mail(many([part("text/plain", "Plain"), part(HTML, "<p>Page</p>")], "alternative"))
    assert (letter.text, letter.html_only) == ("Plain", False)


def test_a_page_is_read_without_what_is_not_shown() -> None:
    page = "<head><title>t</title><style>p{}</style></head><script>x()</script><p>One<br>two</p><ul><li>three</ul>"
    assert read_mail(mail(page, content_type=HTML)).text == "One\ntwo\n\n- three"


def test_flowed_lines_are_joined() -> None:
    body = "One long \r\nline.\r\n>> quoted \r\n>> twice\r\n-- \r\nAda\r\n"
    letter = read_mail(mail(body, content_type="text/plain; format=flowed"))
    assert letter.text == "One long line.\n--\nAda"
    assert letter.quoted == ">> quoted twice"


class TestPeople:
    def test_names_and_addresses(self) -> None:
        letter = read_mail(
            mail(
                to='"Lark, Ada (North)" <ada@example.org>, =?utf-8?Q?Zo=C3=AB?= <zoe@example.org>',
                cc="Team: bob@example.org (Bob), eve@example.org;",
            )
        )
        assert letter.recipients == (
            Address("Lark, Ada (North)", "ada@example.org"),
            Address("Zoë", "zoe@example.org"),
            Address("Bob", "bob@example.org"),
            Address("", "eve@example.org"),
        )

    def test_a_character_cut_between_two_encoded_words(self) -> None:
        assert read_mail(mail(subject="=?utf-8?B?Q2Fmw6?=\r\n =?utf-8?B?kgb3Blbg==?=")).subject != ""
        assert read_mail(mail(subject="=?utf-8?Q?Caf=C3?=\r\n =?utf-8?Q?=A9_open?=")).subject == "Café open"

    def test_tags_are_what_stands_behind_the_plus_sign(self) -> None:
        letter = read_mail(mail(to="network+Tok-en_1@example.net", delivered_to="network+Other@example.net"))
        assert letter.tags == ("Other", "Tok-en_1")
        assert letter.delivered_to == ("network+Other@example.net",)

    def test_what_it_answers(self) -> None:
        letter = read_mail(mail(in_reply_to="<b@x.net>", references="<a@x.net>\r\n <b@x.net> <b@x.net>"))
        assert (letter.message_id, letter.in_reply_to) == ("<ada-1@example.org>", "<b@x.net>")
        assert letter.references == ("<a@x.net>", "<b@x.net>")


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("Tue, 03 Nov 2026 10:00:00 +0100", datetime(2026, 11, 3, 10, tzinfo=timezone(timedelta(hours=1)))),
        ("Tue, 03 Nov 2026 10:00:00", datetime(2026, 11, 3, 10, tzinfo=UTC)),
        ("3 Nov 2026 10:00 GMT (winter)", datetime(2026, 11, 3, 10, tzinfo=UTC)),
        ("Tue, 03 Nov 9999 10:00:00 +0000", None),
        ("Tue, 03 Nov 1601 10:00:00 +0000", None),
        ("Tue, 43 Nov 2026 10:00:00 +0000", None),
        ("Tue, 03 Nov 2026 10:00:00 +999999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(words: str, moment: datetime | None) -> None:
    assert read_mail(mail(date=words)).date == moment


@pytest.mark.parametrize(
    ("label", "data"),
    [
        ("utf-8", "Café".encode()),
        ("utf-8", "Café".encode("cp1252")),
        ("us-ascii", "Café".encode()),
        ("iso-8859-1", "Café".encode()),
        ("windows-1252", "Café".encode("cp1252")),
        ("made-up-9", "Café".encode()),
        ("punycode", "Café".encode()),
        ("utf-16", "Café".encode("utf-16")),
        ('"utf-8', "Café".encode()),
    ],
)
def test_labels_of_character_sets(label: str, data: bytes) -> None:
    assert read_mail(mail(data, content_type=f"text/plain; charset={label}")).text == "Café"


def test_eight_bit_headers_are_read() -> None:
    assert read_mail("From: Zoë <z@example.org>\r\nSubject: Café\r\n\r\n".encode("cp1252")).subject == "Café"
    assert read_mail("From: Zoë <z@example.org>\r\n\r\n".encode()).sender == Address("Zoë", "z@example.org")


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("https://example-my.sharepoint.com/:w:/g/personal/ada/Ea1", "OneDrive"),
        ("https://1drv.ms/w/s!A1", "OneDrive"),
        ("https://example.sharepoint.com/sites/x/draft.docx", "SharePoint"),
        ("https://docs.google.com/document/d/1/edit", "Google Docs"),
        ("https://drive.google.com/file/d/1/view", "Google Docs"),
        ("https://www.dropbox.com/s/1/draft.docx?dl=0", "Dropbox"),
        ("https://we.tl/t-1", "WeTransfer"),
        ("https://example.app.box.com/s/1", "Box"),
        ("https://www.icloud.com/iclouddrive/1", "iCloud"),
        ("https://example.org/draft.docx", ""),
        ("https://dropbox.com.example.org/s/1", ""),
        ("https://www.dropbox.com/", ""),
    ],
)
def test_links_to_files(address: str, service: str) -> None:
    found = [link.service for link in read_mail(mail(f"Here: {address}.")).links]
    assert found == ([service] if service else [])


def test_links_have_names_and_lose_their_wrapping() -> None:
    inner = "https%3A%2F%2Fwww.dropbox.com%2Fs%2F1%2Fa%2520b.docx"
    wrapped = f"https://eur01.safelinks.protection.outlook.com/?url={inner}&data=1"
    named = read_mail(mail(f'<a href="{wrapped.replace("&", "&amp;")}">Our draft</a>', content_type=HTML))
    assert named.links == (CloudLink("Dropbox", "Our draft", "https://www.dropbox.com/s/1/a%20b.docx"),)
    assert read_mail(mail(f"See {wrapped}")).links[0].name == "a b.docx"


def test_links_in_earlier_mail_are_not_this_writers() -> None:
    assert read_mail(mail("Thanks\n> https://1drv.ms/w/s!A1\n")).links == ()


@pytest.mark.parametrize(
    ("data", "mark"),
    [
        (mail(subject="[OFFICIAL-SENSITIVE] Draft"), "OFFICIAL-SENSITIVE"),
        (mail("Official – Sensitive\n"), "OFFICIAL-SENSITIVE"),
        (mail("Hello\n> OFFICIAL SENSITIVE\n"), "OFFICIAL-SENSITIVE"),
        (mail("an official, sensitive to criticism\n"), ""),
        (mail("OFFICIAL\n"), ""),
    ],
)
def test_handling(data: bytes, mark: str) -> None:
    assert read_mail(data).handling == mark


SMIME = "application/pkcs7-mime; name=smime.p7m; smime-type="
PGP = many([part("application/pgp-encrypted", "Version: 1")], "encrypted", more="; protocol=application/pgp-encrypted")


@pytest.mark.parametrize(
    ("data", "encryption", "signed"),
    [
        (PGP, Encryption.PGP, False),
        (mail("-----BEGIN PGP MESSAGE-----\n\nx\n"), Encryption.PGP, False),
        (mail("MIIB", content_type=SMIME + "enveloped-data"), Encryption.SMIME, False),
        (mail("MIIB", content_type=SMIME + "signed-data"), Encryption.NONE, True),
        (many([part("text/plain", "Hello")], "signed"), Encryption.NONE, True),
        (mail(), Encryption.NONE, False),
    ],
    ids=["pgp", "pgp in words", "smime", "smime signed", "signed", "open"],
)
def test_encryption(data: bytes, encryption: Encryption, signed: bool) -> None:
    letter = read_mail(data)
    assert (letter.encryption, letter.signed) == (encryption, signed)


def _value(tag: int, *content: bytes) -> bytes:
    data = b"".join(content)
    return bytes([tag, 0x82]) + len(data).to_bytes(2, "big") + data


def _open_ended(tag: int, *content: bytes) -> bytes:
    return bytes([tag, 0x80]) + b"".join(content) + b"\0\0"


@pytest.mark.parametrize("wrap", [_value, _open_ended], ids=["whole", "in pieces"])
def test_a_mail_inside_its_signature_is_read(wrap: Callable[..., bytes]) -> None:
    inner = part("text/plain", "Signed words")
    name, number, sums = b"\6\1\x2a", b"\2\1\1", b"\x31\0"
    octets = _value(4, inner) if wrap is _value else wrap(0x24, _value(4, inner[:9]), _value(4, inner[9:]))
    signed = wrap(0x30, name, wrap(0xA0, wrap(0x30, number, sums, wrap(0x30, name, wrap(0xA0, octets)))))
    body = base64.encodebytes(signed).decode()
    kind = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    letter = read_mail(mail(body, content_type=kind, content_transfer_encoding="base64"))
    assert (letter.text, letter.signed, letter.encryption) == ("Signed words", True, Encryption.NONE)
    cut = read_mail(mail(body[:16], content_type=kind, content_transfer_encoding="base64"))
    assert (cut.text, cut.signed) == ("", True)


def test_a_letter_travels_from_the_confined_reader() -> None:
    words = together([part("text/plain", "See"), part(HTML, "<p>See</p>")], "alternative", "=_b2")
    data = many([part(*words), file_part("a.docx", word_file())])
    for sent in (data, report("failed", "5.1.1")):
        answer = read("post.read_mail", sent)
        assert isinstance(answer, Reading)
        assert isinstance(answer.value, Letter)
        assert answer.value == read_mail(sent)
