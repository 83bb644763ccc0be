"""What `folkmoot import archive FOLDER [--dry-run]` does: the same looking through, one line a file."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import Conflict, Invalid
from folkmoot.apps.access.roles import Role
from folkmoot.apps.archive import actions
from folkmoot.apps.archive.models import ImportBatch, ImportRow, RowState
from folkmoot.apps.archive.parcels import MOST_BYTES, MOST_FILES
from folkmoot.apps.documents.upload import MEGABYTE

BAD_INPUT = 3


def import_folder(folder: Path, *, now: datetime, today: date, dry_run: bool = False) -> tuple[int, list[str]]:
    """The exit status and the lines to print; 3 where the folder cannot be used or a file of it is wrong."""
    actor = Actor(account_id=None, name="The command line", role=Role.COORDINATOR, now=now, today=today)
    try:
        with transaction.atomic():
            batch = actions.stage(actor, name=folder.name or "Papers", files=_files(folder))
            lines = list(_table(batch))
            wrong = batch.rows.filter(state__in=(RowState.WRONG, RowState.UNREADABLE)).exists()
            lines.append(_close(actor, batch, dry_run=dry_run))
    except (Invalid, Conflict) as error:
        return BAD_INPUT, [str(error)]
    return (BAD_INPUT if wrong else 0), lines


def _close(actor: Actor, batch: ImportBatch, *, dry_run: bool) -> str:
    """Take in what is ready, or with --dry-run nothing; what was done, in a sentence."""
    ready = batch.rows.filter(state=RowState.READY).count()
    if dry_run:
        transaction.set_rollback(True)
        return f"Nothing was taken in. Without --dry-run it would be {ready} of {batch.rows.count()} files."
    if not ready:
        transaction.set_rollback(True)
        return f"Nothing was taken in: none of the {batch.rows.count()} files is ready."
    actions.take_in(actor, batch=batch)
    return (
        f"{batch.taken_count} of {batch.rows.count()} files were taken in. The page Imports shows them, and undoes it."
    )


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files in a folder and in those under it, in the order of their names; hidden ones and links aside."""
    if not folder.is_dir():
        raise Invalid(f"There is no folder {folder}. Give the path of one.")
    paths = [path for path in sorted(folder.rglob("*")) if _is_paper(path, folder)]
    if len(paths) > MOST_FILES:
        raise Invalid(
            f"{folder} holds {len(paths):,} files, and {MOST_FILES} are taken at once. Import its folders one by one."
        )
    if sum(path.stat().st_size for path in paths) > MOST_BYTES:
        raise Invalid(f"{folder} holds more than {MOST_BYTES // MEGABYTE} MB. Import its folders one by one.")
    limit = settings.ENVIRONMENT.upload_mb
    for path in paths:
        if path.stat().st_size > limit * MEGABYTE:
            raise Invalid(f"“{path.name}” is larger than {limit} MB. Make its pictures smaller, or move it elsewhere.")
        yield path.name, path.read_bytes()


def _is_paper(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.is_file() and not path.is_symlink() and not hidden


def _table(batch: ImportBatch) -> Iterator[str]:
    """One line a file: what becomes of it, what was found and whence, and what is wrong."""
    for row in batch.rows.select_related("issue"):
        yield f"{row.file_name}: {row.get_state_display().lower()}"
        if row.state in (RowState.READY, RowState.WRONG):
            yield f"    {_facts(row)}"
        for fault in row.faults:
            yield f"    {fault}"


def _facts(row: ImportRow) -> str:
    found = [
        (row.title, "title"),
        (row.get_kind_display(), "kind"),
        (row.day_words, "day"),
        (row.audience, "audience"),
        (row.handling, "handling"),
    ]
    facts = [f"{text} ({row.sources[name]})" if name in row.sources else text for text, name in found if text]
    if row.issue:
        facts.append(f"on the issue {row.issue.title}")
    return " | ".join(facts)
