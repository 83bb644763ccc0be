"""What an installation needs before it starts: its tables as this version knows them, and its style sheets."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from folkmoot.cli.start import CannotGoOn

# Any number, so long as every folkmoot asks PostgreSQL for the same one.
_MIGRATING = 7_011_994


def _knock_at_postgres() -> None:
    """Ask the server itself: the pool would go on trying for half a minute and then not say why it failed."""
    import psycopg

    given = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    parts = {name: str(given[key]) for name, key in names.items() if given[key]}
    options = {name: value for name, value in given["OPTIONS"].items() if name != "pool"}
    psycopg.connect("", **{"connect_timeout": 5, **parts, **options}).close()


def reach_database() -> None:
    """Stop with a sentence where the database does not answer."""
    try:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors:
                _knock_at_postgres()
        connection.ensure_connection()
    except OperationalError as error:
        raise CannotGoOn(
            f"The database cannot be reached: {' '.join(str(error).split())} "
            "Start it, or correct DATABASE_URL, and try again."
        ) from None


@contextmanager
def _one_migrating() -> Iterator[None]:
    """On PostgreSQL several machines may start at once; one of them changes the tables, the others wait."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])


def waiting_migrations() -> list[str]:
    """The changes of tables that this version brings and the database has not seen."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def migrate() -> list[str]:
    """Bring the tables up to date; what was changed."""
    with _one_migrating():
        waiting = waiting_migrations()
        if waiting:
            call_command("migrate", verbosity=0, interactive=False)
    return waiting


def _fingerprint(folders: list[Path]) -> str:
    """Changes when any style sheet or script does."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def static_is_current() -> bool:
    """True when the collected style sheets and scripts are those of this version."""
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    wanted = _fingerprint([Path(folder) for folder in settings.STATICFILES_DIRS])
    return stamp.is_file() and stamp.read_text() == wanted


def collect_static() -> None:
    """Copy, name by hash and compress what browsers fetch, where anything changed."""
    if static_is_current():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    stamp.write_text(_fingerprint([Path(folder) for folder in settings.STATICFILES_DIRS]))
