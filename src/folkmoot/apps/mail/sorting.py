"""Sorts a mail that was taken in: each room says what is its own; what no room knows waits for a person.

    register_matcher(matcher)      matcher(actor, message, letter) -> Verdict | None

Nothing that a mail says is believed beyond what it states: a sender can be forged, so a matcher may prepare something
for a person to confirm, and never acts for anybody.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models, transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience, Handling, list_on, listed_keys
from folkmoot.apps.access.audit import record
from folkmoot.apps.documents.reading import Unreadable
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import BY_MACHINES, Kind, Standing
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.taking import fitted, letter_of, note_unreadable, write_down
from folkmoot.engines import post


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a mail is: the kind of case, what it is about, why we think so, and what was made of it, if anything."""

    kind: Kind
    reasons: tuple[str, ...] = ()
    about: models.Model | None = None
    label: str = ""
    sensitive: bool = False
    private_to: tuple[str, ...] | None = None  # the keys of those who may see what it is about, where that is private
    made: models.Model | None = None
    outcome: str = ""


Matcher = Callable[[Actor, InboxMessage, post.Letter], Verdict | None]
_matchers: list[Matcher] = []


def register_matcher(matcher: Matcher) -> None:
    """A room tells here how to know its mail."""
    if matcher not in _matchers:
        _matchers.append(matcher)


def sort(actor: Actor, *, message: InboxMessage) -> InboxMessage:
    """Read a mail and put it where it belongs. Reading and matching are slow, so they hold no transaction."""
    if message.state != Standing.NEW:
        return message
    letter = letter_of(message)
    if isinstance(letter, Unreadable):
        note_unreadable(actor, message=message, reason=f"{letter.reason} {letter.advice}")
        return message
    write_down(actor, message=message, letter=letter)
    found = next((verdict for matcher in _matchers if (verdict := matcher(actor, message, letter))), None)
    _settle(actor, message, letter, found or _of_no_room(letter))
    return message


def sort_waiting(actor: Actor) -> int:
    """Sort what was kept and not looked at yet, also where a worker stopped in the middle; how many."""
    new = list(InboxMessage.objects.filter(state=Standing.NEW).select_related("raw").order_by("pk"))
    for message in new:
        sort(actor, message=message)
    return len(new)


def kind_of_machine(letter: post.Letter) -> Kind | None:
    """The kind of what no person wrote."""
    return {
        post.Nature.AUTO_REPLY: Kind.AUTO_REPLY,
        post.Nature.BOUNCE: Kind.BOUNCE,
        post.Nature.LIST: Kind.LIST,
        post.Nature.CALENDAR: Kind.CALENDAR,
    }.get(letter.nature)


def _of_no_room(letter: post.Letter) -> Verdict:
    kind = kind_of_machine(letter) or (Kind.STRANGER if letter.encryption is post.Encryption.NONE else Kind.CLOSED)
    return Verdict(kind, ("It bears no mark of a mail of ours, and its sender is not known here.",))


def answered(letter: post.Letter) -> OutboxMessage | None:
    """The mail of ours that this one answers or returns, by the Message-IDs that it states."""
    named = [letter.in_reply_to, *reversed(letter.references)]
    if letter.bounce:
        named.insert(0, letter.bounce.original_message_id)
    return _first_of(identity for identity in named if identity)


def _first_of(identities: Iterable[str]) -> OutboxMessage | None:
    wanted = list(dict.fromkeys(identities))[:100]
    found = {message.message_id: message for message in OutboxMessage.objects.filter(message_id__in=wanted)}
    return next((found[identity] for identity in wanted if identity in found), None)


@transaction.atomic
def _settle(actor: Actor, message: InboxMessage, letter: post.Letter, verdict: Verdict) -> None:
    """Write down where it belongs, and mark the mail of ours that it answers; once, whoever else sorts it meanwhile."""
    if not InboxMessage.objects.select_for_update().filter(pk=message.pk, state=Standing.NEW).exists():
        message.refresh_from_db()
        return
    message.answers = answered(letter)
    message.kind, message.reasons = verdict.kind, list(verdict.reasons)
    message.state = Standing.FILED if verdict.made or _needs_nobody(verdict, letter) else Standing.WAITING
    message.outcome = fitted(verdict.outcome, 300)
    if verdict.about is not None:
        message.about = fitted(verdict.label or str(verdict.about), 200)
        message.about_record, message.about_id = verdict.about._meta.label_lower, verdict.about.pk
    if verdict.made is not None:
        message.made_record, message.made_id = verdict.made._meta.label_lower, verdict.made.pk
    sensitive = verdict.sensitive or (message.answers is not None and message.answers.is_sensitive)
    if sensitive:
        message.handling = Handling.OFFICIAL_SENSITIVE
    _narrow(message, verdict)
    if verdict.kind is Kind.BOUNCE:
        _bounced(message, letter, actor)
    message.sorted_at = actor.now
    message.save()
    record(actor, "mail.sorted", message, kind=verdict.kind.value)


def _needs_nobody(verdict: Verdict, letter: post.Letter) -> bool:
    """True of what machines wrote, unless a mail of ours has come back for good."""
    came_back = letter.bounce is not None and letter.bounce.permanent
    return verdict.kind in BY_MACHINES and not (verdict.kind is Kind.BOUNCE and came_back)


def _narrow(message: InboxMessage, verdict: Verdict) -> None:
    """What a few people share stays with them; nothing that comes in is ever shown to more than the secretariat."""
    keys = verdict.private_to
    if keys is None and message.answers is not None and message.answers.audience == Audience.PRIVATE:
        keys = tuple(listed_keys(message.answers))
    if keys is not None:
        message.audience = Audience.PRIVATE
        list_on(message, *(key for key in keys if key.startswith("account:")))


def _bounced(message: InboxMessage, letter: post.Letter, actor: Actor) -> None:
    """Say on the mail of ours that it did not arrive; a server that still tries is noted and no more."""
    message.outcome = returned_words(letter)
    if message.answers is None or letter.bounce is None or not letter.bounce.permanent:
        return
    message.answers.returned_at, message.answers.returned_why = actor.now, message.outcome
    message.answers.save(update_fields=["returned_at", "returned_why"])
    record(actor, "mail.returned", message.answers)


# RFC 3463: what the subject and detail of a status code mean to whoever wrote.
_WHY = {
    "1": "there is no such mailbox",
    "2": "the mailbox is full or closed",
    "3": "the other mail server does not take it",
    "4": "the other mail server cannot be reached",
    "7": "the other mail server refused it",
}


def returned_words(letter: post.Letter) -> str:
    """What a bounce says, in a sentence."""
    bounce = letter.bounce
    if bounce is None:
        return "A mail of ours came back."
    parts = bounce.status.split(".")
    why = (
        _WHY.get(parts[1], "the other mail server did not take it") if len(parts) == 3 else "it could not be delivered"
    )
    whom = bounce.recipient or "its reader"
    if not bounce.permanent:
        return fitted(f"The mail to {whom} is delayed: {why}. The server is still trying.", 300)
    return fitted(f"The mail to {whom} came back: {why}.", 300)
