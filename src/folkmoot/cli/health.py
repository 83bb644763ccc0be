"""What is wrong with an installation and how to mend it, one line a question."""

import shutil
import socket
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from folkmoot.cli.start import CannotGoOn, load, read_marker
from folkmoot.config.environment import WrongSetting

LEAST_FREE = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One question answered: good, or what is wrong and how to mend it. A hint is good, and could be better."""

    good: bool
    what: str
    mend: str = ""
    hint: bool = False

    def __str__(self) -> str:
        word = "hint " if self.hint else "good " if self.good else "WRONG"
        return f"{word}  {self.what}{' ' + self.mend if self.mend else ''}"


def _folder(data: Path) -> Finding:
    if not data.is_dir():
        return Finding(
            False, f"The data folder {data} is not there.", "Start folkmoot serve once, or name it with --data."
        )
    try:
        probe = data / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Finding(False, f"The data folder {data} cannot be written: {error.strerror}.", "Give it to this user.")
    found = read_marker(data)
    if found is None:
        return Finding(False, f"{data} does not say what it holds.", "Start folkmoot serve on it once.")
    return Finding(True, f"The data folder is {data} and holds a {found.kind} installation.")


def _settings(data: Path) -> Finding:
    try:
        load(data)
    except WrongSetting as wrong:
        return Finding(False, str(wrong))
    return Finding(True, "The settings can be used.")


def _space(data: Path) -> Finding:
    free = shutil.disk_usage(data).free
    text = f"{free / 1024**3:.1f} GB are free on the disk of the data folder."
    return Finding(free >= LEAST_FREE, text, "" if free >= LEAST_FREE else "Make room, or mail and uploads will fail.")


def _secret(data: Path) -> Finding:
    path = data / "secret.key"
    if not path.exists():
        return Finding(True, "The secret key comes from FOLKMOOT_SECRET_KEY.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(False, "Others on this machine can read the secret key.", f"Run chmod 600 {path}")
    return Finding(True, "The secret key is readable by this user alone.")


def _database(_data: Path) -> Finding:
    from django.db import connection

    from folkmoot.cli.upkeep import reach_database

    try:
        reach_database()
    except CannotGoOn as error:
        return Finding(False, str(error))
    return Finding(True, f"The database answers ({connection.vendor}).")


def _tables(_data: Path) -> Finding:
    from folkmoot.cli.upkeep import waiting_migrations

    waiting = waiting_migrations()
    if waiting:
        return Finding(
            False, f"The database is older than this version: {len(waiting)} changes wait.", "Run folkmoot migrate."
        )
    return Finding(True, "The database is of this version.")


def _static(_data: Path) -> Finding:
    from folkmoot.cli.upkeep import static_is_current

    if not static_is_current():
        return Finding(False, "The style sheets and scripts are not those of this version.", "Restart folkmoot serve.")
    return Finding(True, "The style sheets and scripts are those of this version.")


def _mail(_data: Path) -> Finding:
    from django.conf import settings

    from folkmoot.apps.mail.server import outgoing

    if settings.ENVIRONMENT.demo:
        return Finding(True, "A demonstration sends no mail and keeps it to be read.")
    way = outgoing()
    if way is None:
        return Finding(
            False, "No mail is sent: it stays in the outbox.", "Name your mail server on the page Mail settings."
        )
    try:
        socket.create_connection((way.host, way.port), timeout=5).close()
    except OSError as error:
        return Finding(
            False,
            f"The mail server {way.host}, port {way.port}, cannot be reached: {error}.",
            "Start it, or correct the mail settings.",
        )
    return Finding(True, f"The mail server {way.host} answers.")


def _passwords(_data: Path) -> Finding:
    from folkmoot.apps.mail.server import unreadable_passwords

    if unreadable_passwords():
        return Finding(
            False,
            "A password of the mail settings was kept under another secret key.",
            "Type it again on the page Mail settings, or restore the key.",
        )
    return Finding(True, "The passwords of the mail settings can be read.")


def _worker(data: Path) -> Finding:
    from folkmoot.cli.working import LONGEST_SILENCE, sign_of_life

    path = sign_of_life(data)
    silence = time.time() - path.stat().st_mtime if path.exists() else None
    if silence is None or silence > LONGEST_SILENCE.total_seconds():
        return Finding(
            False, "No worker runs, so mail waits and no return is read.", "Start folkmoot serve or folkmoot worker."
        )
    return Finding(True, "A worker runs.")


def _trail(_data: Path) -> Finding:
    from folkmoot.apps.access.audit import verify

    faults = verify()
    if faults:
        return Finding(
            False, f"The audit trail is not whole: {faults[0]}", "Keep the database and compare it with a backup."
        )
    return Finding(True, "The audit trail is whole.")


def _people(_data: Path) -> Finding:
    from folkmoot.apps.access.models import Account

    if not Account.objects.filter(is_active=True).exists():
        return Finding(False, "Nobody can sign in.", "Start folkmoot serve and open the link that it prints.")
    return Finding(True, "There are people who can sign in.")


def _setting_up(_data: Path) -> Iterator[Finding]:
    """What the page Setting up shows, as far as no question above has asked it."""
    from folkmoot.web.beginning.missing import steps
    from folkmoot.web.clock import moment

    for step in steps(moment().date()):
        if step.name in {"administrator", "mail-out"}:
            continue
        if step.done:
            yield Finding(True, step.now)
        else:
            mend = f"{step.to_do} The page Setting up leads there."
            yield Finding(not step.needed, step.now, mend, hint=not step.needed)


def _network(_data: Path) -> Finding:
    from folkmoot.apps.documents.reading import can_close_network

    if not can_close_network():
        return Finding(
            True,
            "This system does not let us close the network to the process that opens uploaded files;",
            "it still has little memory, little time and no files.",
        )
    return Finding(True, "Uploaded files are opened in a process without network.")


Question = Callable[[Path], Finding]
# Each block needs what the one before it found good.
BLOCKS: tuple[tuple[Question, ...], ...] = (
    (_folder,),
    (_settings, _space, _secret),
    (_database,),
    (_tables,),
    (_static, _people, _mail, _passwords, _worker, _trail, _network),
)


def examine(data: Path) -> Iterator[Finding]:
    """Ask every question, as far as the answers allow the next."""
    for block in BLOCKS:
        findings = [question(data) for question in block]
        yield from findings
        if block is not BLOCKS[-1] and not all(finding.good for finding in findings):
            return
    yield from _setting_up(data)
