"""Plus addresses (RFC 5233): whether answers may come to network+word@example.org, and the message that proves it.

A mail server that does not know them sends such an answer back to the office that wrote it. So they are used once a
test has come back to the mailbox, or an administrator says so; without them, an answer is matched in the other ways.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.mail import server
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Kind
from folkmoot.apps.mail.models import MailServer, OutboxMessage
from folkmoot.apps.mail.replying import mailbox_address, with_tag
from folkmoot.apps.mail.sorting import Verdict, answered, register_matcher
from folkmoot.engines import post

TEST = MailServer._meta.label_lower
CAME = "It is the test of plus addresses, and it came to the mailbox: they work, and are used from now on."
SENT_BACK = "It is the test of plus addresses, and it was sent back: they are not used."


@dataclass(frozen=True, slots=True)
class Proof:
    """The last test message, and when it came to the mailbox, if it did."""

    message: OutboxMessage
    came_at: datetime | None


def register() -> None:
    """Tell the sorting; called when the installation starts."""
    register_matcher(match)


def _row(now: datetime) -> MailServer:
    """The one row, for this change alone; `select_for_update` finds it also where it was just made."""
    MailServer.objects.get_or_create(pk=1, defaults={"changed_at": now})
    return MailServer.objects.select_for_update().get()


@transaction.atomic
def _switch(actor: Actor, *, on: bool, verb: str, **more: object) -> None:
    row = _row(actor.now)
    if row.in_plus != on:
        row.in_plus, row.changed_at = on, actor.now
        row.save(update_fields=["in_plus", "changed_at"])
        record(actor, verb, row, on=on, **more)  # type: ignore[arg-type]


@transaction.atomic
def set_plus(actor: Actor, *, on: bool) -> None:
    """Say whether answers may come to plus addresses, where an administrator knows it without a test."""
    by = check(actor, Permission.SETTINGS_CHANGE)
    _switch(actor, on=on, verb="mail.plus-set", by=by)


@transaction.atomic
def send_plus_test(actor: Actor) -> OutboxMessage:
    """Send a mail to a plus address of the network's own mailbox, the way of every mail."""
    check(actor, Permission.SETTINGS_CHANGE)
    box = server.incoming()
    if box is None or server.outgoing() is None:
        raise Conflict("Say first where mail leaves and in which mailbox it comes in, then send the test.")
    tag = f"test-{secrets.token_hex(4)}"
    return queue(
        actor,
        to=("Folkmoot", with_tag(mailbox_address(box), tag)),
        subject="A test of plus addresses from Folkmoot",
        body="Folkmoot sent this message to itself. If it comes to the mailbox, answers can come to such an address.\n",
        about=About("A test of plus addresses", TEST, 1, Audience.PRIVATE, (f"account:{own_account(actor).pk}",)),
        reply_tag=tag,
    )


def _tests() -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(about_record=TEST).exclude(reply_tag="").order_by("-created_at", "-pk")


def latest_proof(actor: Actor) -> Proof | None:
    """The last test of plus addresses, whoever asked for it, and what became of it."""
    check(actor, Permission.SETTINGS_CHANGE)
    message = _tests().first()
    if message is None:
        return None
    came = InboxMessage.objects.filter(message_id=message.message_id).order_by("pk").first()
    return Proof(message, came.received_at if came else None)


def match(actor: Actor, message: InboxMessage, letter: post.Letter) -> Verdict | None:
    """Know our own test when it comes in, or comes back; nobody else can have made its Message-ID."""
    if _tests().filter(message_id=letter.message_id).exists():
        _switch(actor, on=True, verb="mail.plus-proved")
        return Verdict(Kind.AUTO_REPLY, (CAME,), label="A test of plus addresses", outcome=CAME)
    ours = answered(letter) if letter.bounce and letter.bounce.permanent else None
    if ours is not None and _tests().filter(pk=ours.pk).exists():
        _switch(actor, on=False, verb="mail.plus-disproved")
        return Verdict(Kind.BOUNCE, (SENT_BACK,))
    return None
