"""Tells the records room of stored files that no record holds any more."""

from datetime import datetime

from django.apps import apps
from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.documents import vault
from folkmoot.apps.documents.models import StoredFile
from folkmoot.apps.records.registry import RecordClass, register_record_class


def _references() -> list[tuple[type, str]]:
    """Every column of every room that points to a stored file."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if not isinstance(field, ForeignObjectRel) and field.related_model is StoredFile and field.concrete
    ]


def unreferenced(before: datetime) -> "QuerySet[StoredFile]":
    """Files stored before a moment that no row points to."""
    found = StoredFile.objects.filter(created_at__lte=before)
    for model, field in _references():
        found = found.exclude(Exists(model._default_manager.filter(**{field: OuterRef("pk")})))  # type: ignore[attr-defined]
    return found.order_by("created_at", "pk")


def _remove(_actor: Actor, stored: StoredFile) -> None:
    """The row goes; the bytes go with the last row that names them."""
    sha256 = stored.sha256
    stored.delete()
    if not StoredFile.objects.filter(sha256=sha256).exists():
        vault.discard(sha256)


def register() -> None:
    """Tell the registry; called when the installation starts."""
    register_record_class(
        RecordClass(
            name="documents.unreferenced",
            title="Files that no record holds any more",
            basis="Storage limitation: what nothing points to serves no purpose. A month leaves time to notice a slip.",
            months=1,
            due=unreferenced,
            remove=_remove,
        )
    )
