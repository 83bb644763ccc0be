"""Changing the network's terms of reference: a new row from a day on; the rows before it stay as they were."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions.models import TermsOfReference


def _share(text: str, what: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Invalid(f"The {what} is “{text}”. Write a share such as 0.75.") from None
    if not 0 <= value <= 1:
        raise Invalid(f"The {what} is “{text}”. Write a share from 0 to 1.")
    return value


@transaction.atomic
def set_terms(actor: Actor, *, from_date: date, **rules: Any) -> TermsOfReference:
    """The rules from a day on. Rounds that closed before keep the rules under which they closed."""
    return _set(actor, check(actor, Permission.TERMS_CHANGE), from_date=from_date, **rules)


@transaction.atomic
def set_first_terms(actor: Actor, *, from_date: date, **rules: Any) -> TermsOfReference:
    """The rules of a network that has none yet, by whoever sets the installation up; after that the head keeps them."""
    by = check(actor, Permission.SETTINGS_CHANGE)
    if TermsOfReference.objects.exists():
        raise Conflict("The network has its rules already. The head of the secretariat changes them.")
    return _set(actor, by, from_date=from_date, **rules)


def _set(
    actor: Actor,
    by: Authority,
    *,
    name: str,
    from_date: date,
    rule: str,
    threshold: str = "0.75",
    each_party: bool = True,
    quorum: str = "0.50",
    opt_out: bool = False,
    cell_size: int = 3,
    notice_days: int = 10,
    disclosure: str = "secretariat",
    agreed_on: str = "",
) -> TermsOfReference:
    if from_date < actor.today:
        raise Invalid("Rules cannot be changed for days that have passed. Choose today or later.")
    terms = TermsOfReference.objects.filter(from_date=from_date).first() or TermsOfReference(from_date=from_date)
    terms.name, terms.rule, terms.each_party, terms.opt_out = name.strip(), rule, each_party, opt_out
    terms.threshold, terms.quorum = _share(threshold, "threshold"), _share(quorum, "quorum")
    terms.cell_size, terms.notice_days, terms.disclosure = cell_size, notice_days, disclosure
    terms.agreed_on = agreed_on.strip()
    try:
        terms.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from None
    terms.save()
    record(actor, "terms.set", terms, by=by, rule=rule, from_date=from_date)
    return terms
