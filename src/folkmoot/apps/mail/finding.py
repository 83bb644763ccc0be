"""What of the mail that was sent can be found, by those who may read mail."""

from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.queries import readable
from folkmoot.apps.mail.redaction import hide_personal_links
from folkmoot.apps.search.registry import Document, SearchSource, register_search_source


def register() -> None:
    """Tell the search room; called when the installation starts."""
    register_search_source(SearchSource("mail", "Mail that was sent", OutboxMessage, _mail, readable))


def _mail(mail: OutboxMessage) -> Document:
    """Without the links by which its reader comes in."""
    body = hide_personal_links(mail.body, reader=mail.to_name)
    return Document(mail.subject, f"{mail.to_name} {mail.about} {body}", mail.key, mail.created_at.date())
