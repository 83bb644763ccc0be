"""Runs folkmoot as a person does: a real process, a folder of its own, an environment without our settings."""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 90


def bare_environment(**changes: str) -> dict[str, str]:
    """This machine's environment without any setting of folkmoot."""
    ours = ("FOLKMOOT_", "DJANGO_", "DATABASE_URL")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)} | changes


@dataclass(frozen=True, slots=True)
class Terminal:
    """A data folder and the settings that go with it."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self, **changes: str) -> dict[str, str]:
        return bare_environment(**{**self.settings, **changes})

    def run(self, *arguments: str, **changes: str) -> "subprocess.CompletedProcess[str]":
        """One command on this folder, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "folkmoot.cli.main", *arguments, "--data", str(self.data)],
            env=self.environment(**changes),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def inside(self, code: str) -> str:
        """What this code prints when it runs in the installation."""
        start = f"from pathlib import Path; from folkmoot.cli.start import load; load(Path({str(self.data)!r}))"
        done = subprocess.run(
            [sys.executable, "-c", f"{start}\n{code}"],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *arguments: str, **changes: str) -> "Running":
        """A command that goes on until it is told to stop."""
        complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115  # closed when the command ends
        process = subprocess.Popen(
            [sys.executable, "-m", "folkmoot.cli.main", *arguments, "--data", str(self.data)],
            env=self.environment(**changes),
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        return Running(process, complaints)


@dataclass(frozen=True, slots=True)
class Running:
    """A command that runs."""

    process: "subprocess.Popen[str]"
    complaints: Any

    def address(self) -> str:
        """The line that it prints once it answers."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, self.said()
        return line

    def said(self) -> str:
        """What it wrote for the person at the terminal."""
        self.complaints.seek(0)
        return str(self.complaints.read())

    def stop(self) -> int:
        """SIGTERM, and the status with which it ends."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)

    def end(self) -> None:
        """However the test went, nothing stays behind."""
        if self.process.poll() is None:
            self.stop()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.complaints.close()


@dataclass(frozen=True, slots=True)
class Page:
    """What the server answered."""

    status: int
    text: str
    headers: Message


def fetch(address: str, path: str) -> Page:
    """One page, as a browser without a session gets it; no redirect is followed."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return Page(response.status, response.read().decode(errors="replace"), response.headers)
    finally:
        connection.close()


def children_of(pid: int) -> set[int]:
    """The processes under this one, and those under them."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in (line.split() for line in listed.splitlines())}
    found: set[int] = set()
    waiting = {pid}
    while waiting:
        waiting = {child for child, parent in parents.items() if parent in waiting} - found
        found |= waiting
    return found
