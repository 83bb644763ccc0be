"""The audit trail: append-only rows, each sealed with the hash of the row before it."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC
from enum import StrEnum

from django.db import models, transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Restricted
from folkmoot.apps.access.gate import Authority
from folkmoot.apps.access.models import AuditEntry, AuditHead

START = "0" * 64


def _digest(facts: dict[str, object]) -> str:
    """A hash of what was done, so that the row proves it without repeating it."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest() if facts else ""


def seal(entry: AuditEntry) -> str:
    """The hash of a row and of the chain before it."""
    fields = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.account_id,
        entry.principal_id,
        entry.verb,
        entry.record,
        entry.record_id,
        entry.digest,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def record(
    actor: Actor, verb: str, subject: models.Model, *, by: Authority | None = None, **facts: object
) -> AuditEntry:
    """Write what was done to `subject` into the trail, in the transaction of the action itself.

    `facts` are hashed, never stored, so that erasing a person's text later does not break the chain.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("The audit trail is written in the action's own transaction.")
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1, defaults={"number": 0, "hash": START})
    entry = AuditEntry(
        number=head.number + 1,
        at=actor.now,
        account_id=actor.account_id,
        principal_id=by.principal_id if by else None,
        verb=verb,
        record=subject._meta.label_lower,
        record_id=subject.pk,
        digest=_digest(facts),
        previous=head.hash,
    )
    entry.hash = seal(entry)
    entry.save(force_insert=True)
    head.number, head.hash = entry.number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


class Channel(StrEnum):
    """How a record left the database: each is a verb of its own in the trail."""

    PAGE = "read.page"
    FILE = "read.file"
    EXPORT = "read.export"
    MAIL = "read.mail"
    FEED = "read.feed"


@transaction.atomic
def record_reading(actor: Actor, subject: Restricted, channel: Channel) -> AuditEntry | None:
    """Note that somebody read or took away a record that is OFFICIAL-SENSITIVE; nothing is noted of others."""
    return record(actor, channel.value, subject) if subject.is_sensitive else None


def faults(entries: Iterable[AuditEntry], head: tuple[int, str] | None) -> list[str]:
    """What is wrong with a chain, in plain words; empty when it is whole."""
    found: list[str] = []
    previous, number = START, 0
    for entry in entries:
        if entry.number != number + 1:
            found.append(f"Row {number + 1} is missing: row {entry.number} follows row {number}.")
        if entry.previous != previous:
            found.append(f"Row {entry.number} does not continue the row before it.")
        if entry.hash != seal(entry):
            found.append(f"Row {entry.number} was changed after it was written.")
        previous, number = entry.hash, entry.number
    if head is not None and head != (number, previous):
        found.append(f"The trail should end at row {head[0]} and ends at row {number}.")
    return found


def verify() -> list[str]:
    """What is wrong with this installation's trail; empty when it is whole."""
    head = AuditHead.objects.filter(pk=1).values_list("number", "hash").first()
    return faults(AuditEntry.objects.order_by("number").iterator(chunk_size=2000), head)
