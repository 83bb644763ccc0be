"""Taking papers in, and taking out again what one import brought."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.archive.actions._common import held, seen
from folkmoot.apps.archive.models import (
    ArchiveDocument,
    ArchivePassage,
    BatchState,
    ImportBatch,
    ImportRow,
    RowState,
)
from folkmoot.apps.issues import actions as issues
from folkmoot.apps.issues.models import Action, IssueLink
from folkmoot.apps.search.index import reindex
from folkmoot.engines import recall

PAPER = ArchiveDocument._meta.label_lower
SHARED = (
    *("title", "kind", "day", "precision", "audience", "handling"),
    *("sent_from", "from_table", "from_key", "sent_to", "to_table", "to_key"),
)


@transaction.atomic
def take_in(actor: Actor, *, batch: ImportBatch, invented: bool = False) -> ImportBatch:
    """Take in every file that is ready; what is wrong, unreadable, here already or left out stays out."""
    by = check(actor, Permission.ARCHIVE_KEEP)
    seen(actor, batch)
    held(batch)
    if batch.state != BatchState.PREVIEW:
        raise Conflict("This import was taken in already.")
    ready = list(batch.rows.filter(state=RowState.READY).select_related("file", "issue"))
    if not ready:
        raise Conflict("No file of this import is ready. Put one right, or drop the import.")
    here = set(
        ArchiveDocument.objects.filter(file__sha256__in=[row.file.sha256 for row in ready if row.file]).values_list(
            "file__sha256", flat=True
        )
    )
    for row in ready:
        if row.file and row.file.sha256 in here:
            row.state, row.faults = RowState.SAME, ["A paper with exactly this content is in the memory."]
        else:
            row.document, row.state = _take(actor, row, invented=invented), RowState.TAKEN
        row.parts = []
        row.save()
    batch.state, batch.taken_at = BatchState.TAKEN, actor.now
    batch.taken_count = sum(row.state == RowState.TAKEN for row in ready)
    batch.save()
    batch.rows.exclude(state=RowState.TAKEN).update(parts=[])
    record(actor, "archive.taken-in", batch, by=by, papers=batch.taken_count)
    return batch


def _take(actor: Actor, row: ImportRow, *, invented: bool) -> ArchiveDocument:
    """One paper with its passages, on its issue."""
    assert row.file is not None
    document = ArchiveDocument.objects.create(
        **{name: getattr(row, name) for name in SHARED},
        file=row.file,
        batch=row.batch,
        invented=invented,
        added_by_id=actor.account_id,
        added_at=actor.now,
    )
    passages = [
        ArchivePassage(document=document, place=place, page=page, heading=heading, text=text)
        for place, (page, heading, text) in enumerate(row.parts, 1)
    ]
    for passage in passages:
        weigh(document, passage)
    ArchivePassage.objects.bulk_create(passages)
    reindex(ArchivePassage, document.passages.values_list("pk", flat=True))
    record(actor, "archive.paper-added", document, heading=document.title, sha256=row.file.sha256)
    if row.issue:
        why = f"{document.get_kind_display()} of {document.day_words}, from the memory."
        issues.link(actor, issue=row.issue, table=PAPER, key=document.key, why=why)
    return document


def weigh(document: ArchiveDocument, passage: ArchivePassage) -> None:
    """Work out what questions are compared with: the passage, its heading, the paper's title and its year."""
    year = document.day.year if document.day else ""
    terms = recall.index(f"{document.title} {document.get_kind_display()} {year}", passage.heading, passage.text)
    passage.terms, passage.length = f" {' '.join(terms)} ", len(terms)


@transaction.atomic
def undo(actor: Actor, *, batch: ImportBatch) -> ImportBatch:
    """Take out again what an import brought; a paper that somebody linked or corrected since stays, and says so."""
    by = check(actor, Permission.ARCHIVE_KEEP)
    seen(actor, batch)
    held(batch)
    if batch.state != BatchState.TAKEN:
        raise Conflict("There is nothing to undo: this import was not taken in, or was undone already.")
    for row in batch.rows.filter(state=RowState.TAKEN).select_related("document", "document__file"):
        why = _why_kept(batch, row)
        row.state, row.faults = (RowState.KEPT, [why]) if why else (RowState.UNDONE, [])
        document, row.document = row.document, row.document if why else None
        if document and not why:
            record(actor, "archive.paper-removed", document, by=by, heading=document.title)
        row.file = row.file if why else None
        row.save()
        if document and not why:
            IssueLink.objects.filter(table=PAPER, record_key=document.key).delete()
            document.delete()
            batch.undone_count += 1
    batch.state, batch.undone_at = BatchState.UNDONE, actor.now
    batch.save()
    record(actor, "archive.undone", batch, by=by, papers=batch.undone_count)
    return batch


def _why_kept(batch: ImportBatch, row: ImportRow) -> str:
    """Why a paper stays, in a sentence; empty where it goes."""
    if row.document is None:
        return ""
    if row.document.corrections.exists():
        return "It was put right after it was taken in, so it stays."
    links = IssueLink.objects.filter(table=PAPER, record_key=row.document.key)
    if any((link.added_at, link.issue_id) != (batch.taken_at, row.issue_id) for link in links):
        return "It was linked to an issue after it was taken in, so it stays."
    if Action.objects.filter(evidence_table=PAPER, evidence_key=row.document.key).exists():
        return "It is the evidence that closed an action, so it stays."
    return ""
