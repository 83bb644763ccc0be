"""Looking through what came: one row a file, each put right or left out before anything is taken in."""

from collections.abc import Iterable
from datetime import date
from itertools import zip_longest

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Audience
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.archive import parties
from folkmoot.apps.archive.actions._common import day_of, held, known, one_line, seen
from folkmoot.apps.archive.finding import Found, look_into
from folkmoot.apps.archive.models import ArchiveDocument, BatchState, ImportBatch, ImportRow, PaperKind, RowState
from folkmoot.apps.archive.parcels import Parcel, open_parcel
from folkmoot.apps.documents.actions import store
from folkmoot.apps.issues.models import Issue

NO_DAY = "No date was found. Write the date of the paper, as exactly as it is known."
FUTURE = "The date lies in the future. Write the date of the paper."


def stage(actor: Actor, *, name: str, files: Iterable[tuple[str, bytes]]) -> ImportBatch:
    """Look into files and write down what was found in each; nothing is taken in yet."""
    check(actor, Permission.ARCHIVE_KEEP)
    parcel = open_parcel(files)
    found = [look_into(file, data, parcel.said.get(file)) for file, data in parcel.papers]
    return _write(actor, one_line(name or "Papers")[:200], parcel, found)


@transaction.atomic
def _write(actor: Actor, name: str, parcel: Parcel, found: list[Found]) -> ImportBatch:
    by = check(actor, Permission.ARCHIVE_KEEP)
    batch = ImportBatch.objects.create(
        name=name, by_id=actor.account_id, by_name=actor.name, at=actor.now, audience=Audience.SECRETARIAT
    )
    if not ImportBatch.objects.visible_to(actor).filter(pk=batch.pk).exists():
        raise Invalid("What comes in is read by the secretariat first, and you are not of it. Ask somebody who is.")
    rows = [_row(actor, batch, parcel, each) for each in found]
    rows += [_unopened(batch, file, fault) for file, fault in parcel.faults]
    rows += [_unopened(batch, file, "The manifest names this file, and it is not here.") for file in parcel.missing]
    known_hashes = set(
        ArchiveDocument.objects.filter(file__sha256__in=[each.sha256 for each in found]).values_list(
            "file__sha256", flat=True
        )
    )
    for place, (row, each) in enumerate(zip_longest(rows, found), 1):
        row.place = place
        if each and not each.unreadable:
            _recognise(row, each, known_hashes)
            if row.state != RowState.SAME:
                row.file = store(actor, name=each.file_name, data=each.data, kind="past paper")
        row.save()
    record(actor, "archive.staged", batch, by=by, files=len(rows))
    return batch


def _row(actor: Actor, batch: ImportBatch, parcel: Parcel, found: Found) -> ImportRow:
    row = ImportRow(
        batch=batch,
        file_name=found.file_name,
        title=found.title,
        kind=found.kind,
        day=found.day,
        precision=found.precision,
        audience=found.audience,
        handling=found.handling,
        sent_from=found.sent_from,
        sent_to=found.sent_to,
        sources=found.sources,
        faults=list(found.faults),
        parts=[[part.page, part.heading, part.text] for part in found.parts],
    )
    parties.settle(row)
    if found.issue_words:
        _find_issue(actor, row, found.issue_words)
    if found.file_name in parcel.twice:
        row.faults.append("The manifest has two rows for this file. Leave one, or put it right here.")
    row.state = RowState.UNREADABLE if found.unreadable else _state(row, actor.today)
    return row


def _find_issue(actor: Actor, row: ImportRow, words: str) -> None:
    """The issue that the manifest names, of those that the person sees."""
    issues = list(Issue.objects.visible_to(actor).filter(title__iexact=words)[:2])
    if len(issues) == 1:
        row.issue = issues[0]
    else:
        which = "two issues" if issues else "no issue"
        row.faults.append(f"The manifest’s issue “{words[:60]}” names {which} that you see. Choose it here.")


def _state(row: ImportRow, today: date) -> str:
    """Ready, unless something is wrong; what is missing is added to the row's faults."""
    if row.day is None and not any("date" in fault for fault in row.faults):
        row.faults.append(NO_DAY)
    elif row.day and row.day > today:
        row.faults.append(FUTURE)
    return RowState.WRONG if row.faults else RowState.READY


def _unopened(batch: ImportBatch, name: str, fault: str) -> ImportRow:
    row = ImportRow(batch=batch, file_name=name[:200], audience=Audience.SECRETARIAT, handling="OFFICIAL")
    row.kind, row.state, row.faults = PaperKind.OTHER, RowState.UNREADABLE, [fault]
    return row


def _recognise(row: ImportRow, found: Found, known_hashes: set[str]) -> None:
    """A file whose content is here already, or came earlier among these files, is not taken twice."""
    if found.sha256 in known_hashes:
        row.state, row.faults, row.parts = RowState.SAME, ["A paper with exactly this content is in the memory."], []
    known_hashes.add(found.sha256)


def _open_row(actor: Actor, row: ImportRow) -> ImportRow:
    """The row, of an import that is still being looked through."""
    seen(actor, row.batch)
    held(row.batch)
    if row.batch.state != BatchState.PREVIEW:
        raise Conflict("This import is closed. Put the paper itself right.")
    return held(row)


@transaction.atomic
def correct_row(
    actor: Actor,
    *,
    row: ImportRow,
    title: str,
    kind: str,
    day: str,
    audience: str,
    handling: str,
    issue: Issue | None = None,
    sent_from: str = "",
    sent_to: str = "",
) -> ImportRow:
    """Put right what was found in a file before it is taken in."""
    by = check(actor, Permission.ARCHIVE_KEEP)
    _open_row(actor, row)
    if row.state not in (RowState.READY, RowState.WRONG, RowState.LEFT_OUT):
        raise Conflict("This file is not taken in, so there is nothing to put right.")
    known(kind, audience, handling)
    row.title = one_line(title)
    if not row.title:
        raise Invalid("Give the paper a title.")
    found = day_of(day, actor.today)
    row.kind, row.day, row.precision = kind, found.day, found.precision.value
    row.audience, row.handling, row.issue = audience, handling, issue
    row.sent_from, row.sent_to = one_line(sent_from), one_line(sent_to)
    parties.settle(row)
    row.faults, row.state = [], RowState.READY
    row.sources = dict.fromkeys([*row.sources, "title", "day", "kind"], "put right by hand")
    row.save()
    record(actor, "archive.row-corrected", row.batch, by=by, row=row.key, heading=row.title)
    return row


@transaction.atomic
def leave_out(actor: Actor, *, row: ImportRow) -> None:
    """Do not take this file in."""
    check(actor, Permission.ARCHIVE_KEEP)
    _open_row(actor, row)
    if row.state not in (RowState.READY, RowState.WRONG):
        raise Conflict("This file is not taken in as it is.")
    row.state = RowState.LEFT_OUT
    row.save(update_fields=["state"])


@transaction.atomic
def put_back(actor: Actor, *, row: ImportRow) -> None:
    """Take a file in after all that was left out."""
    check(actor, Permission.ARCHIVE_KEEP)
    _open_row(actor, row)
    if row.state != RowState.LEFT_OUT:
        raise Conflict("This file was not left out.")
    row.state = RowState.WRONG if row.faults else RowState.READY
    row.save(update_fields=["state"])


@transaction.atomic
def discard(actor: Actor, *, batch: ImportBatch) -> None:
    """Drop an import that was only looked through."""
    by = check(actor, Permission.ARCHIVE_KEEP)
    seen(actor, batch)
    held(batch)
    if batch.state != BatchState.PREVIEW:
        raise Conflict("This import was taken in. Undo it instead.")
    record(actor, "archive.discarded", batch, by=by)
    batch.delete()
