"""Looks into a file from outside: never in our own process, always within limits, always with an answer."""

import dataclasses
import enum
import io
import logging
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any

from folkmoot.apps.documents.limits import READERS, Limits
from folkmoot.apps.documents.reader import OUT_OF_MEMORY

logger = logging.getLogger(__name__)

# Two readings at once, so that a row of large uploads cannot take all the machine's memory.
_turn = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine made of the file."""

    value: Any


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why the file could not be read, and what to ask its sender for."""

    reason: str
    advice: str


TOO_LARGE = Unreadable(
    "This file unpacks to more than can be looked into.",
    "Ask for it saved again under a new name, without pictures or attachments inside.",
)
TOO_SLOW = Unreadable(
    "Reading this file took too long and was stopped.",
    "Ask for it saved again under a new name, or split into shorter files.",
)
BROKEN = Unreadable(
    "This file is damaged or made in a way that cannot be read.",
    "Ask for it to be opened in Word and saved again as .docx.",
)


class _Answer(pickle.Unpickler):
    """Reads an answer, and in it nothing but values: a reader that a file has taken over cannot reach us by it."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in {"date", "datetime", "timedelta", "timezone"}:
            return getattr(import_module(module), name)
        if module.startswith("folkmoot.engines."):
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum)):
                return found
        raise pickle.UnpicklingError(f"An answer may not hold {module}.{name}.")


def can_close_network() -> bool:
    """True where the system lets the reader close its network; asked in a process of its own, which then ends."""
    code = "import sys; from folkmoot.apps.documents.reader import close_network; sys.exit(not close_network())"
    return subprocess.run([sys.executable, "-I", "-B", "-c", code], check=False).returncode == 0


def _start() -> "subprocess.Popen[bytes]":
    """The reader, without our environment: no database, no secret, no home is told to it."""
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", "-m", "folkmoot.apps.documents.reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"LC_ALL": "C.UTF-8"},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _ask(stdin: IO[bytes], stdout: IO[bytes], request: bytes, limits: Limits) -> bytes:
    """Hand over the request and read the answer, as far as an answer may go. The reader reads all before it writes."""
    try:
        stdin.write(request)
        stdin.close()
    except BrokenPipeError:
        return b""
    return stdout.read(limits.answer + 1)


def _stopper(process: "subprocess.Popen[bytes]", late: threading.Event) -> Callable[[], None]:
    def stop() -> None:
        late.set()
        process.kill()

    return stop


def _run(request: bytes, limits: Limits) -> bytes | Unreadable:
    """The reader's answer as bytes, or what its end means."""
    late = threading.Event()
    with _start() as process:
        timer = threading.Timer(limits.wall_seconds, _stopper(process, late))
        timer.start()
        assert process.stdin is not None
        assert process.stdout is not None
        answer = _ask(process.stdin, process.stdout, request, limits)
        if len(answer) > limits.answer:
            process.kill()
        status = process.wait()
        timer.cancel()
    if status == OUT_OF_MEMORY or len(answer) > limits.answer:
        return TOO_LARGE
    # The system sends SIGXCPU at the limit of processor time, and SIGKILL a second later.
    if late.is_set() or status in {-signal.SIGXCPU, -signal.SIGKILL}:
        return TOO_SLOW
    if status != 0:
        logger.warning(
            "The reading of a file stopped: %s.", answer[:200].decode(errors="replace") or f"status {status}"
        )
        return BROKEN
    return answer


def read(name: str, *arguments: Any, limits: Limits | None = None, **options: Any) -> Reading | Unreadable:
    """Run one of `READERS` on these arguments in a process with limits."""
    limits = limits or READERS[name].limits
    request = pickle.dumps((limits, name, arguments, options))
    with _turn:
        answer = _run(request, limits)
    if isinstance(answer, Unreadable):
        return answer
    try:
        kind, value = _Answer(io.BytesIO(answer)).load()
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError):
        return BROKEN
    return Reading(value) if kind == "value" else Unreadable(*value)
