"""What several actions of this room check."""

from typing import Any, TypeVar

from django.db import models

from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.roles import OFFICE, SECRETARIAT, Role

M = TypeVar("M", bound=models.Model)


def said(text: str, missing: str) -> str:
    """A text that must not be empty, on one line."""
    text = " ".join(text.split())
    if not text:
        raise Invalid(missing)
    return text


def fits(record: models.Model, **texts: str) -> None:
    """Refuse a text that is longer than its column; one database would cut it, the other fail."""
    for name, text in texts.items():
        field: Any = record._meta.get_field(name)
        if field.max_length and len(text) > field.max_length:
            raise Invalid(f"This is too long: {text[:40]}… Write at most {field.max_length} characters.")


def held(record: M) -> M:
    """The record as it stands now, kept from everybody else until this action is over."""
    record.refresh_from_db(from_queryset=type(record)._default_manager.select_for_update())
    return record


def may_lead(account: Account | None) -> None:
    """Refuse as a lead whoever is not of the secretariat or whose account is closed."""
    if account is None:
        return
    if not account.is_active or Role(account.role) not in SECRETARIAT:
        raise Invalid(f"{account.name} cannot lead it. Choose somebody of the secretariat whose account is open.")


def may_own(account: Account) -> None:
    """Refuse as an owner of actions whoever is not of the network or whose account is closed."""
    if not account.is_active or Role(account.role) not in SECRETARIAT | OFFICE:
        raise Invalid(
            f"{account.name} cannot own an action. Choose somebody of the secretariat or of an office whose account "
            "is open."
        )


def known_handling(handling: str) -> str:
    if handling not in Handling.values:
        raise Invalid("There is no such handling mark. Choose OFFICIAL or OFFICIAL-SENSITIVE.")
    return handling
