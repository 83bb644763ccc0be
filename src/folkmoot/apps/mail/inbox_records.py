"""Tells the records room how long mail that came in is kept, and which of it concerns a person.

The fingerprint of a mail's bytes outlives its text: the mailbox may still hold the mail, and it is not taken in again.
"""

from datetime import datetime

from django.apps import apps
from django.db.models import Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.forgetting import ERASED_NAME
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Standing
from folkmoot.apps.records.registry import (
    Extract,
    PersonalSource,
    RecordClass,
    Subject,
    key_of,
    register_personal_source,
    register_record_class,
)

REMOVED = "This mail was removed when its period was over."
BY_ANOTHER = (
    "Somebody else wrote it. It leaves in an answer to a request for the person’s own data, without other people."
)
DONE_WITH = (Standing.FILED, Standing.ASIDE)
EMPTIED = ("raw", "to", "text", "quoted", "links", "notes", "reasons")


def register() -> None:
    """Tell the registries; called when the installation starts."""
    register_record_class(
        RecordClass(
            name="mail.received",
            title="Texts and files of mail that came in",
            basis="Public task: to prove what an office wrote while a matter is open.",
            months=24,
            due=_old_mail,
            remove=_remove,
            stands_on=_about,
        )
    )
    register_personal_source(
        PersonalSource(
            name="mail.received",
            title="Mail that came in",
            find=_held,
            erase=_erase,
            kept="A mail by somebody else stays as it came, since it proves what that person wrote, and a mail that "
            "still waits to be sorted stays until it is. That a mail came on a day stays, without name and text.",
        )
    )


def _old_mail(before: datetime) -> "QuerySet[InboxMessage]":
    """Mail that is done with and whose text is still there."""
    return (
        InboxMessage.objects.filter(received_at__lte=before, state__in=DONE_WITH)
        .exclude(text=REMOVED)
        .order_by("received_at", "pk")
    )


def _about(message: InboxMessage) -> list[tuple[str, str]]:
    """What the mail is about and what was made of it: a hold on either keeps the mail, too."""
    named = [(message.about_record, message.about_id), (message.made_record, message.made_id)]
    found = [(table, apps.get_model(table)._default_manager.filter(pk=key).first()) for table, key in named if table]
    return [(table, key_of(record)) for table, record in found if record]


def _remove(actor: Actor, message: InboxMessage) -> None:
    """Text and files go; that a mail came, when and from whom stays until the person is erased."""
    _empty(actor, message)
    message.save(update_fields=EMPTIED)


def _empty(actor: Actor, message: InboxMessage) -> None:
    """Take out everything that its writer wrote; the bytes go with the files that nothing holds."""
    message.raw = store(actor, name="removed.txt", data=REMOVED.encode(), kind="mail")
    message.text, message.quoted, message.to = REMOVED, "", ""
    message.links, message.notes, message.reasons = [], [], []
    message.files.all().delete()


def _from(subject: Subject) -> Q:
    which = Q(pk__in=[])
    for email in subject.emails:
        which |= Q(from_address__iexact=email)
    return which


def _naming(subject: Subject) -> Q:
    which = Q(pk__in=[])
    for words in filter(str.strip, (*subject.names, *subject.emails)):
        for column in ("from_name", "to", "subject", "text", "quoted"):
            which |= Q(**{f"{column}__icontains": words})
    return which


def _held(subject: Subject) -> list[Extract]:
    theirs = {message.pk for message in InboxMessage.objects.filter(_from(subject))}
    found = InboxMessage.objects.filter(_from(subject) | _naming(subject)).prefetch_related("files")
    found = found.order_by("received_at", "pk")
    return [_by_them(message) if message.pk in theirs else _by_another(message) for message in found]


def _by_them(message: InboxMessage) -> Extract:
    files = tuple((each.name, each.file_id) for each in message.files.all())
    table = message._meta.label_lower
    return Extract("A mail from the person", _words(message), message.received_at, table, message.key, files=files)


def _by_another(message: InboxMessage) -> Extract:
    table, words = message._meta.label_lower, _words(message)
    return Extract(
        "A mail that names the person", "", message.received_at, table, message.key, BY_ANOTHER, others=words
    )


def _words(message: InboxMessage) -> str:
    head = f"From {message.from_name} <{message.from_address}>\n{message.subject}"
    return "\n\n".join(part for part in (head, message.text, message.quoted) if part)


def _erase(actor: Actor, subject: Subject) -> int:
    messages = list(InboxMessage.objects.filter(_from(subject), state__in=DONE_WITH))
    for message in messages:
        _empty(actor, message)
        message.from_name, message.from_address = ERASED_NAME, f"{message.key}@erased.invalid"
        message.subject, message.message_id = "A mail from an erased person", ""
        message.save(update_fields=[*EMPTIED, "from_name", "from_address", "subject", "message_id"])
    return len(messages)
