"""Reads every mail that the world has caused, as the person to whom it is addressed."""

from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail.models import OutboxMessage
from tests.cast import EVERYBODY
from tests.walk.canaries import unpacked
from tests.walk.world import World


def addressee(world: World, message: OutboxMessage) -> str:
    """The part of the cast to whom a mail goes; whoever is not of the cast counts as a stranger."""
    for part in EVERYBODY:
        account = world.cast.account(part)
        if account is not None and account.email == message.to_address:
            return part
    return "stranger"


def letter_text(message: OutboxMessage) -> str:
    """All that a mail tells its reader: the heading, the text, and every file with its name."""
    files = [
        attachment.name + "\n" + unpacked(content(attachment.file))
        for attachment in message.attachments.select_related("file")
    ]
    return "\n".join([message.subject, message.body, *files])


def problems_of_all_mail(world: World) -> list[str]:
    """What is wrong with the mails: a text that the reader may not see, or a sensitive one at all."""
    found = []
    for message in OutboxMessage.objects.order_by("pk"):
        part, text = addressee(world, message), letter_text(message)
        found += [f"Mail to {part}: shows {canary.where}." for canary in world.aviary.strays(text, part)]
        found += [
            f"Mail to {part}: carries {canary.where}, which is OFFICIAL-SENSITIVE."
            for canary in world.aviary.met(text)
            if canary.sensitive and part in canary.may_see
        ]
    return found
