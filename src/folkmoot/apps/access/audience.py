"""Audiences and handling marks: the one rule for which rows a person may see."""

import secrets
from collections.abc import Iterable
from typing import Any, Generic, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from folkmoot.apps.access.actor import Actor

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_key() -> str:
    """Ten characters that tell nothing: addresses hold these, so that no number betrays how many records there are."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


class Audience(models.TextChoices):
    """Who may see a record, from widest to narrowest."""

    PUBLIC = "public", "Everyone"
    NETWORK = "network", "All member offices"
    NAMED = "named", "Named offices"
    SECRETARIAT = "secretariat", "The secretariat"
    PRIVATE = "private", "Named people"


WIDTH = {audience: width for width, audience in enumerate(Audience.values)}


class Handling(models.TextChoices):
    """The mark shown wherever the record is shown, and printed on whatever is exported."""

    OFFICIAL = "OFFICIAL", "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"


def highest(handlings: Iterable[str]) -> Handling:
    """The mark of what holds records with these marks."""
    sensitive = Handling.OFFICIAL_SENSITIVE in set(handlings)
    return Handling.OFFICIAL_SENSITIVE if sensitive else Handling.OFFICIAL


class AudienceEntry(models.Model):
    """One organisation ("org:aldermere"), person ("account:7") or link ("circulation:12") listed on one record."""

    record = models.CharField(max_length=60, help_text="Its table, such as positions.position.")
    record_id = models.BigIntegerField()
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "record_id", "key"], name="audience_entry_once"),
        ]
        indexes = [models.Index(fields=["key", "record"])]

    def __str__(self) -> str:
        return f"{self.record} {self.record_id}: {self.key}"


ModelT = TypeVar("ModelT", bound=models.Model, covariant=True)


class RestrictedQuerySet(models.QuerySet[Any], Generic[ModelT]):
    """A queryset of records that have an audience of their own."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows that this person may see: by the audience of their role, or by being listed on the row."""
        return self.filter(audience_rule(self.model, actor))


def listed(model: type[models.Model], keys: frozenset[str] | set[str]) -> Exists:
    """True for the rows on which one of these keys is listed."""
    return Exists(
        AudienceEntry.objects.filter(record=model._meta.label_lower, record_id=OuterRef("pk"), key__in=sorted(keys))
    )


def audience_rule(model: type[models.Model], actor: Actor) -> Q:
    """The rule as a condition, for a queryset of `model`. A personal link opens one record and no other."""
    rule = Q(audience__in=sorted(actor.levels))
    if actor.keys:
        rule |= Q(listed(model, actor.keys))
    if actor.confined:
        rule &= Q(listed(model, {actor.confined}))
    return rule


class Restricted(models.Model):
    """A record with an audience and a handling mark."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.SECRETARIAT)
    handling = models.CharField(max_length=20, choices=Handling, default=Handling.OFFICIAL)

    class Meta:
        abstract = True

    @property
    def is_sensitive(self) -> bool:
        return self.handling == Handling.OFFICIAL_SENSITIVE


def list_on(record: models.Model, *keys: str) -> None:
    """List these keys on a record; called by the actions of the room that owns the record."""
    AudienceEntry.objects.bulk_create(
        [AudienceEntry(record=record._meta.label_lower, record_id=record.pk, key=key) for key in keys],
        ignore_conflicts=True,
    )


def unlist_from(record: models.Model, *keys: str) -> None:
    """Take these keys off a record."""
    AudienceEntry.objects.filter(record=record._meta.label_lower, record_id=record.pk, key__in=keys).delete()


def listed_keys(record: models.Model) -> list[str]:
    """The keys listed on a record, sorted."""
    return sorted(
        AudienceEntry.objects.filter(record=record._meta.label_lower, record_id=record.pk).values_list("key", flat=True)
    )
