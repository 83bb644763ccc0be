"""Where mail leaves and where it comes in: the environment says it, else the row that the page Mail settings keeps.

outgoing()    the server that takes our mail, or None where none is set
incoming()    the mailbox from which the network's mail is fetched, or None
"""

from dataclasses import dataclass, field

from django.conf import settings

from folkmoot.apps.access.secrets import UnreadableSecret, decrypt
from folkmoot.apps.mail.models import MailServer

PURPOSE = "mail"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The server that takes our mail, and from whom it comes. The password stands in no text made of this."""

    host: str
    port: int
    security: str  # tls, starttls or none, as in models.Security
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """The mailbox from which the network's mail is fetched."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    folder: str


def kept() -> MailServer | None:
    """What the page Mail settings keeps."""
    return MailServer.objects.first()


def outgoing_is_given() -> bool:
    """True where FOLKMOOT_SMTP says where mail leaves, so that the page cannot."""
    return bool(settings.EMAIL_HOST)


def incoming_is_given() -> bool:
    """True where FOLKMOOT_IMAP says where mail comes in, so that the page cannot."""
    return settings.MAILBOX is not None


def sender() -> str:
    """The network's own address, from which every mail comes."""
    if settings.ENVIRONMENT.mail_from or settings.ENVIRONMENT.demo:
        return str(settings.DEFAULT_FROM_EMAIL)
    row = kept()
    return row.sender if row and row.sender else str(settings.DEFAULT_FROM_EMAIL)


def outgoing() -> Outgoing | None:
    """The server that takes our mail; none in a demonstration, and none where none is set."""
    if settings.ENVIRONMENT.demo:
        return None
    if outgoing_is_given():
        return Outgoing(
            settings.EMAIL_HOST,
            settings.EMAIL_PORT,
            "tls" if settings.EMAIL_USE_SSL else "starttls" if settings.EMAIL_USE_TLS else "none",
            settings.EMAIL_HOST_USER,
            settings.EMAIL_HOST_PASSWORD,
            sender(),
        )
    row = kept()
    if row is None or not row.out_host:
        return None
    given = settings.ENVIRONMENT.mail_from
    return Outgoing(
        row.out_host, row.out_port, row.out_security, row.out_user, _opened(row.out_password), given or row.sender
    )


def incoming() -> Incoming | None:
    """The mailbox of the network; none in a demonstration, and none where none is set."""
    if settings.ENVIRONMENT.demo:
        return None
    box = settings.MAILBOX
    if box is not None:
        security = "tls" if box.encrypted_at_once else "starttls"
        return Incoming(box.host, box.port, security, box.user, box.password, box.folder)
    row = kept()
    if row is None or not row.in_host:
        return None
    return Incoming(row.in_host, row.in_port, row.in_security, row.in_user, _opened(row.in_password), row.in_folder)


def _opened(password: str) -> str:
    """A password as the server wants it; none where it cannot be read, which the server then refuses in words."""
    try:
        return decrypt(password, PURPOSE)
    except UnreadableSecret:
        return ""


def unreadable_passwords() -> bool:
    """True where a kept password was encrypted under another key, so that it must be typed again."""
    row = kept()
    try:
        for password in (row.out_password, row.in_password) if row else ():
            decrypt(password, PURPOSE)
    except UnreadableSecret:
        return True
    return False
