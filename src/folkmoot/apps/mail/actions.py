"""What may happen to mails: they are queued with what caused them, sent again when asked for, and read."""

from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling, list_on
from folkmoot.apps.access.audit import Channel, record, record_reading
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.mail.delivery import sends_mail
from folkmoot.apps.mail.models import Attachment, OutboxMessage
from folkmoot.apps.mail.states import CAN_BE_SENT_AGAIN, State
from folkmoot.apps.mail.tasks import deliver_message

# Longer than a greeting, a subject and a link: enough to carry the content itself.
LONGEST_SENSITIVE_BODY = 700


@dataclass(frozen=True, slots=True)
class About:
    """What a mail is about: its name for people, its record, and who may read the mail."""

    label: str = ""
    record: str = ""  # its table, such as positions.circulation
    pk: int | None = None
    audience: Audience = Audience.SECRETARIAT
    keys: tuple[str, ...] = ()  # who is listed, such as org:aldermere or account:7


NOTHING = About()


def _one_line(text: str, longest: int) -> str:
    """Text fit for a header of a mail."""
    return " ".join(text.split())[:longest]


def _check_address(name: str, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid(
            f"“{address}” is not a mail address, so {name or 'this person'} cannot be written to. "
            "Correct it on the person’s page."
        ) from None


def _check_sensitive(body: str, attached: list[tuple[StoredFile, str]], *, link_only: bool) -> None:
    """OFFICIAL-SENSITIVE never leaves in a mail: only a link that asks for sign-in does."""
    if attached:
        raise Invalid("An OFFICIAL-SENSITIVE file cannot go with a mail. Send a link to it instead.")
    if len(body) > LONGEST_SENSITIVE_BODY and not link_only:
        raise Invalid(
            f"The text of a mail about an OFFICIAL-SENSITIVE record may have {LONGEST_SENSITIVE_BODY} characters. "
            "Write where to read it, not what it says."
        )


@transaction.atomic
def queue(
    actor: Actor,
    *,
    to: tuple[str, str],
    subject: str,
    body: str,
    attachments: Iterable[tuple[StoredFile, str]] = (),
    handling: str = Handling.OFFICIAL,
    about: About = NOTHING,
    link_only: bool = False,
    reply_tag: str = "",
) -> OutboxMessage:
    """Put a mail into the outbox, in the transaction of the action that causes it, which has checked that it may.

    `to` is a name and an address; each attachment is a file and the name that the reader sees. `link_only` says that a
    long text about a sensitive record tells where to read it and not what it says. `reply_tag` says whose an answer is.
    """
    name, address = to
    attached = list(attachments)
    _check_address(name, address)
    if handling == Handling.OFFICIAL_SENSITIVE:
        _check_sensitive(body, attached, link_only=link_only)
    leaves = sends_mail()
    message = OutboxMessage.objects.create(
        to_name=_one_line(name, 120),
        to_address=address,
        subject=_one_line(subject, 200),
        body=body,
        state=State.QUEUED if leaves else State.KEPT,
        next_attempt_at=actor.now if leaves else None,
        handling=handling,
        audience=about.audience,
        about=_one_line(about.label, 200),
        about_record=about.record,
        about_id=about.pk,
        created_at=actor.now,
        reply_tag=reply_tag,
        message_id=make_msgid(domain=urlsplit(settings.ENVIRONMENT.address).hostname),
    )
    Attachment.objects.bulk_create(
        [
            Attachment(message=message, file=file, name=shown, place=place)
            for place, (file, shown) in enumerate(attached)
        ]
    )
    list_on(message, *about.keys)
    record(actor, "mail.queued", message, to=address, heading=message.subject, body=body)
    if leaves:
        deliver_message.enqueue(message.pk)
    return message


@transaction.atomic
def send_again(actor: Actor, *, message: OutboxMessage) -> OutboxMessage:
    """Try once more to send a mail that was given up or kept."""
    by = check(actor, Permission.MAIL_READ)
    if not sends_mail():
        raise Conflict("This installation sends no mail. Set the mail server in the mail settings, and try again.")
    message = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if message.state not in CAN_BE_SENT_AGAIN:
        raise Conflict(f"This mail is not waiting for you: {message.get_state_display().lower()}.")
    message.state, message.attempts, message.last_error = State.QUEUED, 0, ""
    message.next_attempt_at = actor.now
    message.save(update_fields=["state", "attempts", "last_error", "next_attempt_at"])
    record(actor, "mail.sent-again", message, by=by)
    deliver_message.enqueue(message.pk)
    return message


def note_reading(actor: Actor, *, message: OutboxMessage, channel: Channel = Channel.PAGE) -> None:
    """Write into the trail that a sensitive mail was read or taken out."""
    record_reading(actor, message, channel)


@transaction.atomic
def invite_person(actor: Actor, *, account: Account, link: str) -> OutboxMessage:
    """Ask a person by mail to choose their password; the door made the link, which works once."""
    check(actor, Permission.PEOPLE_MANAGE)
    body = (
        f"Dear {account.name},\n\n"
        f"You have an account on Folkmoot, the network’s workbench, as {account.get_role_display().lower()}.\n"
        "Choose your password here. The link works once and for three days:\n\n"
        f"{link}\n\n"
        "If you did not expect this, tell the secretariat and leave the link alone.\n"
    )
    return queue(
        actor,
        to=(account.name, account.email),
        subject="Your account on Folkmoot",
        body=body,
        about=About(f"Invitation of {account.name}", account._meta.label_lower, account.pk),
    )
