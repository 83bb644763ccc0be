"""Puts a fact right. The old value stays readable with who, when and why, and the correction outlives every import."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.members.actions._builders import settle_post
from folkmoot.apps.members.actions._common import checked_date, checked_order, origin
from folkmoot.apps.members.affected import after_party
from folkmoot.apps.members.importing import rechecked
from folkmoot.apps.members.models import (
    CalendarEvent,
    Correction,
    CouncilMembership,
    Election,
    Membership,
    Organization,
    OrganizationName,
    Party,
    Person,
    Post,
    Power,
    TierPeriod,
)

DATES = frozenset({"valid_from", "valid_to", "elected_on", "polled_on", "starts_on", "ends_on", "parent_since"})
NEEDED = frozenset({"name", "label", "polled_on", "title", "text", "tier"})


@dataclass(frozen=True, slots=True)
class FactKind:
    """A sort of fact that people may correct, and which of its cells, by the words on the form."""

    model: type[models.Model]
    words: str
    fields: dict[str, str]


_VALIDITY = {"valid_from": "From", "valid_to": "Until (first day no longer true)"}

# By the word that stands in addresses.
FACT_KINDS: dict[str, FactKind] = {
    "organisation": FactKind(
        Organization,
        "organisation",
        {
            "name": "Name",
            "short_name": "Short name",
            "legal_form": "Legal form",
            "status": "Status",
            "established_by": "Established by",
            "ons_code": "ONS code",
            "website": "Website",
            "meetings_site": "Site of meetings",
            "relevance": "What it has to do with devolution",
            **_VALIDITY,
        },
    ),
    "name": FactKind(OrganizationName, "name", {"name": "Name", "short_name": "Short name", **_VALIDITY}),
    "tier": FactKind(TierPeriod, "tier", {"tier": "Tier", **_VALIDITY}),
    "council": FactKind(CouncilMembership, "council of an authority", {"role": "Role", **_VALIDITY}),
    "person": FactKind(Person, "person", {"name": "Name"}),
    "post": FactKind(Post, "post", {"label": "Title"}),
    "term": FactKind(
        Membership,
        "term of office",
        {"party": "Party", "elected_on": "Elected on", "end_reason": "Why it ended", **_VALIDITY},
    ),
    "election": FactKind(Election, "election", {"polled_on": "Polling day", "status": "Status"}),
    "event": FactKind(
        CalendarEvent,
        "date in the calendar",
        {"title": "What happens", "starts_on": "First day", "ends_on": "Last day", "certainty": "How certain"},
    ),
    "power": FactKind(
        Power,
        "power or duty",
        {
            "text": "Power or duty",
            "foundation": "Foundation tier",
            "mayoral": "Mayoral tier",
            "established_mayoral": "Established mayoral tier",
        },
    ),
}

_KIND_OF = {kind.model: kind for kind in FACT_KINDS.values()}


def value_of(fact: models.Model, field: str) -> str:
    """A cell of a fact as text."""
    return str(getattr(fact, field) or "")


@transaction.atomic
def correct_fact(
    actor: Actor,
    *,
    fact: Any,
    field: str,
    value: str,
    reason: str,
    source: str,
    as_of: str,
    expected: str | None = None,
) -> Correction:
    """Change one cell of a fact. `expected` is what the person saw; when it has changed since, nothing happens."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    fact = _locked(fact)
    old, value = value_of(fact, field), value.strip()
    _check_cell(fact, field, old, value, expected)
    correction = _correction(actor, fact, field, old, value, reason, source, as_of)
    setattr(fact, field, _party(value, fact, correction) if field == "party" else value)
    if {"valid_from", "valid_to"} & {field}:
        checked_order(fact.valid_from, fact.valid_to)
    fact.save()
    if isinstance(fact, Membership):
        settle_post(fact.post)
    correction.save()
    record(actor, "fact.corrected", fact, by=authority, field=field, old=old, new=value)
    if field == "party":
        after_party(actor, fact, old)
    return correction


@transaction.atomic
def recheck_fact(actor: Actor, *, fact: Any, reason: str, source: str, as_of: str) -> Correction:
    """Record that a fact was looked at again and stands, with the source that says so."""
    authority = check(actor, Permission.REGISTER_CORRECT)
    fact = _locked(fact)
    if fact.as_of and as_of < fact.as_of:
        raise Invalid(f"The fact was already checked as of {fact.as_of_words}. Give a later date.")
    correction = _correction(actor, fact, "as_of", fact.as_of, as_of, reason, source, as_of)
    for name, text in rechecked(fact.source, correction).items():
        setattr(fact, name, text)
    fact.save()
    if isinstance(fact, Membership):
        settle_post(fact.post)
    correction.save()
    record(actor, "fact.rechecked", fact, by=authority, as_of=as_of)
    return correction


def _locked(fact: Any) -> Any:
    if type(fact) not in _KIND_OF:
        raise Invalid("This kind of record cannot be corrected here.")
    return type(fact)._default_manager.select_for_update().get(pk=fact.pk)


def _check_cell(fact: Any, field: str, old: str, value: str, expected: str | None) -> None:
    labels = _KIND_OF[type(fact)].fields
    if field not in labels:
        raise Invalid("This part of the fact cannot be corrected.")
    if expected is not None and expected != old:
        raise Conflict(f"Somebody changed this in the meantime: it is now “{old}”. Look at it and correct it again.")
    if value == old:
        raise Invalid("The new value is the same as the old one. To confirm it, record that it was checked again.")
    if field in NEEDED and not value:
        raise Invalid(f"“{labels[field]}” cannot be empty.")
    if field in DATES:
        checked_date(value, labels[field].lower())
    limit = getattr(fact._meta.get_field(field), "max_length", None)
    if limit and len(value) > limit:
        raise Invalid(f"“{labels[field]}” may have at most {limit} characters.")
    if isinstance(fact, Organization) and field == "name" and fact.names.exists():
        raise Invalid("This body has had several names. Correct the name in the list of its names.")


def _correction(
    actor: Actor, fact: Any, field: str, old: str, new: str, reason: str, source: str, as_of: str
) -> Correction:
    if not reason.strip():
        raise Invalid("Say why the fact is corrected, so that others can follow it.")
    if not source.strip():
        raise Invalid("A fact needs a source. Say where the new value can be read.")
    origin(source, as_of, invented=False, today=actor.today)
    return Correction(
        record=fact._meta.label_lower,
        record_key=fact.key,
        field=field,
        old_value=old,
        new_value=new,
        reason=reason.strip(),
        source=source.strip(),
        as_of=as_of.strip(),
        account_id=actor.account_id,
        name=actor.name,
        at=actor.now,
    )


def _party(name: str, term: Membership, correction: Correction) -> Party | None:
    """The party by its name; a new one belongs to the world of the term."""
    if not name:
        return None
    invented = term.person.invented
    party, _ = Party.objects.get_or_create(
        key=slugify(name),
        defaults={"name": name, "invented": invented, "source": correction.source, "as_of": correction.as_of},
    )
    if party.invented != invented:
        raise Invalid(f"“{name}” and “{term.person}” cannot be joined: one is invented, the other is real.")
    return party
