"""Backup and restore: one file holds everything, and laying it out gives the same installation again."""

import json
import os
import stat
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from folkmoot.apps.jobs.backups import how_it_stands, last_backup, note_backup
from folkmoot.cli.keeping import drop_old
from folkmoot.cli.main import main
from tests.cast import MOMENT
from tests.cli.conftest import POSTGRES
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


def repacked(backup: Path, target: Path, changed: dict[str, bytes | None]) -> Path:
    """A copy of the backup in which the entries that begin so hold other bytes, or are left out."""
    with zipfile.ZipFile(backup) as original, zipfile.ZipFile(target, "w") as copy:
        for name in original.namelist():
            other = [start for start in changed if name.startswith(start)]
            data = changed[other[0]] if other else original.read(name)
            if data is not None:
                copy.writestr(name, data)
    return target


def with_entry(backup: Path, target: Path, name: str) -> Path:
    """A copy of the backup with one entry more."""
    repacked(backup, target, {})
    with zipfile.ZipFile(target, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the name that is there already
        archive.writestr(name, "x")
    return target


def cut(backup: Path, target: Path, keep: float) -> Path:
    """The first part of the backup only, as after a disk that was full."""
    data = backup.read_bytes()
    target.write_bytes(data[: int(len(data) * keep)])
    return target


def flipped(backup: Path, target: Path) -> Path:
    """The backup with a few bytes changed in the middle of its database."""
    data = bytearray(backup.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(byte ^ 0xFF for byte in data[middle : middle + 64])
    target.write_bytes(data)
    return target


def told(backup: Path, **changed: object) -> bytes:
    """What the backup says of itself, changed."""
    with zipfile.ZipFile(backup) as archive:
        return json.dumps({**json.loads(archive.read("backup.json")), **changed}).encode()


def another_zip(target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    return target


def letter(target: Path) -> Path:
    target.write_text("Dear Minister")
    return target


def folder(target: Path) -> Path:
    target.mkdir()
    return target


AWAY = "postgresql://nobody@127.0.0.1:1/folkmoot?connect_timeout=1"
KEY, FILES, ABOUT = "secret.key", "files/", "backup.json"
BAD: dict[str, tuple[Callable[[Path, Path], Path], str]] = {
    "a letter": (lambda _good, bad: letter(bad), "cannot be read: File is not a zip file. Use another backup."),
    "an empty file": (lambda good, bad: cut(good, bad, 0), "cannot be read: File is not a zip file."),
    "a folder": (lambda _good, bad: folder(bad), "cannot be read: "),
    "no file": (lambda _good, bad: bad, "No such file"),
    "another zip": (lambda _good, bad: another_zip(bad), "is not a backup of folkmoot."),
    "half of it": (lambda good, bad: cut(good, bad, 0.5), "cannot be read: File is not a zip file."),
    "all but the end": (lambda good, bad: cut(good, bad, 0.999), "cannot be read: "),
    "a few bytes changed": (flipped, "Use another backup."),
    "without its key": (lambda good, bad: repacked(good, bad, {KEY: None}), "is not a backup of folkmoot."),
    "without its database": (lambda good, bad: repacked(good, bad, {"database": None}), "is not a backup of folkmoot."),
    "without its files": (lambda good, bad: repacked(good, bad, {FILES: None}), "it lacks stored files."),
    "a file changed": (
        lambda good, bad: repacked(good, bad, {FILES: b"PK another draft"}),
        "a stored file in it was changed.",
    ),
    "a database that is none": (
        lambda good, bad: repacked(good, bad, {"database": b"not a database at all " * 500}),
        ("pg_restore failed" if POSTGRES else "is damaged"),
    ),
    "a name outside": (
        lambda good, bad: with_entry(good, bad, "files/../../escaped"),
        "holds “files/../../escaped”, which no backup of folkmoot does.",
    ),
    "a name twice": (lambda good, bad: with_entry(good, bad, KEY), "holds a name twice"),
    "of a newer version": (
        lambda good, bad: repacked(
            good, bad, {ABOUT: told(good, version="99.1", migrations=["mail.0099_that_we_do_not_know"])}
        ),
        "was made by a newer folkmoot (99.1; this is ",
    ),
    "silent on its version": (lambda good, bad: repacked(good, bad, {ABOUT: None}), "does not say of which version"),
    "with nonsense on its version": (
        lambda good, bad: repacked(good, bad, {ABOUT: told(good, migrations=7)}),
        "does not say of which version",
    ),
}


RESTORE_EACH = """
import json, sys
from pathlib import Path
from folkmoot.cli.keeping import restore
from folkmoot.cli.start import CannotGoOn
for file in sorted(Path(sys.argv[1]).iterdir()):
    try:
        restore(file / "bad.zip", Path(sys.argv[2]))
        print(json.dumps([file.name, "restored"]))
    except CannotGoOn as stop:
        print(json.dumps([file.name, str(stop)]))
"""


@pytest.fixture(scope="module")
def answers(
    backup: Path, tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], dict[str, str]]
) -> dict[str, str]:
    """What a restore of each bad backup says; one process tries them all, since each start of it takes a second."""
    bad, place = tmp_path_factory.mktemp("bad"), tmp_path_factory.mktemp("place")
    for what, (make, _sentence) in BAD.items():
        (bad / what).mkdir()
        make(backup, bad / what / "bad.zip")
    terminal = Terminal(place / "data", new_database())
    done = subprocess.run(
        [sys.executable, "-c", RESTORE_EACH, str(bad), str(terminal.data)],
        env=terminal.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    left = [path.name for path in place.iterdir()], tables(terminal)
    return dict(json.loads(line) for line in done.stdout.splitlines()) | {"left": repr(left)}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_backup_is_refused_in_one_line(answers: dict[str, str], what: str) -> None:
    assert BAD[what][1] in answers[what]
    assert "\n" not in answers[what]


def test_of_all_the_bad_backups_nothing_is_laid_out(answers: dict[str, str]) -> None:
    assert answers["left"] == "([], [])"


def test_the_command_says_it_in_one_line_and_ends_with_3(
    new_terminal: Callable[[str], Terminal], tmp_path: Path
) -> None:
    done = new_terminal("refused").run("restore", str(letter(tmp_path / "letter.zip")))
    assert done.returncode == 3
    assert "is not a zip file. Use another backup." in one_line(done.stderr)


def tables(terminal: Terminal) -> list[tuple[str, ...]]:
    """What stands in the empty PostgreSQL database that a restore was given; nothing on SQLite."""
    if not POSTGRES:
        return []
    with psycopg.connect(terminal.settings["DATABASE_URL"]) as server:
        return server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()


def test_a_backup_of_the_other_database_says_which_setting_to_change(
    new_terminal: Callable[[str], Terminal], backup: Path, tmp_path: Path
) -> None:
    terminal = new_terminal("refused")
    name, what = ("SQLite", "Unset") if POSTGRES else ("PostgreSQL", "Set")
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(backup) as original, zipfile.ZipFile(other, "w") as copy:
        for entry in original.namelist():
            if entry.startswith("database"):
                copy.writestr("database.sqlite3" if POSTGRES else "database.dump", b"x")
            else:
                copy.writestr(entry, original.read(entry))

    done = terminal.run("restore", str(other))

    assert done.returncode == 3
    assert f"The backup is of an installation on {name}. {what} DATABASE_URL" in one_line(done.stderr)


class TestKeep:
    """`--keep N` in a folder of backups."""

    NAMES = tuple(f"folkmoot-2026-11-{day:02}-023000.zip" for day in (21, 22, 23))
    OTHERS = ("folkmoot-2026-11-01.zip", "folkmoot-2026-11-20-023000.zip.part", "letter.zip")

    def fill(self, folder: Path) -> None:
        for name in (*self.NAMES, *self.OTHERS):
            (folder / name).touch()

    def test_the_newest_are_kept_and_what_is_not_ours_is_left_alone(self, filled: Terminal, tmp_path: Path) -> None:
        self.fill(tmp_path)
        done = filled.run("backup", str(tmp_path), "--keep", "2")

        assert done.returncode == 0, done.stderr
        [new] = [path.name for path in tmp_path.iterdir() if path.stat().st_size]
        left = sorted(path.name for path in tmp_path.iterdir())
        assert left == sorted([new, self.NAMES[-1], *self.OTHERS])
        assert f"Dropped the older backup {self.NAMES[0]}." in done.stderr

    @pytest.mark.parametrize("keep", [1, 3, 4, 100])
    @pytest.mark.one_database
    def test_how_many_stay(self, tmp_path: Path, keep: int) -> None:
        self.fill(tmp_path)
        dropped = drop_old(tmp_path, keep)
        assert [path.name for path in dropped] == list(self.NAMES[:-keep])

    @pytest.mark.parametrize(
        ("arguments", "status", "said"),
        [
            (("{folder}/one.zip", "--keep", "3"), 2, "--keep goes with a folder"),
            (("{folder}/none/one.zip",), 3, "is not there. Make it, or choose another place."),
        ],
    )
    def test_wrong_words(
        self, filled: Terminal, tmp_path: Path, arguments: tuple[str, ...], status: int, said: str
    ) -> None:
        self.fill(tmp_path)
        done = filled.run("backup", *(each.format(folder=tmp_path) for each in arguments))
        assert done.returncode == status
        assert said in done.stderr
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted((*self.NAMES, *self.OTHERS))

    @pytest.mark.one_database
    @pytest.mark.parametrize("words", [("--keep", "0"), ("--keep", "-3"), ("--keep", "all"), ("--keep",)])
    def test_words_that_are_no_number(
        self, tmp_path: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as stop:
            main(["backup", str(tmp_path), *words])
        assert stop.value.code == 2
        assert "argument --keep" in capsys.readouterr().err

    def test_a_backup_that_fails_drops_nothing_and_is_no_backup(self, filled: Terminal, tmp_path: Path) -> None:
        self.fill(tmp_path)
        before = last_backup(filled.data)
        done = filled.run("backup", str(tmp_path), "--keep", "1", DATABASE_URL=AWAY)
        assert done.returncode == 3
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted((*self.NAMES, *self.OTHERS))
        assert last_backup(filled.data) == before


def test_the_worker_backs_up_where_a_folder_is_named(filled: Terminal, tmp_path: Path) -> None:
    code = "from folkmoot.apps.jobs.schedule import job_named; print(job_named('jobs.backup').run(None))"
    named = Terminal(filled.data, {**filled.settings, "FOLKMOOT_BACKUPS": str(tmp_path)})

    assert named.inside(code) == "A backup was made; the newest 30 are kept."
    assert [path.suffix for path in tmp_path.iterdir()] == [".zip"]
    none = "from folkmoot.apps.jobs.schedule import job_named; print(job_named('jobs.backup'))"
    assert filled.inside(none) == "None"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("age", "good", "said"),
    [
        (None, False, "No backup was made yet."),
        (timedelta(hours=1), True, "The last backup was made on 25 November 2026."),
        (timedelta(days=2), True, "The last backup was made on 23 November 2026."),
        (timedelta(days=3), False, "The last backup is 3 days old."),
    ],
)
def test_how_old_the_last_backup_is(tmp_path: Path, age: timedelta | None, good: bool, said: str) -> None:
    if age is not None:
        note_backup(tmp_path)
        made = (MOMENT - age).timestamp()
        os.utime(tmp_path / "backup.done", (made, made))
    assert how_it_stands(tmp_path, MOMENT) == (good, said)
