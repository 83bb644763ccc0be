"""The mail room: what the network has sent, for those who keep the mail; each reader gets only what is theirs."""

from typing import Any

from folkmoot.apps.access.audience import Audience, Handling
from folkmoot.apps.access.models import Account
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.models import OutboxMessage
from tests.walk.address import ADMINISTRATOR, BOTH, SECRETARIAT, SEND, UNKNOWN, Address, Parts
from tests.walk.world import World

HEAD: Parts = frozenset({"head"})


def build(world: World) -> None:
    """A mail to an office with a file, a sensitive one, and one that only the head may read."""
    world["mail"] = _mail(world, "mayor", SECRETARIAT, "a mail to the mayor", with_file=True)
    world["sensitive mail"] = _sensitive(world)
    world["private mail"] = _mail(
        world, "head", HEAD, "a private mail to the head", audience=Audience.PRIVATE, listed=world.cast.head
    )


def _mail(
    world: World,
    to: str,
    readers: Parts,
    what: str,
    *,
    with_file: bool = False,
    audience: Audience = Audience.SECRETARIAT,
    listed: Account | None = None,
) -> OutboxMessage:
    actor, reader = world.cast.actor("coordinator"), world.cast.account(to)
    assert reader is not None
    may_see = readers | {to}
    files = []
    if with_file:
        words = world.aviary.hatch(f"the file with {what}", may_see)
        name = world.aviary.hatch(f"the name of the file with {what}", may_see)
        files = [(store(actor, name="note.txt", data=words.encode(), kind="letter"), f"{name}.txt")]
    about = About(
        world.aviary.hatch(f"what {what} is about", readers),
        Account._meta.label_lower,
        world.cast.officer.pk,
        audience,
        (f"account:{listed.pk}",) if listed else (),
    )
    return queue(
        actor,
        to=(reader.name, reader.email),
        subject=world.aviary.hatch(f"the subject of {what}", may_see),
        body=world.aviary.hatch(f"the text of {what}", may_see),
        attachments=files,
        about=about,
    )


def _sensitive(world: World) -> OutboxMessage:
    reader = world.cast.mayor
    return queue(
        world.cast.actor("coordinator"),
        to=(reader.name, reader.email),
        subject="Something to read",
        body="Sign in to read it.",
        handling=Handling.OFFICIAL_SENSITIVE,
    )


def _another_private_mail(world: World) -> None:
    _mail(world, "head", HEAD, "another private mail", audience=Audience.PRIVATE, listed=world.cast.head)


HIDDEN = [(_another_private_mail, HEAD)]


def _key(sample: str, **more: Any) -> Any:
    return lambda world: {"key": world[sample].key, **more}


ADDRESSES = [
    Address("mail", SECRETARIAT),
    Address("mail", SECRETARIAT, query="?state=kept&words=a&sort=-subject&page=9", sample="filtered"),
    Address("mail_settings", ADMINISTRATOR, methods=BOTH),
    Address("mail_test", ADMINISTRATOR, methods=SEND),
    Address("mailbox_try", ADMINISTRATOR, methods=SEND),
    Address("mail_message", SECRETARIAT, others=UNKNOWN, kwargs=_key("mail")),
    Address("mail_message", HEAD, others=UNKNOWN, kwargs=_key("private mail"), sample="private"),
    Address("mail_message", SECRETARIAT, others=UNKNOWN, kwargs=_key("sensitive mail"), sample="sensitive"),
    Address("mail_attachment", SECRETARIAT, others=UNKNOWN, kwargs=_key("mail", place=0)),
    Address("mail_eml", SECRETARIAT, others=UNKNOWN, kwargs=_key("mail")),
    Address("mail_eml", HEAD, others=UNKNOWN, kwargs=_key("private mail"), sample="private"),
    Address("mail_retry", SECRETARIAT, others=UNKNOWN, kwargs=_key("mail"), methods=SEND),
]
