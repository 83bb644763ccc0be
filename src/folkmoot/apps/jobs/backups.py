"""When the installation was last backed up, and the nightly backup where its settings name a folder for one."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from folkmoot.apps.jobs.schedule import register_scheduled

# Touched after each backup, so that somebody can be told when there was none for long.
NOTE = "backup.done"
OLDEST = timedelta(days=2)
KEPT = "30"


class BackupFailed(Exception):
    """The command that makes a backup ended with a complaint."""


def note_backup(data: Path) -> None:
    """A backup of this installation was made."""
    (data / NOTE).touch()


def last_backup(data: Path) -> datetime | None:
    """When this installation was last backed up; None where it never was."""
    note = data / NOTE
    return datetime.fromtimestamp(note.stat().st_mtime, UTC) if note.exists() else None


def how_it_stands(data: Path, now: datetime) -> tuple[bool, str]:
    """Whether the last backup is new enough, and the sentence that says when it was made."""
    last = last_backup(data)
    if last is None:
        return False, "No backup was made yet."
    age = now - last
    if age > OLDEST:
        return False, f"The last backup is {age.days} days old."
    return True, f"The last backup was made on {last.day} {last:%B %Y}."


def register_backup(folder: str) -> None:
    """Let the worker make a backup each day into this folder."""

    def run(_moment: datetime) -> str:
        return back_up(folder)

    register_scheduled(
        "jobs.backup", "Back the installation up", every=timedelta(days=1), run=run, limit=timedelta(hours=3)
    )


def back_up(folder: str) -> str:
    """Make a backup by the command that a person would use, which needs nothing of this process."""
    command = [sys.executable, "-m", "folkmoot.cli.main", "backup", folder, "--keep", KEPT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupFailed(done.stderr.strip())
    return f"A backup was made; the newest {KEPT} are kept."
