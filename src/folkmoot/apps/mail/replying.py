"""Where answers to our mails go: to the network's mailbox, with a word behind a plus sign that tells whose they are."""

from email.utils import formataddr

from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.server import Incoming, incoming, kept, sender


def reply_to(message: OutboxMessage) -> list[str]:
    """The address for answers; none where no mailbox is fetched, so that answers go to whom the mail comes from."""
    box = incoming()
    if box is None:
        return []
    address = mailbox_address(box)
    tagged = with_tag(address, message.reply_tag) if message.reply_tag and takes_plus() else address
    return [formataddr(("Folkmoot", tagged))]


def mailbox_address(box: Incoming) -> str:
    """The mail address of the network's mailbox: its user name where that is one, else the network's own."""
    return box.user if "@" in box.user else sender()


def with_tag(address: str, tag: str) -> str:
    """The address with a word behind a plus sign (RFC 5233)."""
    mailbox, _, host = address.rpartition("@")
    return f"{mailbox}+{tag}@{host}"


def takes_plus() -> bool:
    """True once a test has proved, or an administrator says, that the mail server takes plus addresses."""
    row = kept()
    return row is not None and row.in_plus
