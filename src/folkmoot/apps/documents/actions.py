"""What may happen to files: they are stored, and then they stay."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.documents import vault
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.documents.upload import clean_name, media_type_of


@transaction.atomic
def store(actor: Actor, *, name: str, data: bytes, kind: str) -> StoredFile:
    """Keep a file for the room whose action calls this; that action has checked that the actor may."""
    name = clean_name(name)
    stored = StoredFile.objects.create(
        name=name,
        media_type=media_type_of(name),
        size=len(data),
        sha256=vault.keep(data),
        kind=kind,
        created_at=actor.now,
    )
    record(actor, "file.stored", stored, sha256=stored.sha256)
    return stored
