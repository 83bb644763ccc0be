"""Everything that a demonstration holds, without what is drawn at random: two of them can be laid side by side."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from folkmoot.apps.access.audience import new_key

ROOMS = ("access", "members", "documents", "mail", "positions")
# Drawn at random, or worked out from what is: Word copies bear their office's token.
RANDOM = frozenset({"id", "password", "token", "digest", "sha256", "size", "batch", "group", "message_id"})
LINKS = re.compile(r"/positions/\S+")
Row = str


def is_random(field: Any) -> bool:
    return field.name in RANDOM or field.default is new_key


def plain(value: Any) -> str:
    return LINKS.sub("/positions/…", str(value))


class Summary:
    """Each row in words; what it refers to stands in it as a fingerprint."""

    def __init__(self) -> None:
        self.fingerprint = cache(self._fingerprint)

    def _fingerprint(self, model: type[models.Model], key: Any) -> str:
        return hashlib.sha256(self.row(model._base_manager.get(pk=key)).encode()).hexdigest()[:10]

    def row(self, record: models.Model) -> Row:
        parts = [record._meta.label]
        for field in record._meta.concrete_fields:
            value = field.value_from_object(record)
            if field.related_model and value is not None:
                parts.append(f"{field.name}->{self.fingerprint(field.related_model, value)}")
            elif not is_random(field):
                parts.append(f"{field.name}={plain(value)}")
        return " | ".join(parts)

    def everything(self) -> Counter[Row]:
        return Counter(row for model in tables() for row in self.rows(model))

    def rows(self, model: type[models.Model]) -> Iterable[Row]:
        return (self.row(record) for record in model._base_manager.all())


def tables() -> list[type[models.Model]]:
    """Every table of the product, those between two tables included; the trail holds keys of rows and is left out."""
    found = [m for room in ROOMS for m in apps.get_app_config(room).get_models(include_auto_created=True)]
    return [model for model in found if "Audit" not in model.__name__]
