"""Serves an installation: the web server and one worker as children, until somebody says stop."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypeAlias

from folkmoot.cli.start import WRONG_USAGE, CannotGoOn, say

PATIENCE = 60.0
GRACE = 15.0
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG

Child: TypeAlias = "subprocess.Popen[bytes]"


@dataclass(frozen=True, slots=True)
class Door:
    """Where the web server listens."""

    host: str
    port: int

    @property
    def address(self) -> str:
        """What a person on this machine types."""
        host = "localhost" if self.host in {"0.0.0.0", "::", "127.0.0.1", "::1"} else self.host
        return f"http://{host}:{self.port}"

    @property
    def to_knock_at(self) -> str:
        """The host at which we ask whether it answers."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)


def free_door(host: str, port: int) -> Door:
    """A door that nobody else holds; port 0 takes any that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotGoOn(
                f"{host}, port {port}, cannot be used: {error.strerror}. Choose another with --host or --port.",
                WRONG_USAGE,
            ) from None
        return Door(host, probe.getsockname()[1])


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def _child(*arguments: str) -> Child:
    """A Python process in a group of its own, so that its own children end with it."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def _web(door: Door) -> Child:
    workers = str(max(1, min(2, os.cpu_count() or 1)))
    return _child(
        *("-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
        *("--host", door.host, "--port", str(door.port), "--workers", workers, "--blocking-threads", "2"),
        "folkmoot.config.wsgi:application",
    )


def _worker(data: Path) -> Child:
    return _child("-m", "folkmoot.cli.main", "worker", "--data", str(data))


def leave_when_told() -> None:
    """While the installation is still prepared, SIGTERM ends the command with 0 as it does later."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))


def status_of(door: Door) -> int | None:
    """With what status the first page comes; None while nobody answers."""
    connection = http.client.HTTPConnection(door.to_knock_at, door.port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _end(children: list[Child]) -> None:
    """Ask each child to stop; it asks its own. After a while whatever is left in its group is made to."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        _end_group(child)


class Pulse:
    """Whether a worker still touches its file, by a clock that stands still while the machine sleeps."""

    def __init__(self, file: Path, longest_silence: float) -> None:
        self.file, self.longest_silence = file, longest_silence
        self.touched, self.since = 0.0, time.monotonic()

    def is_lost(self) -> bool:
        """True once the file has lain untouched for too long."""
        touched = self.file.stat().st_mtime if self.file.exists() else 0.0
        if touched != self.touched:
            self.touched, self.since = touched, time.monotonic()
        return time.monotonic() - self.since > self.longest_silence


def _end_group(child: Child) -> None:
    """End a child for good, and whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _watch(stop: threading.Event, web: Child, workers: list[Child], data: Path) -> None:
    """Wait for the end; a worker that dies or hangs is replaced, a web server that dies ends everything."""
    from folkmoot.cli.working import LONGEST_SILENCE, sign_of_life

    def pulse_of_worker() -> Pulse:
        return Pulse(sign_of_life(data), LONGEST_SILENCE.total_seconds())

    pulse = pulse_of_worker()
    while not stop.wait(0.5):
        if web.poll() is not None:
            raise CannotGoOn(f"The web server stopped by itself with {web.returncode}; the lines above say why.", 1)
        ended = workers[-1].poll() is not None
        if ended or pulse.is_lost():
            say(f"folkmoot: the worker {'stopped' if ended else 'hangs'}; another is started.")
            _end_group(workers[-1])
            stop.wait(2)
            workers[-1], pulse = _worker(data), pulse_of_worker()


def _wait_for_answer(stop: threading.Event, web: Child, door: Door) -> bool:
    """True when the server answers, False when somebody said stop first."""
    deadline = time.monotonic() + PATIENCE
    while not stop.is_set():
        status = status_of(door)
        if status is not None and status >= 500:
            raise CannotGoOn("The web server answers with a fault; the lines above say why.", 1)
        if status is not None:
            return True
        if web.poll() is not None:
            raise CannotGoOn("The web server did not start; the lines above say why.", 1)
        if time.monotonic() > deadline:
            raise CannotGoOn("The web server did not answer within a minute; the lines above may say why.", 1)
        stop.wait(0.1)
    return False


def serve(door: Door, data: Path) -> int:
    """Serve until SIGTERM or Control-C; the last line printed is the address."""
    stop = threading.Event()

    def finish(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, finish)
    signal.signal(signal.SIGINT, finish)
    web, workers = _web(door), [_worker(data)]
    try:
        if _wait_for_answer(stop, web, door):
            print(door.address, flush=True)
            _watch(stop, web, workers, data)
    finally:
        _end([web, *workers])
    return 0
