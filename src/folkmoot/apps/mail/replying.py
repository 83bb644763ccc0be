"""Where answers to our mails go: to the network's mailbox, with a word behind a plus sign that tells whose they are."""

from email.utils import formataddr

from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.server import incoming, kept, sender


def reply_to(message: OutboxMessage) -> list[str]:
    """The address for answers; none where no mailbox is fetched, so that answers go to whom the mail comes from."""
    box = incoming()
    if box is None:
        return []
    address = box.user if "@" in box.user else sender()
    mailbox, _, host = address.rpartition("@")
    tagged = f"{mailbox}+{message.reply_tag}@{host}" if message.reply_tag and takes_plus() else address
    return [formataddr(("Folkmoot", tagged))]


def takes_plus() -> bool:
    """False where the settings say that the mail server knows no plus addresses (RFC 5233)."""
    row = kept()
    return row is None or row.in_plus
