"""Opening the network's mailbox, and what a failure to do so means in plain words."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.mail.server import Incoming

# A server that says nothing holds up the page or the worker for this many seconds.
PATIENCE = 15
BROKE_OFF = "The mail server broke off while we signed in. Try again in a minute."


class MailboxClosed(Invalid):
    """The mailbox cannot be opened; the text says why and what to do."""


@contextmanager
def opened(box: Incoming) -> Iterator[IMAPClient]:
    """The mailbox with its folder open for reading; MailboxClosed in plain words where that fails."""
    try:
        client = _connected(box)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxClosed(_why_not_connected(box, error)) from None
    try:
        _enter(client, box)
        yield client
    finally:
        _leave(client)


def count_messages(box: Incoming) -> int:
    """How many messages lie in the folder."""
    with opened(box) as client:
        return int(client.folder_status(box.folder, ["MESSAGES"])[b"MESSAGES"])


def _connected(box: Incoming) -> IMAPClient:
    context = ssl.create_default_context()
    client = IMAPClient(
        box.host, port=box.port, ssl=box.security == "tls", ssl_context=context, timeout=PATIENCE, use_uid=True
    )
    if box.security == "starttls":
        try:
            client.starttls(context)
        except (OSError, imaplib.IMAP4.error):
            client.shutdown()
            raise
    return client


def _enter(client: IMAPClient, box: Incoming) -> None:
    try:
        client.login(box.user, box.password)
    except LoginError:
        raise MailboxClosed("The mailbox refused the user name or the password. Correct them.") from None
    except (OSError, imaplib.IMAP4.error):
        raise MailboxClosed(BROKE_OFF) from None
    try:
        client.select_folder(box.folder, readonly=True)
    except (OSError, imaplib.IMAP4.abort):
        raise MailboxClosed(BROKE_OFF) from None
    except imaplib.IMAP4.error:
        raise MailboxClosed(
            f"The mailbox has no folder “{box.folder}”. Correct its name; the folder of new mail is called INBOX."
        ) from None


def _leave(client: IMAPClient) -> None:
    """Say goodbye where the server still listens."""
    try:
        client.logout()
    except (OSError, imaplib.IMAP4.error):
        client.shutdown()


def _why_not_connected(box: Incoming, error: Exception) -> str:
    where = f"{box.host}, port {box.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"The certificate of {where} cannot be trusted: {error.verify_message}. "
            "Write the name that stands in it, or have this machine trust who issued it."
        )
    if isinstance(error, ssl.SSLError):
        return f"{where} does not speak TLS from the first word. Choose STARTTLS, or another port."
    if isinstance(error, socket.gaierror):
        return f"The mail server’s name {box.host} is not known. Correct it."
    if isinstance(error, TimeoutError):
        return f"{where} did not answer in time. Check the name, the port and the way in between."
    if isinstance(error, ConnectionRefusedError):
        return f"Nobody listens at {where}. Check the port, or start the mail server."
    if isinstance(error, imaplib.IMAP4.error):
        return f"{where} does not let us speak as chosen: it is no mailbox server, or offers no STARTTLS."
    return f"{where} cannot be reached: {error}."
