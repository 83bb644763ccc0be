"""Reads one damaged file after another, each in a process of its own under the limits that the server sets.

The server starts a new program for each file; ten thousand of them are forked from one that has loaded the engine,
and then give up the same things by the same functions.
"""

import os
import pickle
import select
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from folkmoot.apps.documents.limits import READERS
from folkmoot.apps.documents.reader import OUT_OF_MEMORY, answer, confine
from folkmoot.engines import redline

READER: Final = "redline.changes"
PATIENCE: Final = 60.0
assert redline.changes, "the engine is loaded before the first fork"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one reading ended: "read", "refused" (with the reason), "crashed" or "stopped", and what it used."""

    number: int
    how: str
    reason: str
    seconds: float
    megabytes: float


def read_all(files: Iterable[tuple[int, bytes]], *, reader: str = READER) -> Iterator[Outcome]:
    """One outcome a file, in order."""
    for number, data in files:
        yield _read_one(number, data, reader)


def _read_one(number: int, data: bytes, reader: str) -> Outcome:
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        _work(data, reader, source, sink)
    os.close(sink)
    said = _listen(source, child)
    _, status, used = os.wait4(child, 0)
    how, reason = _verdict(os.waitstatus_to_exitcode(status), said)
    return Outcome(number, how, reason, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _work(data: bytes, reader: str, source: int, sink: int) -> None:
    """In the child: never returns."""
    os.close(source)
    status = 1
    try:
        confine(READERS[reader].limits)
        kind, value = answer(reader, (data,), {})
        os.write(sink, pickle.dumps((kind, value if kind == "unreadable" else None)))
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:
        if status == 1:
            os.write(sink, traceback.format_exc()[-600:].encode())
        os._exit(status)


def _listen(source: int, child: int) -> bytes:
    said = b""
    ends = time.monotonic() + PATIENCE
    with os.fdopen(source, "rb") as stream:
        while select.select([stream], [], [], max(ends - time.monotonic(), 0))[0]:
            piece = os.read(stream.fileno(), 65536)
            if not piece:
                return said
            said += piece
    os.kill(child, 9)
    return said


def _verdict(status: int, said: bytes) -> tuple[str, str]:
    if status == OUT_OF_MEMORY:
        return "refused", "This file unpacks to more than can be looked into."
    if status < 0:
        return "stopped", f"signal {-status}"
    if status:
        return "crashed", said.decode(errors="replace")
    kind, value = _loaded(said)
    return ("read", "") if kind == "value" else ("refused", " ".join(value))


def _loaded(said: bytes) -> Any:
    return pickle.loads(said)
