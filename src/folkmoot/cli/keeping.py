"""Backup and restore: a whole installation in one file, and laid out from it again.

The database is taken first and the files after it. Files are never changed, so those that the database names are
all there, and a few newer ones do no harm.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from folkmoot.apps.jobs.backups import note_backup
from folkmoot.cli.start import MARKER, CannotGoOn, load

OUR_NAME = re.compile(r"folkmoot-\d{4}-\d\d-\d\d-\d{6}\.zip")
SQLITE_NAME, POSTGRES_NAME, SECRET_NAME = "database.sqlite3", "database.dump", "secret.key"
# What the backup says of itself: the version that made it, the changes of tables it has seen, how many files it holds.
ABOUT = "backup.json"
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
CLIENT_MISSING = "PostgreSQL’s {} was not found. On Debian: apt-get install postgresql-client"


def _postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on our database; the password goes by the environment, where no list of
    processes shows it."""
    if shutil.which(program) is None:
        raise CannotGoOn(CLIENT_MISSING.format(program))
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    given = {variable: str(connection.settings_dict[key]) for key, variable in names.items()}
    run = subprocess.run(
        [program, *arguments],
        env={**os.environ, **{key: value for key, value in given.items() if value}},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode != 0:
        raise CannotGoOn(f"{program} failed: {' '.join(run.stderr.split())}")


def _dump_database(folder: Path) -> Path:
    """The database as one file, whole, while the installation runs on."""
    if connection.vendor == "postgresql":
        target = folder / POSTGRES_NAME
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    else:
        target = folder / SQLITE_NAME
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    return target


def _stored_files(data: Path) -> Iterator[tuple[Path, str]]:
    """Every stored file and its name in the backup; a file that is just being written has no hash for a name yet."""
    for path in sorted((data / "files").glob("??/*")):
        if len(path.name) == 64:
            yield path, f"files/{path.parent.name}/{path.name}"


def named_after(moment: datetime, folder: Path) -> Path:
    """A new backup's place in a folder of them; names in the order of time."""
    return folder / f"folkmoot-{moment:%Y-%m-%d-%H%M%S}.zip"


def drop_old(folder: Path, keep: int) -> list[Path]:
    """Drop all but the newest backups that bear our name; whatever else lies in the folder is left alone."""
    ours = sorted(path for path in folder.glob("folkmoot-*.zip") if OUR_NAME.fullmatch(path.name))
    old = ours[:-keep]
    for path in old:
        path.unlink()
    return old


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself."""

    version: str
    migrations: list[str]
    files: int


def _migrations_applied() -> list[str]:
    """The changes of tables that our database has seen."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _migrations_known() -> set[str]:
    """Those that this version brings."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def back_up(data: Path, target: Path) -> None:
    """Write the database, the files and the key into one new file; a half-written one never bears its name."""
    if target.exists():
        raise CannotGoOn(f"{target} is there already. A backup never writes over another; choose a new name.")
    if not target.parent.is_dir():
        raise CannotGoOn(f"The folder {target.parent} is not there. Make it, or choose another place.")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".folkmoot-backup-") as working:
        unfinished = Path(working) / "backup.zip"
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            dump = _dump_database(Path(working))
            archive.write(dump, dump.name)
            archive.writestr(SECRET_NAME, settings.SECRET_KEY)
            if (data / MARKER).exists():
                archive.write(data / MARKER, MARKER)
            files = list(_stored_files(data))
            for path, name in files:
                archive.write(path, name)
            about = About(version("folkmoot"), _migrations_applied(), len(files))
            archive.writestr(ABOUT, json.dumps(asdict(about)))
        unfinished.chmod(0o600)
        os.replace(unfinished, target)
    note_backup(data)


def _check_empty(data: Path) -> None:
    if data.exists() and any(data.iterdir()):
        raise CannotGoOn(
            f"{data} is not empty. A restore never writes over anything; choose an empty folder with --data."
        )


def _is_expected(name: str) -> bool:
    """True for the names that a backup of ours holds, so that nothing is laid outside the folder."""
    if name in {SQLITE_NAME, POSTGRES_NAME, SECRET_NAME, MARKER, ABOUT}:
        return True
    folder, _, rest = name.partition("/")
    start, _, sha256 = rest.partition("/")
    return folder == "files" and len(sha256) == 64 and sha256.isalnum() and start == sha256[:2]


def _unpack(backup: Path, folder: Path) -> None:
    """Lay the backup out, and nothing outside the folder."""
    try:
        with zipfile.ZipFile(backup) as archive:
            names = archive.namelist()
            if len(names) != len(set(names)):
                raise CannotGoOn(f"{backup} holds a name twice, which no backup of folkmoot does.")
            if SECRET_NAME not in names or not {SQLITE_NAME, POSTGRES_NAME} & set(names):
                raise CannotGoOn(f"{backup} is not a backup of folkmoot.")
            for name in names:
                if not _is_expected(name):
                    raise CannotGoOn(f"{backup} holds “{name}”, which no backup of folkmoot does.")
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as packed, path.open("wb") as laid:
                    shutil.copyfileobj(packed, laid)
    except UNREADABLE as error:
        raise CannotGoOn(f"{backup} cannot be read: {error}. Use another backup.") from None


def _check_files(backup: Path, folder: Path) -> None:
    """Each stored file bears the hash of what is in it for a name."""
    for path in folder.glob("files/*/*"):
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != path.name:
                raise CannotGoOn(f"{backup} is damaged: a stored file in it was changed. Use another backup.")


def _check_about(backup: Path, folder: Path) -> None:
    """A backup of a newer version holds what this one would not understand, and one that lacks files is not whole."""
    path = folder / ABOUT
    try:
        about = About(**json.loads(path.read_text(encoding="utf-8")))
        unknown = set(about.migrations) - _migrations_known()
    except (OSError, ValueError, TypeError):
        raise CannotGoOn(f"{backup} does not say of which version it is. Use another backup.") from None
    path.unlink()
    if unknown:
        raise CannotGoOn(
            f"{backup} was made by a newer folkmoot ({about.version}; this is {version('folkmoot')}). "
            "Install that version, and restore with it."
        )
    if about.files != sum(1 for _ in folder.glob("files/*/*")):
        raise CannotGoOn(f"{backup} is damaged: it lacks stored files. Use another backup.")


def _check_sqlite(database: Path, backup: Path) -> None:
    with closing(sqlite3.connect(database)) as opened:
        try:
            answer = opened.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            answer = str(error)
    if answer != "ok":
        raise CannotGoOn(f"The database in {backup} is damaged: {answer}. Use another backup.")


def restore(backup: Path, data: Path) -> None:
    """Lay an installation out from a backup, wholly or not at all."""
    _check_empty(data)
    has_url = bool(os.environ.get("DATABASE_URL", "").strip())
    data.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data.parent, prefix=".folkmoot-restore-") as working:
        folder = Path(working) / "data"
        folder.mkdir(mode=0o700)
        _unpack(backup, folder)
        (folder / SECRET_NAME).chmod(0o600)
        dump = folder / POSTGRES_NAME
        if dump.exists() != has_url:
            kind, what = ("PostgreSQL", "Set") if dump.exists() else ("SQLite", "Unset")
            raise CannotGoOn(f"The backup is of an installation on {kind}. {what} DATABASE_URL and try again.")
        _check_files(backup, folder)
        load(folder)
        _check_about(backup, folder)
        if dump.exists():
            _fill_postgres(dump)
            dump.unlink()
        else:
            _check_sqlite(folder / SQLITE_NAME, backup)
            (folder / SQLITE_NAME).rename(folder / "folkmoot.sqlite3")
        if data.exists():
            data.rmdir()
        folder.rename(data)


def _fill_postgres(dump: Path) -> None:
    """Fill an empty database from a dump, in one transaction."""
    if connection.introspection.table_names():
        raise CannotGoOn("The database at DATABASE_URL is not empty. A restore never writes over anything.")
    _postgres(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={connection.settings_dict['NAME']}",
        str(dump),
    )
