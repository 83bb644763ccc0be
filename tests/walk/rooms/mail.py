"""The mail room: what the network has sent, for those who keep the mail; each reader gets only what is theirs."""

from typing import Any

from folkmoot.apps.access.audience import Audience, Handling, list_on
from folkmoot.apps.access.models import Account
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail.actions import About, queue
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.sorting import sort
from folkmoot.apps.mail.taking import keep
from tests.apps.mail.letters import mail
from tests.walk.address import ADMINISTRATOR, BOTH, SECRETARIAT, SEND, SIGNED_IN, UNKNOWN, Address, Parts
from tests.walk.world import World

HEAD: Parts = frozenset({"head"})


def build(world: World) -> None:
    """A mail to an office with a file, a sensitive one, and one that only the head may read."""
    world["mail"] = _mail(world, "mayor", SECRETARIAT, "a mail to the mayor", with_file=True)
    world["sensitive mail"] = _sensitive(world)
    world["letter"] = _letter(world, SECRETARIAT, "a letter that came in")
    world["sensitive letter"] = _letter(world, SECRETARIAT, "a sensitive letter", sensitive=True)
    world["private letter"] = _letter(world, HEAD, "a private letter")
    _only_for_the_head(world, world["private letter"])
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


def _letter(world: World, may_see: Parts, what: str, *, sensitive: bool = False) -> InboxMessage:
    """A mail from a stranger, with a canary in each of its texts, sorted as the worker sorts it."""

    def hatch(part: str) -> str:
        return world.aviary.hatch(f"{part} of {what}", may_see, sensitive=sensitive)

    link = f"https://aldermere.sharepoint.com/:w:/s/{hatch('a link')}/x"
    mark = "OFFICIAL-SENSITIVE: " if sensitive else ""
    data = mail(
        mark + hatch("the subject"),
        f"{hatch('the text')} {link}\n\n> {hatch('the quoted words')}",
        sender=f"{hatch('the sender')} <{hatch('the address')}@elsewhere.example>",
        files=[(f"{hatch('the name of a file')}.txt", hatch("a file").encode())],
    )
    actor = world.cast.actor("coordinator")
    message, _ = keep(actor, data=data, source="imap")
    return sort(actor, message=message)


def _only_for_the_head(world: World, message: InboxMessage) -> None:
    InboxMessage.objects.filter(pk=message.pk).update(audience=Audience.PRIVATE)
    list_on(message, f"account:{world.cast.head.pk}")


def _another_private_letter(world: World) -> None:
    _only_for_the_head(world, _letter(world, HEAD, "another private letter"))


def _another_private_mail(world: World) -> None:
    _mail(world, "head", HEAD, "another private mail", audience=Audience.PRIVATE, listed=world.cast.head)


HIDDEN = [(_another_private_mail, HEAD), (_another_private_letter, HEAD)]


def _key(sample: str, **more: Any) -> Any:
    return lambda world: {"key": world[sample].key, **more}


def _letter_page(name: str, sample: str = "letter", may: Parts = SECRETARIAT, **more: Any) -> Address:
    keys = {key: more.pop(key) for key in ("place",) if key in more}
    reads = (lambda world: world[sample]) if sample == "sensitive letter" and "methods" not in more else None
    return Address(name, may, others=UNKNOWN, kwargs=_key(sample, **keys), sample=sample, reads=reads, **more)


ADDRESSES = [
    Address("mail_choices", SIGNED_IN, methods=BOTH),
    Address("mail_in", SECRETARIAT),
    Address("mail_in", SECRETARIAT, query="?state=filed&kind=words&words=a&sort=-name&page=9", sample="filtered"),
    Address("mail_in", SECRETARIAT, query="?state=no&kind=no&sort=no", sample="nonsense"),
    Address("mail_in_add", SECRETARIAT, methods=BOTH),
    *(_letter_page("mail_in_message", sample) for sample in ("letter", "sensitive letter")),
    *(_letter_page("mail_in_file", sample, place=0) for sample in ("letter", "sensitive letter")),
    *(_letter_page("mail_in_raw", sample) for sample in ("letter", "sensitive letter")),
    *(_letter_page(name, methods=SEND) for name in ("mail_in_aside", "mail_in_back", "mail_in_ask")),
    *(_letter_page(name, methods=BOTH) for name in ("mail_to_word", "mail_to_stance")),
    *(_letter_page(name, "private letter", HEAD) for name in ("mail_in_message", "mail_in_raw")),
    _letter_page("mail_to_word", "private letter", HEAD, methods=BOTH),
    _letter_page("mail_in_file", "private letter", HEAD, place=0),
    Address("mail", SECRETARIAT),
    Address("mail", SECRETARIAT, query="?state=kept&words=a&sort=-subject&page=9", sample="filtered"),
    Address("mail_settings", ADMINISTRATOR, methods=BOTH),
    Address("mail_test", ADMINISTRATOR, methods=SEND),
    Address("mail_plus_test", ADMINISTRATOR, methods=SEND),
    Address("mailbox_try", ADMINISTRATOR, methods=SEND),
    Address("mail_message", SECRETARIAT, others=UNKNOWN, kwargs=_key("mail")),
    Address("mail_message", HEAD, others=UNKNOWN, kwargs=_key("private mail"), sample="private"),
    Address("mail_message", SECRETARIAT, others=UNKNOWN, kwargs=_key("sensitive mail"), sample="sensitive"),
    Address("mail_attachment", SECRETARIAT, others=UNKNOWN, kwargs=_key("mail", place=0)),
    Address("mail_eml", SECRETARIAT, others=UNKNOWN, kwargs=_key("mail")),
    Address("mail_eml", HEAD, others=UNKNOWN, kwargs=_key("private mail"), sample="private"),
    Address("mail_retry", SECRETARIAT, others=UNKNOWN, kwargs=_key("mail"), methods=SEND),
]
