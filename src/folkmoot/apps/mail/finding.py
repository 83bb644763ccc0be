"""What of the mail can be found: what was sent by those who may read mail, what came in by those who sort it."""

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import RestrictedQuerySet
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.queries import readable
from folkmoot.apps.mail.redaction import hide_personal_links
from folkmoot.apps.mail.tray_queries import SHOWN, sortable
from folkmoot.apps.search.registry import Document, SearchSource, register_search_source


def register() -> None:
    """Tell the search room; called when the installation starts."""
    register_search_source(SearchSource("mail", "Mail that was sent", OutboxMessage, _mail, readable))
    register_search_source(SearchSource("mail-in", "Mail that came in", InboxMessage, _mail_in, sorted_mail))


def _mail(mail: OutboxMessage) -> Document:
    """Without the links by which its reader comes in."""
    body = hide_personal_links(mail.body, reader=mail.to_name)
    return Document(mail.subject, f"{mail.to_name} {mail.about} {body}", mail.key, mail.created_at.date())


def _mail_in(mail: InboxMessage) -> Document:
    """What its sender wrote, without what was quoted of us and without links by which somebody comes in."""
    who = mail.from_name or mail.from_address
    text = hide_personal_links(mail.text, reader=who)
    words = f"{mail.from_name} {mail.from_address} {mail.about} {text}"
    return Document(mail.subject or f"Mail of {who}", words, mail.key, mail.received_at.date())


def sorted_mail(actor: Actor) -> RestrictedQuerySet[InboxMessage]:
    """Of the tray; before a mail is sorted nobody knows its mark or its readers."""
    return sortable(actor).filter(state__in=SHOWN)
