"""Backup and restore: one file holds everything, and laying it out gives the same installation again."""

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.cli.test_installation import one_line

pytestmark = pytest.mark.slow

FILL = """
from datetime import UTC, datetime
from folkmoot.apps.access.actor import stranger
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail.actions import queue
now = datetime(2026, 11, 25, 9, 40, tzinfo=UTC)
actor = stranger(now, now.date())
draft = store(actor, name="Draft.docx", data=b"PK the draft", kind="draft")
queue(actor, to=("Ada", "ada@example.org"), subject="A draft", body="Here", attachments=[(draft, "Draft.docx")])
"""
TELL = """
from django.conf import settings
from folkmoot.apps.access.audit import verify
from folkmoot.apps.documents.queries import content
from folkmoot.apps.mail.models import OutboxMessage
message = OutboxMessage.objects.get()
print(message.to_address, content(message.attachments.get().file), verify(), settings.SECRET_KEY)
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], dict[str, str]]) -> Terminal:
    """An installation that holds a file, a mail and a trail."""
    terminal = Terminal(tmp_path_factory.mktemp("filled") / "data", new_database())
    assert terminal.run("migrate").returncode == 0
    terminal.inside(FILL)
    return terminal


@pytest.fixture(scope="module")
def backup(filled: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    target = tmp_path_factory.mktemp("backups") / "folkmoot.zip"
    done = filled.run("backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


def test_what_was_backed_up_comes_back_whole(
    filled: Terminal, backup: Path, new_terminal: Callable[[str], Terminal]
) -> None:
    restored = new_terminal("restored")
    done = restored.run("restore", str(backup))
    assert done.returncode == 0, done.stderr

    assert restored.inside(TELL) == filled.inside(TELL)
    assert restored.inside(TELL).startswith("ada@example.org b'PK the draft' [] ")
    assert restored.run("migrate").returncode == 0


def test_a_backup_is_readable_by_its_owner_alone_and_leaves_nothing_else_behind(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_backup_never_writes_over_another(filled: Terminal, backup: Path) -> None:
    before = backup.read_bytes()
    done = filled.run("backup", str(backup))
    assert done.returncode == 3
    assert "is there already" in one_line(done.stderr)
    assert backup.read_bytes() == before


def test_a_restore_never_writes_over_anything(filled: Terminal, backup: Path) -> None:
    before = sorted(path.name for path in filled.data.iterdir())
    done = filled.run("restore", str(backup))
    assert done.returncode == 3
    assert "is not empty" in one_line(done.stderr)
    assert sorted(path.name for path in filled.data.iterdir()) == before


class TestBadBackups:
    """Each is refused in one line, and nothing is laid out."""

    def refused(self, new_terminal: Callable[[str], Terminal], backup: Path) -> str:
        terminal = new_terminal("refused")
        done = terminal.run("restore", str(backup))
        assert done.returncode == 3, done.stderr
        assert not terminal.data.exists()
        assert not list(terminal.data.parent.glob(".folkmoot-restore-*"))
        return one_line(done.stderr)

    def repacked(self, backup: Path, target: Path, **changed: bytes) -> Path:
        """A copy of the backup in which the entries that begin so hold other bytes."""
        with zipfile.ZipFile(backup) as original, zipfile.ZipFile(target, "w") as copy:
            for name in original.namelist():
                other = [data for start, data in changed.items() if name.startswith(start)]
                copy.writestr(name, other[0] if other else original.read(name))
        return target

    def test_a_file_that_is_none(self, new_terminal: Callable[[str], Terminal], tmp_path: Path) -> None:
        (tmp_path / "letter.zip").write_text("Dear Minister")
        assert "cannot be read" in self.refused(new_terminal, tmp_path / "letter.zip")

    def test_a_file_that_is_not_there(self, new_terminal: Callable[[str], Terminal], tmp_path: Path) -> None:
        assert "No such file" in self.refused(new_terminal, tmp_path / "none.zip")

    def test_another_zip(self, new_terminal: Callable[[str], Terminal], tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
            archive.writestr("a.txt", "x")
        assert "is not a backup of folkmoot" in self.refused(new_terminal, tmp_path / "other.zip")

    def test_one_that_reaches_out_of_the_folder(
        self, new_terminal: Callable[[str], Terminal], backup: Path, tmp_path: Path
    ) -> None:
        bad = self.repacked(backup, tmp_path / "bad.zip")
        with zipfile.ZipFile(bad, "a") as archive:
            archive.writestr("files/../../escaped", "x")
        assert "which no backup of folkmoot does" in self.refused(new_terminal, bad)

    def test_one_whose_stored_file_was_changed(
        self, new_terminal: Callable[[str], Terminal], backup: Path, tmp_path: Path
    ) -> None:
        bad = self.repacked(backup, tmp_path / "bad.zip", files=b"PK another draft")
        assert "a stored file in it was changed" in self.refused(new_terminal, bad)

    def test_one_whose_database_is_damaged(
        self, new_terminal: Callable[[str], Terminal], backup: Path, tmp_path: Path
    ) -> None:
        bad = self.repacked(backup, tmp_path / "bad.zip", database=b"not a database at all " * 500)
        said = self.refused(new_terminal, bad)
        assert "is damaged" in said or "pg_restore failed" in said
