"""Takes a mail in: its bytes are kept first, whole and once, then read; what reading finds is written beside them."""

import hashlib
from collections.abc import Iterator

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.audit import record
from folkmoot.apps.documents.actions import store
from folkmoot.apps.documents.queries import content
from folkmoot.apps.documents.reading import Unreadable, read
from folkmoot.apps.mail.inbox import InboxFile, InboxMessage
from folkmoot.apps.mail.kinds import Kind, Standing
from folkmoot.engines import post

LONGEST_TEXT = 200_000
# Where it stands is not written with what it says: somebody may have moved it meanwhile.
WRITTEN = [
    *("message_id", "from_name", "from_address", "to", "subject", "dated", "nature"),
    *("text", "quoted", "links", "notes", "handling"),
]


@transaction.atomic
def keep(actor: Actor, *, data: bytes, source: str, name: str = "mail.eml") -> tuple[InboxMessage, bool]:
    """Keep the bytes of a mail; the mail, and whether it is new. The same bytes are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = InboxMessage.objects.filter(sha256=sha256).first()
    if known is not None:
        return known, False
    message, new = InboxMessage.objects.get_or_create(
        sha256=sha256,
        defaults={
            "raw": store(actor, name=name, data=data, kind="mail"),
            "source": source,
            "received_at": actor.now,
        },
    )
    if new:
        record(actor, "mail.came-in", message, sha256=sha256)
    return message, new


def letter_of(message: InboxMessage) -> post.Letter | Unreadable:
    """The mail, read in a process with limits from the bytes that were kept."""
    answer = read("post.read_mail", content(message.raw))
    if isinstance(answer, Unreadable):
        return answer
    assert isinstance(answer.value, post.Letter)
    return answer.value


@transaction.atomic
def write_down(actor: Actor, *, message: InboxMessage, letter: post.Letter) -> None:
    """Write what the mail says beside its bytes; done again, it says the same."""
    message.message_id = fitted(letter.message_id, 300)
    message.from_name, message.from_address = fitted(letter.sender.name, 200), fitted(letter.sender.address, 254)
    message.to = ", ".join(person.address for person in letter.recipients)[:LONGEST_TEXT]
    message.subject, message.dated, message.nature = fitted(letter.subject, 300), letter.date, letter.nature.value
    message.text, message.quoted = letter.text[:LONGEST_TEXT], letter.quoted[:LONGEST_TEXT]
    message.links = [{"service": link.service, "name": link.name, "url": link.url} for link in letter.links]
    message.notes = list(letter.notes)
    if letter.handling:
        message.handling = Handling.OFFICIAL_SENSITIVE
    message.save(update_fields=WRITTEN)
    message.files.all().delete()
    for place, (file, within) in enumerate(every_file(letter)):
        InboxFile.objects.create(
            message=message,
            file=store(actor, name=file.name or "file", data=file.data, kind="mail"),
            name=fitted(file.name or "file without a name", 200),
            kind=file.kind.value,
            within=fitted(within, 200),
            inline=file.inline,
            note=fitted(file.note, 300),
            place=place,
        )


def every_file(letter: post.Letter) -> Iterator[tuple[post.Attachment, str]]:
    """Each file with the name of the file that it lies in; those inside a zip or a winmail.dat follow it."""
    for file in letter.attachments:
        yield file, ""
        if file.kind in {post.FileKind.ZIP, post.FileKind.WINMAIL}:
            for inner in file.inside:
                yield inner, file.name


def fitted(text: str, longest: int) -> str:
    """Text on one line, as long as its column."""
    return " ".join(text.split())[:longest]


@transaction.atomic
def note_unreadable(actor: Actor, *, message: InboxMessage, reason: str) -> None:
    """It waits for a person as it came."""
    message.state, message.kind, message.reasons = Standing.WAITING, Kind.UNREADABLE, [reason]
    message.subject = message.subject or "A mail that cannot be read"
    message.save(update_fields=["state", "kind", "reasons", "subject"])
    record(actor, "mail.sorted", message, kind=Kind.UNREADABLE.value)
