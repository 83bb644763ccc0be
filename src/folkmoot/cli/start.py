"""How a command finds its installation: the data folder, what kind it is, and Django started on it."""

import fcntl
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from folkmoot.config.environment import CLONE, WrongSetting

NETWORK, DEMO = "network", "demo"
MARKER = "installation.json"
LOCK = "start.lock"

WRONG_USAGE, BAD_INPUT = 2, 3


class CannotGoOn(Exception):
    """The command stops here; the text says why and what to do."""

    def __init__(self, message: str, status: int = BAD_INPUT) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Installation:
    """What a data folder says it is."""

    kind: str
    complete: bool = True
    version: str = version("folkmoot")


def say(line: str) -> None:
    """One line for the person at the terminal; standard output is kept for answers."""
    print(line, file=sys.stderr, flush=True)


def guarded(run: Callable[[], int]) -> int:
    """Run a command; what stops it becomes one line."""
    try:
        return run()
    except CannotGoOn as stop:
        say(f"folkmoot: {stop}")
        return stop.status
    except WrongSetting as wrong:
        say(f"folkmoot: {wrong}")
        return WRONG_USAGE


def data_folder(given: str | None, *, demo: bool = False) -> Path:
    """The folder that the person named; else that of the environment, else the clone's own."""
    if given:
        return Path(given).resolve()
    folder = Path(os.environ.get("FOLKMOOT_DATA", "").strip() or CLONE / "data").resolve()
    return folder / "demo" if demo else folder


def read_marker(data: Path) -> Installation | None:
    """What the folder says it is; None where it says nothing."""
    try:
        return Installation(**json.loads((data / MARKER).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise CannotGoOn(
            f"{data / MARKER} cannot be read ({error}). It says what the folder holds; restore it from a backup."
        ) from None


def write_marker(data: Path, installation: Installation) -> None:
    """Say what the folder holds."""
    (data / MARKER).write_text(json.dumps(asdict(installation)) + "\n", encoding="utf-8")


def make_folder(data: Path) -> None:
    """The data folder, for its owner alone."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotGoOn(
            f"The data folder {data} cannot be made: {error.strerror}. Choose another with --data.", WRONG_USAGE
        ) from None


def claim(data: Path, kind: str) -> Installation:
    """Take the folder for an installation of this kind, or refuse where it holds another."""
    make_folder(data)
    found = read_marker(data)
    if found is None:
        others = {entry.name for entry in data.iterdir()} - {LOCK}
        if kind == DEMO and others:
            raise CannotGoOn(
                f"{data} holds something else, and the demonstration wants a folder of its own. "
                "Choose an empty folder with --data.",
                WRONG_USAGE,
            )
        found = Installation(kind, complete=kind == NETWORK)
        write_marker(data, found)
    if found.kind != kind:
        held = {DEMO: "a demonstration", NETWORK: "the installation of a network"}.get(found.kind, "something else")
        raise CannotGoOn(f"{data} holds {held}. Choose another folder with --data.", WRONG_USAGE)
    return found


def load(data: Path) -> None:
    """Start Django on the installation in this folder. A demonstration keeps to its own database and sends no mail."""
    found = read_marker(data)
    demo = found is not None and found.kind == DEMO
    os.environ["FOLKMOOT_DATA"] = str(data)
    os.environ["FOLKMOOT_DEMO"] = "yes" if demo else "no"
    if demo:
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("FOLKMOOT_SMTP", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "folkmoot.config.settings"
    import django

    django.setup()


def open_installation(given: str | None) -> Path:
    """Start Django on the folder of a command, with its database in reach."""
    data = data_folder(given)
    if read_marker(data) is None:
        raise CannotGoOn(f"{data} holds no installation. Name its folder with --data, or start folkmoot serve once.")
    load(data)
    from folkmoot.cli.upkeep import reach_database

    reach_database()
    return data


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two starts at once do their preparations one after the other."""
    with (data / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
