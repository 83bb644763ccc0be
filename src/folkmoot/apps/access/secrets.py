"""Keeps secrets in the database as text that only this installation's key opens.

kept = encrypt("a password", "mail")      the same text gives another each time
decrypt(kept, "mail")                     or UnreadableSecret where the key is another one
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class UnreadableSecret(Exception):
    """The secret was kept under another key than the installation has now; it must be given anew."""


def _fernet(purpose: str) -> Fernet:
    """A key of its own for each purpose, so that what was kept for one opens nothing of another."""
    derived = hmac.new(settings.SECRET_KEY.encode(), f"folkmoot.secrets.{purpose}".encode(), hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(derived))


def encrypt(text: str, purpose: str) -> str:
    """The text as it may be kept; nothing stays nothing."""
    return _fernet(purpose).encrypt(text.encode()).decode() if text else ""


def decrypt(kept: str, purpose: str) -> str:
    """The text that was kept."""
    if not kept:
        return ""
    try:
        return _fernet(purpose).decrypt(kept.encode()).decode()
    except InvalidToken:
        raise UnreadableSecret from None
