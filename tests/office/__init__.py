"""A second opinion from LibreOffice on many files at once; one that it dies of, or takes too long over, is told."""

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

SCRIPT: Final = Path(__file__).with_name("asked.py")
PYTHON: Final = "/usr/bin/python3"
START: Final = 90.0


def ask(task: str, files: Sequence[Path], *, seconds: float = 40.0) -> list[dict[str, Any]]:
    """For each file {"value": ...} or {"error": ...}."""
    answers: list[dict[str, Any]] = []
    while len(answers) < len(files):
        with _Office(task) as office:
            while len(answers) < len(files):
                found = office.ask(files[len(answers)], seconds)
                answers.append(found or {"error": "LibreOffice crashed or took too long"})
                if found is None:
                    break
    return answers


class _Office:
    """One run of the script with an office of its own."""

    def __init__(self, task: str) -> None:
        self.task = task

    def __enter__(self) -> "_Office":
        self.profile = tempfile.mkdtemp(prefix="folkmoot-office-")
        self.process = subprocess.Popen(
            [PYTHON, str(SCRIPT), self.task, self.profile],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
        )
        self.rest = b""
        if self.line(START) != "ready":
            raise RuntimeError("LibreOffice does not start.")
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def ask(self, file: Path, seconds: float) -> dict[str, Any] | None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(f"{file}\n".encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        found = self.line(seconds)
        return found if isinstance(found, dict) else None

    def line(self, seconds: float) -> Any:
        """The next line of the script, or None where none comes."""
        assert self.process.stdout is not None
        ends = time.monotonic() + seconds
        while b"\n" not in self.rest:
            ready = select.select([self.process.stdout], [], [], max(ends - time.monotonic(), 0))[0]
            piece = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not piece:
                return None
            self.rest += piece
        line, _, self.rest = self.rest.partition(b"\n")
        return json.loads(line)
