"""What a person does with a mail in the tray: file it, set it aside, put it back, ask its sender, add one by hand."""

from collections.abc import Callable

from django.db import models, transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, listed_keys
from folkmoot.apps.access.audit import Channel, record, record_reading
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import ASKS, Kind, Standing
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import fitted, keep

Undo = Callable[[Actor, int], None]
_undoes: dict[str, Undo] = {}

MAILS = (".eml", ".msg")


def register_undo(table: str, undo: Undo) -> None:
    """A room tells here how to take back what it made from a mail; it raises Conflict where that is too late."""
    _undoes[table] = undo


def _held(actor: Actor, message: InboxMessage) -> InboxMessage:
    """The mail for this change alone, as it stands now."""
    check(actor, Permission.MAIL_SORT)
    held: InboxMessage = InboxMessage.objects.visible_to(actor).select_for_update().get(pk=message.pk)
    return held


def _move(actor: Actor, message: InboxMessage, state: Standing, outcome: str, verb: str) -> InboxMessage:
    message.state, message.outcome = state, fitted(outcome, 300)
    message.sorted_by_id, message.sorted_at = actor.account_id, actor.now
    message.save()
    record(actor, verb, message)
    return message


@transaction.atomic
def file_message(actor: Actor, *, message: InboxMessage, made: models.Model, outcome: str) -> InboxMessage:
    """Say what was made from a mail; the room that made it has checked that the person may."""
    held = _held(actor, message)
    if held.state == Standing.FILED:
        raise Conflict(f"This mail has been filed already. {held.outcome}")
    held.made_record, held.made_id = made._meta.label_lower, made.pk
    return _move(actor, held, Standing.FILED, outcome, "mail.filed")


@transaction.atomic
def set_aside(actor: Actor, *, message: InboxMessage, why: str) -> InboxMessage:
    """It needs nothing; it stays where everybody of the tray finds it."""
    held = _held(actor, message)
    if held.state != Standing.WAITING:
        raise Conflict(f"This mail does not wait any more: {held.get_state_display().lower()}.")
    if not why.strip():
        raise Invalid("Say in a few words why nothing is done with it.")
    return _move(actor, held, Standing.ASIDE, why, "mail.set-aside")


@transaction.atomic
def put_back(actor: Actor, *, message: InboxMessage) -> InboxMessage:
    """Undo: back into the tray, and what was made from it goes, as long as nobody has used it."""
    held = _held(actor, message)
    if held.state not in {Standing.FILED, Standing.ASIDE}:
        raise Conflict("This mail waits in the tray already.")
    if held.made_record and held.made_id:
        _undoes[held.made_record](actor, held.made_id)
        held.made_record, held.made_id = "", None
    return _move(actor, held, Standing.WAITING, "", "mail.put-back")


@transaction.atomic
def ask_sender(actor: Actor, *, message: InboxMessage) -> OutboxMessage:
    """Write to the sender what to send instead. Nobody answers a machine."""
    held = _held(actor, message)
    if held.nature != "person" or held.kind not in ASKS:
        raise Conflict("A machine wrote this mail, or there is nothing to ask for. Nothing was sent.")
    if held.asked_at is not None:
        raise Conflict("The sender has been asked already.")
    if not held.from_address:
        raise Conflict("This mail names no sender, so nobody can be asked.")
    name = held.from_name or held.from_address
    about = "your mail" if held.is_sensitive else f"your mail “{held.subject}”"
    sent = queue(
        actor,
        to=(name, held.from_address),
        subject="Re: your mail to the network" if held.is_sensitive else f"Re: {held.subject}",
        body=f"Dear {name},\n\nThank you for {about}.\n\n{ASKS[Kind(held.kind)]}\n\nWith kind regards\n{actor.name}\n",
        handling=held.handling,
        about=_about(held),
        reply_tag=held.answers.reply_tag if held.answers else "",
    )
    held.asked_at = actor.now
    held.save(update_fields=["asked_at"])
    record(actor, "mail.asked", held)
    return sent


def _about(message: InboxMessage) -> About:
    """Whoever may see the mail may see what was written back."""
    keys = tuple(listed_keys(message))
    return About(f"Mail from {message.sender}", message._meta.label_lower, message.pk, Audience(message.audience), keys)


def add_by_hand(actor: Actor, *, name: str, data: bytes) -> tuple[InboxMessage, bool]:
    """Take in a mail that somebody saved as .eml or .msg, by the same way as a fetched one; whether it is new."""
    check(actor, Permission.MAIL_SORT)
    if not name.lower().endswith(MAILS):
        raise Invalid(f"“{name}” is not a saved mail. Choose a file that ends in .eml or .msg.")
    message, new = keep(actor, data=data, source="upload", name=name)
    return sort(actor, message=message), new


def note_reading(actor: Actor, *, message: InboxMessage, channel: Channel = Channel.PAGE) -> None:
    """Write into the trail that a sensitive mail was read or taken out."""
    record_reading(actor, message, channel)
