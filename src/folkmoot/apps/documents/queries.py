"""What a stored file holds, for a room that has asked whether the person may see it."""

from folkmoot.apps.documents import vault
from folkmoot.apps.documents.models import StoredFile


def content(stored: StoredFile) -> bytes:
    """The bytes of a file, proved against the hash taken when it was stored; raises `vault.Damaged`."""
    return vault.fetch(stored.sha256, stored.name)
