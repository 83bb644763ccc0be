"""A request that came by mail is taken in from the mail, which is filed with it, and can be put back into the tray."""

from datetime import date

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict
from folkmoot.apps.disclosure.actions.cases import open_case, open_to_change
from folkmoot.apps.disclosure.models import Case, Requester
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.tray import file_message

OUTCOME = "Taken in as a request for information or for a person’s own data."


@transaction.atomic
def open_from_mail(
    actor: Actor,
    *,
    message: InboxMessage,
    title: str,
    regime: str,
    asked: str,
    received_on: date,
    requester: str,
    contact: str,
) -> Case:
    """Begin a request from the mail that made it; the mail leaves the tray."""
    case = open_case(
        actor,
        title=title,
        regime=regime,
        asked=asked,
        received_on=received_on,
        requester=requester,
        contact=contact,
    )
    file_message(actor, message=message, made=case, outcome=OUTCOME)
    return case


def drop_unused(actor: Actor, number: int) -> None:
    """Take back a request that was made from a mail, as long as nobody has worked on it."""
    found = Case.objects.filter(pk=number).first()
    if found is None:
        return
    case, by = open_to_change(actor, found)
    if case.letter or case.extended_on or case.items.exists() or case.clarifications.exists():
        raise Conflict("Somebody has worked on the request. End it on its own page: the person took it back.")
    record(actor, "request.dropped", case, by=by)
    Requester.objects.filter(case=case).delete()
    case.delete()
