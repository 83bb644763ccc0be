"""Puts rows into the register: new ones are added, changed ones changed, corrections by people kept."""

from collections import defaultdict
from typing import Any

from django.db import models
from django.utils.text import slugify

from folkmoot.apps.members.importing._report import Outcome, RefusedRow
from folkmoot.apps.members.models import Correction, Kind, Membership, Organization, Party, settle
from folkmoot.apps.search.index import reindex

M = type[models.Model]


def _snapshot(record: models.Model) -> dict[str, Any]:
    return {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields}


class Register:
    """The tables, read once, changed in memory, written in a few statements."""

    def __init__(self) -> None:
        self._rows: dict[M, dict[str, Any]] = {}
        self._before: dict[models.Model, dict[str, Any]] = {}
        self._new: dict[M, list[models.Model]] = defaultdict(list)
        self._corrections: dict[tuple[str, str], list[Correction]] = defaultdict(list)
        for correction in Correction.objects.order_by("at", "pk"):
            self._corrections[correction.record, correction.record_key].append(correction)

    def _all(self, model: M) -> dict[str, Any]:
        if model not in self._rows:
            rows = {row.key: row for row in model._default_manager.all()}  # type: ignore[attr-defined]
            self._before.update({row: _snapshot(row) for row in rows.values()})
            self._rows[model] = rows
        return self._rows[model]

    def find(self, model: M, key: str) -> Any | None:
        return self._all(model).get(key)

    def need(self, model: M, key: str, what: str) -> Any:
        """The record with this key, or a refusal that says which column names it."""
        found = self.find(model, key)
        if found is None:
            raise RefusedRow(f"The {what} “{key}” is not in the register. Import it first or correct the row.")
        return found

    def party(self, name: str, fact: dict[str, str]) -> Party | None:
        """The party with this name, added when it is new."""
        if not name:
            return None
        self.put(Party, slugify(name), {"name": name, "source": fact["source"], "as_of": fact["as_of"]}, once=True)
        found: Party = self._all(Party)[slugify(name)]
        return found

    def council_key(self, ons_code: str) -> str | None:
        """The key of the council that bears this code."""
        for organization in self._all(Organization).values():
            if organization.kind == Kind.COUNCIL and ons_code in (
                organization.ons_code,
                organization.ons_code_alternative,
            ):
                return str(organization.key)
        return None

    def put(self, model: M, key: str, values: dict[str, Any], *, once: bool = False) -> tuple[Outcome, str]:
        """Add or change one record. `once` leaves a record that is already there alone."""
        record = self.find(model, key)
        if record is not None and getattr(record, "invented", False):
            raise RefusedRow(f"“{key}” belongs to an invented record. A real fact cannot take its place.")
        if record is not None and once:
            return Outcome.UNCHANGED, ""
        values, kept = self._with_corrections(model, key, values)
        if record is None:
            record = model(key=key, **values)
            self._derive(record)
            self._all(model)[key] = record
            self._new[model].append(record)
            return Outcome.ADDED, kept
        differs = any(getattr(record, name) != value for name, value in values.items())
        for name, value in values.items():
            setattr(record, name, value)
        self._derive(record)
        return (Outcome.CHANGED if differs else Outcome.UNCHANGED), kept

    def _with_corrections(self, model: M, key: str, values: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The file's values under what people have corrected, and a note where the two differ."""
        values, kept = dict(values), []
        for correction in self._corrections.get((model._meta.label_lower, key), []):
            if correction.field == "as_of":
                if "as_of" in values and correction.as_of >= values["as_of"]:
                    values |= rechecked(values["source"], correction)
            elif correction.field in values:
                shipped = str(values[correction.field] or "")
                if shipped not in (correction.old_value, correction.new_value):
                    kept.append(f"“{correction.new_value}” for {correction.field}; the file says “{shipped}”")
                values[correction.field] = self._as_value(correction)
        return values, f"A correction was kept: {'; '.join(kept)}." if kept else ""

    def _as_value(self, correction: Correction) -> Any:
        if correction.field == "party":
            return self.party(correction.new_value, {"source": correction.source, "as_of": correction.as_of})
        return correction.new_value

    def _derive(self, record: models.Model) -> None:
        derive = getattr(record, "derive", None)
        if derive is not None:
            derive()

    def settle_terms(self) -> None:
        """Let each term that ends within an open month end when its successor's begins."""
        by_post: dict[str, list[Membership]] = defaultdict(list)
        for membership in self._all(Membership).values():
            by_post[membership.post.key].append(membership)
        for terms in by_post.values():
            settle(terms)

    def flush(self) -> None:
        """Write what is new and what differs from what was read."""
        for model, records in self._new.items():
            model._default_manager.bulk_create(records)
            reindex(model, [record.pk for record in records])
            self._before.update({record: _snapshot(record) for record in records})
        self._new.clear()
        for model, rows in self._rows.items():
            changed = [row for row in rows.values() if _snapshot(row) != self._before[row]]
            names = [f.name for f in model._meta.concrete_fields if not f.primary_key]
            if changed:
                model._default_manager.bulk_update(changed, names, batch_size=200)
                reindex(model, [row.pk for row in changed])
                self._before.update({row: _snapshot(row) for row in changed})


def rechecked(source: str, correction: Correction) -> dict[str, str]:
    """What a fact says once somebody has looked at it again."""
    parts = [part for part in source.split(" | ") if part]
    if correction.source not in parts:
        parts.append(correction.source)
    return {"source": " | ".join(parts), "as_of": correction.as_of, "unconfirmed": "", "checked": correction.reason}
