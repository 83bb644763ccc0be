"""Keeps the invented network and the real register apart: no record of one may refer to the other."""

from django.db import models

from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.members.models import (
    CouncilMembership,
    Membership,
    NetworkMembership,
    Organization,
    Post,
    Succession,
)

# Every reference between records that are either invented or real.
REFERENCES: tuple[tuple[type[models.Model], str, str], ...] = (
    (Organization, "", "parent"),
    (Post, "", "organization"),
    (Membership, "person", "post"),
    (Membership, "person", "party"),
    (CouncilMembership, "authority", "council"),
    (Succession, "predecessor", "successor"),
)


def check_same_world(one: models.Model, other: models.Model | None) -> None:
    """Refuse to join an invented record to a real one."""
    if other is not None and is_invented(one) != is_invented(other):
        raise Invalid(f"“{one}” and “{other}” cannot be joined: one is invented, the other is real.")


def is_invented(record: models.Model) -> bool:
    return bool(getattr(record, "invented", False))


def invented_references() -> list[str]:
    """Every reference between an invented and a real record, in words; empty when there is none."""
    found = []
    for model, left, right in REFERENCES:
        paths = [path for path in (left, right) if path]
        for row in model._default_manager.select_related(*paths):
            one, other = (getattr(row, left) if left else row), getattr(row, right)
            if one is not None and other is not None and is_invented(one) != is_invented(other):
                found.append(f"{model._meta.verbose_name} {row.pk}: “{one}” refers to “{other}”.")
    members = NetworkMembership.objects.select_related("organization")
    if len({row.organization.invented for row in members}) > 1:
        found.append("The network has both invented and real members.")
    return found
