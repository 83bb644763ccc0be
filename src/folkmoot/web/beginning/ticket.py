"""The one-time link to the first page of a new installation. Its secret is kept hashed, in the data folder.

It lies beside the database and not in it: whoever may read the folder runs the installation anyway.
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.models import Account

LASTS = timedelta(hours=24)
FILE, LOCK = "first-page.json", "first-page.lock"

USED = "This installation has its first administrator. Sign in, or ask an administrator to add you."
WRONG = (
    "This link is not the one that folkmoot serve printed last, or it is older than a day. "
    "Restart folkmoot serve: while nobody has an account, it prints a new link each time."
)


def _folder() -> Path:
    data: Path = settings.ENVIRONMENT.data
    return data


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(now: datetime) -> str:
    """Make the secret of a new link; the one before it opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    facts = {"hash": _hash(secret), "until": (now + LASTS).isoformat()}
    made = _folder() / f"{FILE}.new"
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(facts, file)
    made.replace(_folder() / FILE)
    return secret


def check(secret: str, now: datetime) -> None:
    """Invalid for a link that is made up, replaced or too old; Conflict once there is an administrator."""
    if Account.objects.exists():
        raise Conflict(USED)
    try:
        facts = json.loads((_folder() / FILE).read_text())
        kept, until = str(facts["hash"]), datetime.fromisoformat(facts["until"])
    except (OSError, ValueError, KeyError, TypeError):
        raise Invalid(WRONG) from None
    if not hmac.compare_digest(kept, _hash(secret)) or now >= until:
        raise Invalid(WRONG)


def spend() -> None:
    """The link has done its work."""
    (_folder() / FILE).unlink(missing_ok=True)


@contextmanager
def alone() -> Iterator[None]:
    """One person at a time goes through the first page."""
    with (_folder() / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
