"""Passkeys, after W3C Web Authentication: what the browser is asked, and whether its answer proves the person.

Each registration and each sign-in has a challenge; the door keeps it in the session between the two halves. A passkey
is always registered so that it asks its holder for a finger, face or PIN, so it signs in alone.
"""

import json
import struct
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import (
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from folkmoot.apps.access.factors import Authenticator, rows
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.models import Account

NOT_HERE = (
    "Passkeys need this installation to be opened by https and by a name, such as https://folkmoot.example.org. "
    "Ask whoever runs it; an authenticator app works all the same."
)
NOT_PROVED = "The passkey did not prove who you are. Try again, or sign in another way."
LONGEST_ANSWER = 20_000

State = dict[str, Any]


def available() -> bool:
    """Whether a browser will do passkeys with this installation: by https, or on this machine."""
    parts = urlsplit(settings.ENVIRONMENT.address)
    host = parts.hostname or ""
    is_name = bool(host) and ":" not in host and not host.rpartition(".")[2].isdecimal()
    return is_name and (parts.scheme == "https" or host == "localhost")


def _server() -> Fido2Server:
    if not available():
        raise Conflict(NOT_HERE)
    address = urlsplit(settings.ENVIRONMENT.address)
    ours = f"{address.scheme}://{address.netloc}"
    entity = PublicKeyCredentialRpEntity(id=address.hostname, name="Folkmoot")
    return Fido2Server(entity, verify_origin=lambda origin: origin == ours)


def _credentials(account: Account) -> list[Any]:
    found = rows(account, Authenticator.Type.WEBAUTHN)
    return [WebAuthn(row).authenticator_data.credential_data for row in found]


def begin_adding(account: Account) -> tuple[str, State]:
    """What the browser is asked to make a passkey, as JSON, and the challenge to keep."""
    user = PublicKeyCredentialUserEntity(id=account.key.encode(), name=account.email, display_name=account.name)
    options, state = _server().register_begin(
        user,
        _credentials(account),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.dumps(dict(options.public_key), default=dict), dict(state)


def begin_showing(account: Account | None = None) -> tuple[str, State]:
    """What the browser is asked to show a passkey: one of this account's, or whichever the person picks."""
    options, state = _server().authenticate_begin(
        _credentials(account) if account else [], user_verification=UserVerificationRequirement.REQUIRED
    )
    return json.dumps(dict(options.public_key), default=dict), dict(state)


def _answer(text: str) -> dict[str, Any]:
    """The browser's answer; Invalid for anything that no browser sends."""
    if len(text) > LONGEST_ANSWER:
        raise Invalid(NOT_PROVED)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid(NOT_PROVED) from None
    if not isinstance(given, dict):
        raise Invalid(NOT_PROVED)
    return given


# What the readers of the answer raise for bytes that are no answer: they index, unpack and decode CBOR.
UNREADABLE = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
    *(RecursionError, struct.error),
)


def proved_new(text: str, state: State | None) -> tuple[dict[str, Any], int]:
    """A new passkey as it is kept, and its counter; Invalid where the answer does not fit the challenge."""
    given, server = _answer(text), _server()
    if not state:
        raise Invalid(NOT_PROVED)
    try:
        read = RegistrationResponse.from_dict(given)
        data = server.register_complete(state, read)
    except UNREADABLE:
        raise Invalid(NOT_PROVED) from None
    kept: dict[str, Any] = json.loads(json.dumps(dict(read), default=dict))
    return kept, data.counter


def _holder(given: AuthenticationResponse) -> Account | None:
    handle = given.response.user_handle
    return Account.objects.filter(key=handle.decode(errors="replace"), is_active=True).first() if handle else None


def proved_holder(text: str, state: State | None, account: Account | None = None) -> tuple[Authenticator, int]:
    """The passkey that the answer proves, and its counter; Invalid where it proves nobody, or another account."""
    given, server = _answer(text), _server()
    if not state:
        raise Invalid(NOT_PROVED)
    try:
        read = AuthenticationResponse.from_dict(given)
        holder = account or _holder(read)
        if holder is None:
            raise Invalid(NOT_PROVED)
        shown = server.authenticate_complete(state, _credentials(holder), read)
    except UNREADABLE:
        raise Invalid(NOT_PROVED) from None
    counter = read.response.authenticator_data.counter
    for row in rows(holder, Authenticator.Type.WEBAUTHN):
        if WebAuthn(row).authenticator_data.credential_data.credential_id == shown.credential_id:
            return _not_copied(row, counter), counter
    raise Invalid(NOT_PROVED)


def _not_copied(row: Authenticator, counter: int) -> Authenticator:
    """A counter that does not grow tells of a copied passkey; those that do not count stay at nought."""
    if (counter or row.data["counter"]) and counter <= row.data["counter"]:
        raise Invalid(NOT_PROVED)
    return row
