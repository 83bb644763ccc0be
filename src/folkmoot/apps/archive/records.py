"""How long the memory keeps what it holds: previews that nobody took in go, papers stay."""

from datetime import datetime

from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.archive.models import BatchState, ImportBatch
from folkmoot.apps.records.registry import RecordClass, register_record_class

MONTHS = 3


def register() -> None:
    """Tell the records room; called when the installation starts."""
    register_record_class(
        RecordClass(
            "archive.preview",
            "Imports that were looked through and never taken in",
            "Legitimate interest: what somebody began is kept while they may go on with it.",
            MONTHS,
            _forgotten,
            _remove,
        )
    )


def _forgotten(before: datetime) -> "QuerySet[ImportBatch]":
    return ImportBatch.objects.filter(state=BatchState.PREVIEW, at__lt=before).order_by("at", "pk")


def _remove(actor: Actor, batch: ImportBatch) -> None:
    record(actor, "import.removed", batch)
    batch.delete()
