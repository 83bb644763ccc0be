"""What the engine answers with."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Nature(StrEnum):
    """What kind of mail it is: only a person waits for an answer."""

    PERSON = "person"
    AUTO_REPLY = "auto-reply"
    BOUNCE = "bounce"
    LIST = "list"
    CALENDAR = "calendar"


class FileKind(StrEnum):
    """What a file is, told by its bytes before its name."""

    WORD = "word"
    WORD_OLD = "word-old"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    PICTURE = "picture"
    ZIP = "zip"
    MAIL = "mail"
    CALENDAR = "calendar"
    SHEET = "sheet"
    WINMAIL = "winmail"
    LOCKED = "locked"
    OTHER = "other"


class Encryption(StrEnum):
    """What closes a mail to us."""

    NONE = ""
    SMIME = "smime"
    PGP = "pgp"


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an address as the mail states them; nothing proves either."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a mail.

    `inside` lists what a zip, a mail or a winmail.dat holds, and `note` says why something is missing there. `inline`
    is true for pictures that belong to the text (a logo in a signature).
    """

    name: str
    media_type: str
    data: bytes
    kind: FileKind
    inline: bool = False
    inside: tuple["Attachment", ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CloudLink:
    """A file that was not attached but left with a service."""

    service: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server says about a mail that it could not deliver.

    `permanent` is false while the server still tries or asks to try later. `original_message_id` is our mail.
    """

    recipient: str
    status: str
    permanent: bool
    original_message_id: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, read.

    `text` holds the new words and `quoted` the earlier mail under or between them. `tags` are the words behind the plus
    sign of the addresses that it was sent to (mailbox+TAG@host), in the case in which they came. `message_id`,
    `in_reply_to` and `references` keep their angle brackets. `date` always has a zone, and is None where the mail
    states none or an absurd one. `signed` says that a signature is there, not that it is good.
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    date: datetime | None
    sender: Address
    recipients: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    tags: tuple[str, ...]
    subject: str
    text: str
    quoted: str
    html_only: bool
    attachments: tuple[Attachment, ...]
    links: tuple[CloudLink, ...]
    nature: Nature
    bounce: Bounce | None
    handling: str
    encryption: Encryption = Encryption.NONE
    signed: bool = False
    reply_to: tuple[Address, ...] = ()
    notes: tuple[str, ...] = ()
