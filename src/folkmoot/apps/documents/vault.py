"""The bytes of stored files: one file on disk for each content, under its hash, written once and never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from folkmoot.apps.access.gate import Conflict


class Damaged(Conflict):
    """The bytes on disk are not those that were stored; the text says which file and what to do."""


def folder() -> Path:
    """Where the bytes lie."""
    return Path(settings.ENVIRONMENT.data) / "files"


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie; two levels, so that no folder grows without bound."""
    return folder() / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Write the bytes under their hash, unless they are there; the hash."""
    sha256 = hashlib.sha256(data).hexdigest()
    target = path_of(sha256)
    if target.exists():
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written beside its place and moved there whole, so that a stop in the middle leaves no half file under a hash.
    descriptor, unfinished = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, target)
    return sha256


def discard(sha256: str) -> None:
    """Remove the bytes with this hash once the transaction is through, for whoever knows that nothing names them."""
    transaction.on_commit(lambda: path_of(sha256).unlink(missing_ok=True))


def fetch(sha256: str, name: str) -> bytes:
    """The bytes with this hash, checked against it."""
    try:
        data = path_of(sha256).read_bytes()
    except OSError:
        raise Damaged(f"The file “{name}” is missing from the data folder. Restore it from a backup.") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(f"The file “{name}” was changed on disk after it was stored. Restore it from a backup.")
    return data
