"""Outlook's own file of a mail (MS-OXMSG): a compound file of storages with numbered properties."""

import io
import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import olefile

from ._charsets import decode
from ._eml import written
from ._errors import UnreadableFile
from ._headers import Headers, parse
from ._mime import open_mime
from ._opened import Opened, RawFile
from ._rtf import decompress, read_rtf
from ._values import Address, Encryption

MOST_FILES: Final = 200
MOST_PEOPLE: Final = 1000
DEEPEST: Final = 10

NO_OUTLOOK_MAIL: Final = (
    "This is an Office file, and not a mail.",
    "Take the mail itself: save it in Outlook as .msg or .eml.",
)
DAMAGED: Final = (
    "This Outlook file is damaged and cannot be read.",
    "Ask for the mail to be forwarded, or saved again from Outlook.",
)
TOO_DEEP: Final = "Mails lie too deep in one another here; the innermost were left unread."
MORE_FILES: Final = "This mail has more files than can be looked at; the last ones are missing here."

# What olefile raises on files that contradict themselves.
_OLE_ERRORS: Final = (
    OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, struct.error
)  # fmt: skip

# Property types (MS-OXCDATA, section 2.11.1).
_STRING, _STRING8, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"
# Property ids (MS-OXPROPS, section 2).
_CLASS, _SUBJECT, _SUBMITTED, _DELIVERED = 0x001A, 0x0037, 0x0039, 0x0E06
_TRANSPORT, _BODY, _RTF, _HTML = 0x007D, 0x1000, 0x1009, 0x1013
_MESSAGE_ID, _REFERENCES, _ANSWERS = 0x1035, 0x1039, 0x1042
_SENDER = ((0x5D02, 0x0065, 0x0042), (0x5D01, 0x0C1F, 0x0C1A))
_NAME, _EMAIL, _SMTP = 0x3001, 0x3003, 0x39FE
_DATA, _SHORT_NAME, _METHOD, _LONG_NAME, _PATH, _MIME_TAG, _CONTENT_ID = (
    0x3701, 0x3704, 0x3705, 0x3707, 0x370D, 0x370E, 0x3712
)  # fmt: skip
_INTERNET_CODEPAGE, _CODEPAGE = 0x3FDE, 0x3FFD
_WEB_REFERENCE: Final = 7


class _Store:
    """One storage: a mail, a recipient or an attachment, with its properties."""

    def __init__(self, ole: Any, node: Any, path: tuple[str, ...], header: int) -> None:
        self.ole = ole
        self.path = path
        self.kids = {kid.name.upper(): kid for kid in node.kids}
        self.fixed = self._fixed(header)
        self.codec = ""
        self.codec = f"cp{self.number(_CODEPAGE) or self.number(_INTERNET_CODEPAGE) or 1252}"

    def stream(self, name: str) -> bytes:
        kid = self.kids.get(name.upper())
        if kid is None or kid.entry_type != olefile.STGTY_STREAM:
            return b""
        return bytes(self.ole.openstream([*self.path, kid.name]).read())

    def _fixed(self, header: int) -> dict[int, bytes]:
        """The values of up to eight bytes (MS-OXMSG, section 2.4.2.1), by property id."""
        data = self.stream("__properties_version1.0")[header:]
        entries = (data[at : at + 16] for at in range(0, len(data) - 15, 16))
        return {int.from_bytes(entry[2:4], "little"): entry[8:] for entry in entries}

    def number(self, which: int) -> int:
        return int.from_bytes(self.fixed.get(which, b"")[:4], "little")

    def time(self, which: int) -> str:
        """A time as a mail header writes it; counted in 100 nanoseconds since 1601 (MS-DTYP, section 2.3.3)."""
        ticks = int.from_bytes(self.fixed.get(which, b"")[:8], "little")
        try:
            moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return ""
        return moment.strftime("%d %b %Y %H:%M:%S +0000") if ticks else ""

    def binary(self, which: int) -> bytes:
        return self.stream(f"__substg1.0_{which:04X}{_BINARY}")

    def words(self, which: int) -> str:
        wide = self.stream(f"__substg1.0_{which:04X}{_STRING}")
        if wide:
            return decode(wide, "utf-16-le").rstrip("\0")
        return decode(self.stream(f"__substg1.0_{which:04X}{_STRING8}"), self.codec)

    def inner(self, prefix: str, most: int) -> Iterator["_Store"]:
        """The recipients or attachments (MS-OXMSG, sections 2.2.1 and 2.2.2), in their order."""
        names = sorted(name for name in self.kids if name.startswith(prefix.upper()))
        for name in names[:most]:
            kid = self.kids[name]
            yield _Store(self.ole, kid, (*self.path, kid.name), 8)

    def embedded(self) -> "_Store | None":
        kid = self.kids.get(f"__SUBSTG1.0_{_DATA:04X}{_OBJECT}")
        if kid is None or kid.entry_type != olefile.STGTY_STORAGE:
            return None
        return _Store(self.ole, kid, (*self.path, kid.name), 24)


def open_msg(data: bytes) -> Opened:
    """The parts of an Outlook file, or UnreadableFile."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if not ole.exists("__properties_version1.0"):
                raise UnreadableFile(*NO_OUTLOOK_MAIL)
            return _opened(_Store(ole, ole.root, (), 32), 0)
    except _OLE_ERRORS:
        raise UnreadableFile(*DAMAGED) from None


def _opened(store: _Store, depth: int) -> Opened:
    opened = Opened(_headers(store))
    opened.message_class = store.words(_CLASS).lower()
    _take_words(store, opened)
    files = list(store.inner("__attach_version1.0_", MOST_FILES + 1))
    if len(files) > MOST_FILES:
        opened.note(MORE_FILES)
    for file in files[:MOST_FILES]:
        _take_file(file, opened, depth)
    _note_protection(opened)
    return opened


def _headers(store: _Store) -> Headers:
    """The header that came with the mail, and what Outlook keeps beside it where there is none (mail that was sent)."""
    block = store.words(_TRANSPORT)
    given = parse(block.strip().encode("utf-8", "ignore")) if block.strip() else Headers()
    kept = {
        "from": _written(_person(store, _SENDER)),
        "subject": store.words(_SUBJECT),
        "date": store.time(_SUBMITTED) or store.time(_DELIVERED),
        "message-id": store.words(_MESSAGE_ID),
        "in-reply-to": store.words(_ANSWERS),
        "references": store.words(_REFERENCES),
    }
    people = [_person(person, ((_SMTP, _EMAIL, _NAME),)) for person in store.inner("__recip_version1.0_", MOST_PEOPLE)]
    kept["to"] = ", ".join(_written(person) for person in people if "@" in person.address)
    return given.with_missing((name, _one_line(value)) for name, value in kept.items() if value)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _person(store: _Store, ways: tuple[tuple[int, int, int], ...]) -> Address:
    """A name and an internet address; people of the same Exchange have an address that only Exchange knows."""
    name = ""
    for smtp, email, shown in ways:
        name = name or store.words(shown)
        for address in (store.words(smtp), store.words(email)):
            if "@" in address:
                return Address(name, address.strip())
    return Address(name, "")


def _written(person: Address) -> str:
    name = re.sub(r'["\\]', "", _one_line(person.name))
    return f'"{name}" <{person.address}>' if name else person.address


def _take_words(store: _Store, opened: Opened) -> None:
    """The plain text and the page; the page may lie in the RTF only (MS-OXCMSG, section 2.2.1.58)."""
    plain = store.words(_BODY)
    page = store.binary(_HTML)
    codepage = store.number(_INTERNET_CODEPAGE)
    html = decode(page, "utf-8" if codepage == 65001 else f"cp{codepage or 1252}") if page else store.words(_HTML)
    if not html and not plain.strip():
        rtf = read_rtf(decompress(store.binary(_RTF)))
        html, plain = (rtf.words, "") if rtf.is_html else ("", rtf.words)
    if plain.strip():
        opened.plain.append(plain.replace("\r\n", "\n"))
    if html.strip():
        opened.html.append(html)


def _take_file(file: _Store, opened: Opened, depth: int) -> None:
    name = file.words(_LONG_NAME) or file.words(_SHORT_NAME) or file.words(_NAME)
    inner = file.embedded()
    if inner is not None and "__PROPERTIES_VERSION1.0" in inner.kids:
        if depth >= DEEPEST:
            opened.note(TOO_DEEP)
            return
        mail = _opened(inner, depth + 1)
        title = mail.headers.words("subject")[:80] or name or "mail"
        opened.files.append(RawFile(f"{title}.eml", "message/rfc822", written(mail)))
        return
    if file.number(_METHOD) == _WEB_REFERENCE:
        # A cloud attachment (MS-OXCMSG, section 2.2.2.9): only its address is here.
        opened.links.append((name, file.words(_PATH)))
        return
    media_type = file.words(_MIME_TAG).lower()
    inline = bool(file.words(_CONTENT_ID)) and media_type.startswith("image/")
    opened.files.append(RawFile(name, media_type, file.binary(_DATA), inline))


def _note_protection(opened: Opened) -> None:
    """MS-OXOSMIME, section 2.1: signed and encrypted mail lies whole in one attachment."""
    if not opened.message_class.startswith("ipm.note.smime"):
        return
    if not opened.message_class.endswith("multipartsigned") or len(opened.files) != 1:
        opened.encryption = Encryption.SMIME
        return
    signed = open_mime(opened.files[0].data)
    opened.signed = True
    opened.plain, opened.html, opened.files = signed.plain, signed.html, signed.files
