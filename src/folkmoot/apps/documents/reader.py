"""The process in which a file from outside is opened: little memory, little time, no network, no new files.

Started by `reading.py`. A request comes on standard input, the answer leaves on standard output; whatever goes wrong
that the engine did not expect ends the process, and its end is the answer.
"""

import ctypes
import gc
import importlib
import pickle
import resource
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from folkmoot.apps.documents.limits import READERS, Limits

OUT_OF_MEMORY = 77

_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000


def close_network() -> bool:
    """Move into a network of our own that has no way out; False where the system does not permit it."""
    libc = ctypes.CDLL(None)
    return any(libc.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def confine(limits: Limits) -> None:
    """Give up what reading a file does not need; none of it can be taken back."""
    close_network()
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> tuple[str, Any]:
    """What the engine says: ("value", it) or ("unreadable", (reason, advice))."""
    reader = READERS[name]
    engine = importlib.import_module(reader.module)
    try:
        return "value", getattr(engine, reader.function)(*arguments, **options)
    except engine.UnreadableFile as error:
        return "unreadable", (error.reason, error.advice)


def tell_where(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """One line for the log instead of an answer when an engine trips: what and where, nothing of what the file says."""
    place = traceback.extract_tb(trace)[-1] if trace else None
    where = f" in {Path(place.filename).name}, line {place.lineno}" if place else ""
    sys.stdout.buffer.write(f"{kind.__name__}{where}".encode())
    sys.stdout.buffer.flush()


def main() -> int:
    """Answer one request."""
    sys.excepthook = tell_where
    limits, name, arguments, options = pickle.load(sys.stdin.buffer)
    confine(limits)
    if not READERS[name].makes_rings:
        gc.disable()
    try:
        sys.stdout.buffer.write(pickle.dumps(answer(name, arguments, options)))
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
