"""Which mails a person may see."""

from django.conf import settings
from django.db.models import Count, Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import RestrictedQuerySet
from folkmoot.apps.access.gate import check, may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.mail.delivery import letter
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.redaction import hide_personal_links
from folkmoot.apps.mail.states import State

ORDERS = {
    "-created": ("-created_at", "-pk"),
    "created": ("created_at", "pk"),
    "name": ("to_name", "-created_at", "-pk"),
    "-name": ("-to_name", "-created_at", "-pk"),
    "subject": ("subject", "-created_at", "-pk"),
    "-subject": ("-subject", "-created_at", "-pk"),
}
LATEST_FIRST = "-created"


def readable(actor: Actor) -> RestrictedQuerySet[OutboxMessage]:
    """The mails that this person may see; none without the permission to read mail."""
    if not may(actor, Permission.MAIL_READ):
        return OutboxMessage.objects.none()
    return OutboxMessage.objects.visible_to(actor)


def messages(
    actor: Actor, *, state: str = "", words: str = "", order: str = LATEST_FIRST
) -> RestrictedQuerySet[OutboxMessage]:
    """The list of mails, for whoever may read mail; raises Refused for everybody else."""
    check(actor, Permission.MAIL_READ)
    found = readable(actor).annotate(attachment_count=Count("attachments"))
    if state in State.values:
        found = found.filter(state=state)
    if words:
        found = found.filter(
            Q(to_name__icontains=words)
            | Q(to_address__icontains=words)
            | Q(subject__icontains=words)
            | Q(about__icontains=words)
        )
    return found.order_by(*ORDERS.get(order, ORDERS[LATEST_FIRST]))


def counts(actor: Actor) -> dict[str, int]:
    """How many mails there are in each state, of those that this person may see."""
    rows = readable(actor).order_by().values_list("state").annotate(Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in State.values}


def shown_body(message: OutboxMessage) -> str:
    """The text as the page shows it: personal links only where everybody is invented."""
    if settings.ENVIRONMENT.demo:
        return message.body
    return hide_personal_links(message.body, reader=message.to_name)


def shown_eml(message: OutboxMessage) -> bytes:
    """The mail as a file that a mail program opens, with its text as the page shows it."""
    mail = letter(message)
    mail.body = mail.body.replace(message.body, shown_body(message))
    return mail.message().as_bytes()
