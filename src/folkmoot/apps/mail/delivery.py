"""How a mail leaves: one worker claims it, hands it to the mail server, and writes down what came of it.

A mail is claimed by a change of its row that only one worker can win, and the claim is saved before the server is
called. So no mail is sent twice; one whose worker died in the middle is shown to a person instead of guessed at.
"""

import smtplib
from datetime import datetime
from email.utils import formataddr

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.db.models import Q

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.documents import vault
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.plain_words import in_plain_words, is_final
from folkmoot.apps.mail.redaction import hide_personal_links
from folkmoot.apps.mail.replying import reply_to
from folkmoot.apps.mail.server import Outgoing, outgoing, sender
from folkmoot.apps.mail.states import LONGEST_CLAIM, State, wait_after

AT_ONCE = 100
# A mail server that says nothing holds up one mail for half a minute, not the worker for ever.
PATIENCE = 30


def sends_mail() -> bool:
    """False where mail stays in the outbox: in the demonstration, and where no mail server is set."""
    return outgoing() is not None


def worker(now: datetime) -> Actor:
    """Who the trail says did it when nobody asked: the installation itself."""
    return Actor(account_id=None, name="The worker", role=None, now=now, today=now.date())


def _connection(way: Outgoing | None) -> EmailBackend:
    """A way to the server for one mail."""
    if way is None:
        raise ConnectionError("none is set in the mail settings")
    return EmailBackend(
        host=way.host,
        port=way.port,
        username=way.user,
        password=way.password,
        use_ssl=way.security == "tls",
        use_tls=way.security == "starttls",
        timeout=PATIENCE,
    )


def letter(message: OutboxMessage, *, comes_from: str = "") -> EmailMessage:
    """The mail as the server gets it; its handling mark stands above the text."""
    mail = EmailMessage(
        subject=message.subject,
        body=f"{message.handling}\n\n{message.body}",
        from_email=formataddr(("Folkmoot", comes_from or sender())),
        to=[formataddr((message.to_name, message.to_address))],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        reply_to=reply_to(message),
    )
    for attachment in message.attachments.select_related("file"):
        mail.attach(attachment.name, content(attachment.file), attachment.file.media_type)
    return mail


def _due(now: datetime) -> Q:
    """Whose turn it is. A first attempt never waits, so that an installation that plays another day sends as well."""
    return Q(state=State.QUEUED) & (Q(attempts=0) | Q(next_attempt_at__lte=now))


@transaction.atomic
def _claim(pk: int, now: datetime) -> OutboxMessage | None:
    """Take a mail that is due; None when another worker has it or there is nothing to do."""
    won = OutboxMessage.objects.filter(_due(now), pk=pk).update(
        state=State.SENDING, claimed_at=now, next_attempt_at=None
    )
    return OutboxMessage.objects.get(pk=pk) if won else None


@transaction.atomic
def _note_sent(message: OutboxMessage, now: datetime) -> None:
    """Its reader has the link now; here and in every backup it would only be a key left lying about."""
    message.body = hide_personal_links(message.body, reader=message.to_name)
    message.state, message.sent_at, message.claimed_at = State.SENT, now, None
    message.attempts += 1
    message.last_error = ""
    message.save(update_fields=["body", "state", "sent_at", "claimed_at", "attempts", "last_error"])
    record(worker(now), "mail.sent", message)


@transaction.atomic
def _note_failure(message: OutboxMessage, error: Exception, now: datetime) -> None:
    """Set the next attempt, or give up where another would end the same."""
    message.attempts += 1
    message.claimed_at = None
    message.last_error = in_plain_words(error)[:500]
    wait = None if is_final(error) else wait_after(message.attempts)
    message.state = State.FAILED if wait is None else State.QUEUED
    message.next_attempt_at = None if wait is None else now + wait
    message.save(update_fields=["state", "attempts", "claimed_at", "last_error", "next_attempt_at"])
    record(worker(now), "mail.failed" if wait is None else "mail.postponed", message)


def deliver(pk: int, *, now: datetime) -> None:
    """Send one mail if it is due and nobody else has it."""
    message = _claim(pk, now)
    if message is None:
        return
    way = outgoing()
    try:
        mail = letter(message, comes_from=way.sender if way else "")
        mail.connection = _connection(way)
        mail.send()
    except (smtplib.SMTPException, OSError, vault.Damaged) as error:
        _note_failure(message, error, now)
    else:
        _note_sent(message, now)


def deliver_due(*, now: datetime) -> int:
    """Send what is due, the oldest first; how many were tried."""
    due = OutboxMessage.objects.filter(_due(now))
    keys = list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:AT_ONCE])
    for pk in keys:
        deliver(pk, now=now)
    return len(keys)


@transaction.atomic
def give_up_orphans(*, now: datetime) -> int:
    """Show to a person the mails whose worker died while it held them; how many there were."""
    orphans = OutboxMessage.objects.select_for_update().filter(state=State.SENDING, claimed_at__lt=now - LONGEST_CLAIM)
    count = 0
    for message in orphans:
        message.state, message.claimed_at = State.FAILED, None
        message.last_error = (
            "The worker stopped while it was sending this. It may have arrived: ask before you send it again."
        )
        message.save(update_fields=["state", "claimed_at", "last_error"])
        record(worker(now), "mail.failed", message)
        count += 1
    return count
