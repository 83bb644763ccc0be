"""Tells the records room how long sent mail is kept, and which concerns a person; `inbox_records` has the rest."""

from datetime import datetime

from django.apps import apps
from django.db.models import Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.forgetting import ERASED_NAME
from folkmoot.apps.mail import inbox_records
from folkmoot.apps.mail.models import OutboxMessage
from folkmoot.apps.mail.redaction import hide_personal_links
from folkmoot.apps.mail.states import State
from folkmoot.apps.records.registry import (
    Extract,
    PersonalSource,
    RecordClass,
    Subject,
    key_of,
    register_personal_source,
    register_record_class,
)

REMOVED = "This text was removed when its period was over."
LEFT_BEHIND = (State.QUEUED, State.SENDING)


def _old_bodies(before: datetime) -> "QuerySet[OutboxMessage]":
    """Mail that is done with and whose text or files are still there."""
    return (
        OutboxMessage.objects.filter(created_at__lte=before)
        .exclude(state__in=LEFT_BEHIND)
        .exclude(body=REMOVED, attachments__isnull=True)
        .distinct()
        .order_by("created_at", "pk")
    )


def _about(message: OutboxMessage) -> list[tuple[str, str]]:
    """The record that the mail is about, whose hold keeps the mail, too."""
    if not message.about_record:
        return []
    record = apps.get_model(message.about_record)._default_manager.filter(pk=message.about_id).first()
    return [(message.about_record, key_of(record))] if record else []


def _remove(_actor: Actor, message: OutboxMessage) -> None:
    """Text and files go; that a mail went, when and to whom stays until the person is erased."""
    message.body = REMOVED
    message.save(update_fields=["body"])
    message.attachments.all().delete()


def _to(subject: Subject) -> "QuerySet[OutboxMessage]":
    which = Q(pk__in=[])
    for email in subject.emails:
        which |= Q(to_address__iexact=email)
    return OutboxMessage.objects.filter(which)


def _held(subject: Subject) -> list[Extract]:
    return [_mail(message) for message in _to(subject).order_by("created_at", "pk")]


def _mail(message: OutboxMessage) -> Extract:
    head = f"To {message.to_name} <{message.to_address}>\n{message.subject}"
    table, key = message._meta.label_lower, message.key
    text = f"{head}\n\n{hide_personal_links(message.body, reader=message.to_name)}"
    if message.is_sensitive:
        why = "The mail is marked OFFICIAL-SENSITIVE; its text may hold what others said in confidence."
        return Extract("A mail to the person", head.split("\n")[0], message.created_at, table, key, why, text)
    return Extract("A mail to the person", text, message.created_at, table, key)


def _erase(_actor: Actor, subject: Subject) -> int:
    messages = list(_to(subject).exclude(state__in=LEFT_BEHIND))
    for message in messages:
        message.to_name, message.to_address = ERASED_NAME, f"{message.key}@erased.invalid"
        message.subject, message.body, message.about = "A mail to an erased person", REMOVED, ""
        message.save(update_fields=["to_name", "to_address", "subject", "body", "about"])
        message.attachments.all().delete()
    return len(messages)


def register() -> None:
    """Tell the registries; called when the installation starts."""
    inbox_records.register()
    register_record_class(
        RecordClass(
            name="mail.sent",
            title="Texts and attachments of sent mail",
            basis="Public task: to prove what was sent to whom while a matter is open.",
            months=24,
            due=_old_bodies,
            remove=_remove,
            stands_on=_about,
        )
    )
    register_personal_source(
        PersonalSource(
            name="mail",
            title="Mail that was sent",
            find=_held,
            erase=_erase,
            kept="That a mail went on a day stays, without name, address and text.",
        )
    )
