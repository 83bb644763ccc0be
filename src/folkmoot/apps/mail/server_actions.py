"""Saying where mail leaves and comes in, and trying both. No password is told back, whoever asks."""

import re
from dataclasses import dataclass, field
from ipaddress import ip_address

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.access.secrets import encrypt
from folkmoot.apps.mail import server
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.mailbox import count_messages
from folkmoot.apps.mail.models import MailServer, OutboxMessage, Security

_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")
ABOUT_TEST = MailServer._meta.label_lower


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach one server, as the form gives it. An empty password keeps the one that is kept."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)


def _usable(given: Access, what: str) -> None:
    """Invalid for what no mail server has."""
    if not _is_host(given.host):
        raise Invalid(
            f"“{given.host}” is not the name of a {what} server. Write it like mail.example.org, without the port."
        )
    if not 1 <= given.port <= 65535:
        raise Invalid(f"The port of the {what} server is {given.port}. Write a number from 1 to 65535.")
    if given.security not in Security.values:
        raise Invalid("Choose how the way to the server is closed to others.")
    if any(not letter.isprintable() for letter in given.user + given.password):
        raise Invalid("The user name or the password holds a character that none has, such as a new line.")


def _is_host(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return bool(_HOST.fullmatch(text)) and not text.replace(".", "").isdecimal()
    return True


def _on_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _password(given: Access, before: tuple[str, str, str]) -> str:
    """The password as it is kept. One kept for another server or user is never sent to a new one."""
    host, user, kept = before
    if given.user and not given.password and not (kept and (host, user) == (given.host, given.user)):
        raise Invalid("Write the password. It is kept only for the same server and the same user name.")
    if given.user and given.security == Security.NONE and not _on_this_machine(given.host):
        raise Invalid("Without encryption anybody on the way could read the password. Choose TLS or STARTTLS.")
    if not given.user:
        return ""
    return encrypt(given.password, server.PURPOSE) if given.password else kept


def _row(actor: Actor) -> MailServer:
    row = MailServer.objects.select_for_update().first() or MailServer()
    row.changed_at = actor.now
    return row


@transaction.atomic
def set_outgoing(actor: Actor, *, access: Access, sender: str) -> MailServer:
    """Say which server takes our mail, and from which address it comes; from the next mail on."""
    by = check(actor, Permission.SETTINGS_CHANGE)
    if server.outgoing_is_given():
        raise Conflict("FOLKMOOT_SMTP says where mail leaves. Take it out of the environment first.")
    _usable(access, "mail")
    try:
        validate_email(sender)
    except ValidationError:
        raise Invalid(f"“{sender}” is not a mail address. Write the network’s own, like office@example.org.") from None
    row = _row(actor)
    row.out_password = _password(access, (row.out_host, row.out_user, row.out_password))
    row.out_host, row.out_port, row.out_security, row.out_user = access.host, access.port, access.security, access.user
    row.sender = sender
    row.save()
    record(actor, "mail.server-set", row, by=by, host=access.host, user=access.user, sender=sender)
    return row


@transaction.atomic
def set_incoming(actor: Actor, *, access: Access, folder: str) -> MailServer:
    """Say in which mailbox the network's mail comes in."""
    by = check(actor, Permission.SETTINGS_CHANGE)
    if server.incoming_is_given():
        raise Conflict("FOLKMOOT_IMAP says where mail comes in. Take it out of the environment first.")
    _usable(access, "mail")
    if not access.user:
        raise Invalid("Write the user name of the mailbox.")
    if not folder.strip() or not folder.isprintable():
        raise Invalid("Write the folder of the mailbox, such as INBOX.")
    row = _row(actor)
    row.in_password = _password(access, (row.in_host, row.in_user, row.in_password))
    row.in_host, row.in_port, row.in_security, row.in_user = access.host, access.port, access.security, access.user
    row.in_folder = folder.strip()
    row.save()
    record(actor, "mail.mailbox-set", row, by=by, host=access.host, user=access.user, folder=row.in_folder)
    return row


@transaction.atomic
def send_test_message(actor: Actor) -> OutboxMessage:
    """Send the person who asks a mail the way that every mail goes: the outbox, the worker, the server."""
    check(actor, Permission.SETTINGS_CHANGE)
    if server.outgoing() is None:
        raise Conflict("Say first which server takes the mail, then send the test message.")
    account = own_account(actor)
    return queue(
        actor,
        to=(account.name, account.email),
        subject="A test message from Folkmoot",
        body=f"Dear {account.name},\n\nYou asked Folkmoot for this message. It arrived, so mail leaves as it should.\n",
        about=About("A test of the mail settings", ABOUT_TEST, 1, Audience.PRIVATE, (f"account:{account.pk}",)),
    )


def latest_test(actor: Actor) -> OutboxMessage | None:
    """The last test message that the person who asks sent, and what became of it."""
    check(actor, Permission.SETTINGS_CHANGE)
    to = own_account(actor).email
    found = OutboxMessage.objects.filter(about_record=ABOUT_TEST, to_address=to, reply_tag="")
    latest: OutboxMessage | None = found.order_by("-created_at", "-pk").first()
    return latest


def try_incoming(actor: Actor) -> int:
    """Log into the mailbox and open its folder; how many messages lie there, or Invalid in plain words."""
    check(actor, Permission.SETTINGS_CHANGE)
    box = server.incoming()
    if box is None:
        raise Conflict("Say first in which mailbox the mail comes in, then try it.")
    return count_messages(box)
