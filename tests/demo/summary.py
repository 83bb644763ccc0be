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
from folkmoot.apps.access.models import Account
from folkmoot.apps.positions.models import Circulation

ROOMS = ("access", "members", "documents", "mail", "issues", "positions", "archive", "disclosure", "agenda", "signals")
# Drawn at random, or worked out from what is: Word copies bear their office's token, a signal's names its source's key.
RANDOM = frozenset(
    {"id", "password", "token", "reply_tag", "digest", "sha256", "size", "batch", "group", "message_id", "family"}
)
LINKS = re.compile(r"/positions/\S+")
# A row that the audit trail names by its number, in what is held about a person.
NUMBERS = re.compile(r"( on \w+\.\w+) \d+")
# Columns that hold the identity of a row, each with the column that names its table.
LOOSE = {"record_id": "record", "about_id": "about_record"}
# Columns that hold the key of a row, each with the column that names its table.
KEYED = {"record_key": "table", "evidence_key": "evidence_table"}
TABLES: dict[str, type[models.Model]] = {"account": Account, "circulation": Circulation}
LISTED = re.compile(rf"^({'|'.join(TABLES)}):(\d+)$")
Row = str


def is_random(field: Any) -> bool:
    return field.name in RANDOM or field.default is new_key


def table_of(record: models.Model, field: Any) -> type[models.Model] | None:
    """The table whose row a column names, if it names one."""
    if field.name in LOOSE and getattr(record, LOOSE[field.name]):
        return apps.get_model(getattr(record, LOOSE[field.name]))
    related: type[models.Model] | None = field.related_model
    return Account if field.name == "account_id" else related


class Summary:
    """Each row in words; what it refers to stands in it as a fingerprint."""

    def __init__(self) -> None:
        self.fingerprint = cache(self._fingerprint)

    def _fingerprint(self, model: type[models.Model], key: Any) -> str:
        return hashlib.sha256(self.row(model._base_manager.get(pk=key)).encode()).hexdigest()[:10]

    def row(self, record: models.Model) -> Row:
        fields = [field for field in record._meta.concrete_fields if not is_random(field)]
        return " | ".join([record._meta.label, *(f"{field.name}={self.value(record, field)}" for field in fields)])

    def value(self, record: models.Model, field: Any) -> str:
        value, table = field.value_from_object(record), table_of(record, field)
        if value and field.name in KEYED and getattr(record, KEYED[field.name]):
            named = apps.get_model(getattr(record, KEYED[field.name]))
            return self._fingerprint(named, named._base_manager.get(key=value).pk)
        if value is not None and table is not None:
            return self.fingerprint(table, value)
        shown = LISTED.sub(lambda found: self.fingerprint(TABLES[found[1]], int(found[2])), str(value))
        return NUMBERS.sub(r"\1 …", LINKS.sub("/positions/…", shown))

    def everything(self) -> Counter[Row]:
        return Counter(row for model in tables() for row in self.rows(model))

    def rows(self, model: type[models.Model]) -> Iterable[Row]:
        return (self.row(record) for record in model._base_manager.all())


def tables() -> list[type[models.Model]]:
    """Every table of the product, those between two tables included; the trail holds keys of rows and is left out."""
    found = [m for room in ROOMS for m in apps.get_app_config(room).get_models(include_auto_created=True)]
    return [model for model in found if "Audit" not in model.__name__]
