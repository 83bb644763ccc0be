"""A real IMAP server on this machine: Dovecot with TLS and a mailbox in a folder of the test, as the test's own user.

It runs as root in a container and as anybody else at home: every service of it runs as whoever runs the tests.
"""

import getpass
import grp
import ipaddress
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

BINARY = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin") or "dovecot"
STARTS_WITHIN = 20.0


def free_port() -> int:
    """A port that nobody listens to now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _servant() -> pwd.struct_passwd:
    """As whom it talks to strangers and keeps mail: whoever runs the tests, and for root a user that may do nothing."""
    if os.getuid():
        return pwd.getpwuid(os.getuid())
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("dovenull") or known["nobody"]


def _hand_over(*paths: Path) -> None:
    """Let the server own what was made for it; Dovecot serves no mail that is root's."""
    if os.getuid() == 0:
        for path in paths:
            os.chown(path, _servant().pw_uid, _servant().pw_gid)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself, and its key; valid around now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


@dataclass
class Dovecot:
    """One server: where it listens, whom it lets in, and what a test may do to it."""

    folder: Path
    users: Mapping[str, str]
    port: int  # TLS from the first word
    plain_port: int  # STARTTLS, or nothing
    certificate: Path
    idle: bool = True
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    host = "localhost"

    def start(self) -> None:
        """Start it and wait until it answers; where it does not, nothing of it is left running."""
        self._write()
        log = (self.folder / "dovecot.err").open("ab")
        self._process = subprocess.Popen(
            [BINARY, "-F", "-c", str(self.folder / "dovecot.conf")], stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it with everything that it started; every connection drops."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=10)
        self._process = None

    def __enter__(self) -> "Dovecot":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def restart(self) -> None:
        """Drop every connection and start again on the same ports with the same mailboxes."""
        self.stop()
        self.start()

    drop_connections = restart

    def maildir(self, user: str, folder: str = "INBOX") -> Path:
        """Where a user's mailbox lies."""
        root = self.folder / "mail" / user
        return root if folder == "INBOX" else root / f".{folder}"

    def deliver(self, user: str, data: bytes, folder: str = "INBOX") -> Path:
        """Put a mail into a mailbox as a mail server does: written in tmp, moved to new."""
        box = self.maildir(user, folder)
        parts = [box / part for part in ("tmp", "new", "cur")]
        for part in parts:
            part.mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns()}.{os.getpid()}.localhost"
        (box / "tmp" / name).write_bytes(data)
        _hand_over(self.maildir(user), box, *parts, box / "tmp" / name)
        return (box / "tmp" / name).rename(box / "new" / name)

    def mails(self, user: str, folder: str = "INBOX") -> list[Path]:
        """The files of a mailbox, the oldest first."""
        box = self.maildir(user, folder)
        return sorted((path for part in ("new", "cur") for path in box.glob(f"{part}/*")), key=lambda path: path.name)

    def flags(self, user: str) -> list[str]:
        """The flags of each mail of the inbox, the oldest first: S means read."""
        return [path.name.partition(":2,")[2] for path in self.mails(user)]

    def change_uidvalidity(self, user: str) -> None:
        """What a move to another server does: the same mails under new numbers."""
        self.stop()
        box = self.maildir(user)
        for path in (*box.glob("dovecot*"), *box.glob(".INBOX/dovecot*")):
            path.unlink()
        # Dovecot numbers a mailbox by the second at which it first sees it.
        time.sleep(1.1)
        self.start()

    def url(self, user: str) -> str:
        """The mailbox as FOLKMOOT_IMAP names it."""
        return f"imaps://{user.replace('@', '%40')}:{self.users[user]}@{self.host}:{self.port}/INBOX"

    def trusting(self) -> ssl.SSLContext:
        """A context that takes this server's certificate."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def _wait(self) -> None:
        ends = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < ends:
            if self._process is not None and self._process.poll() is not None:
                break
            try:
                with socket.create_connection(("127.0.0.1", self.plain_port), timeout=1) as connection:
                    if connection.recv(64).startswith(b"* OK"):
                        return
            except OSError:
                time.sleep(0.05)
        logs = [
            path.read_text() for path in (self.folder / "dovecot.err", self.folder / "dovecot.log") if path.exists()
        ]
        raise RuntimeError(f"Dovecot did not start: {logs}")

    def _write(self) -> None:
        (self.folder / "mail").mkdir(exist_ok=True)
        (self.folder / "run").mkdir(exist_ok=True)
        _hand_over(self.folder / "mail")
        lines = [f"{user}:{{PLAIN}}{password}" for user, password in self.users.items()]
        (self.folder / "users").write_text("\n".join(lines) + "\n")
        (self.folder / "dovecot.conf").write_text(self._settings())

    def _settings(self) -> str:
        """Everything under one user, in one folder, on two ports of this machine."""
        me, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
        servant = _servant()
        key = self.certificate.with_name("key.pem")
        capability = "" if self.idle else "imap_capability = IMAP4rev1 UIDPLUS SASL-IR LITERAL+"
        chroots = "\n".join(f"service {name} {{\n  chroot =\n}}" for name in ("anvil", "imap-login"))
        return f"""
base_dir = {self.folder}/run
state_dir = {self.folder}/run
log_path = {self.folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {me}
default_internal_group = {group}
default_login_user = {servant.pw_name}
first_valid_uid = {servant.pw_uid}
first_valid_gid = 0
mail_uid = {servant.pw_uid}
mail_gid = {servant.pw_gid}
mail_location = maildir:{self.folder}/mail/%u
mail_home = {self.folder}/mail/%u
ssl = yes
ssl_cert = <{self.certificate}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
{capability}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {self.folder}/users
}}
userdb {{
  driver = static
  args = uid={servant.pw_uid} gid={servant.pw_gid} home={self.folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {self.plain_port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {self.port}
    ssl = yes
  }}
}}
{chroots}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


def make_dovecot(folder: Path, users: Mapping[str, str] | None = None, *, idle: bool = True) -> Dovecot:
    """A server that is not started yet; `folder` must have a short path, since its sockets lie there."""
    folder.chmod(0o755)  # the login process of another user looks into it
    certificate, _key = make_certificate(folder)
    known = users or {"network@example.org": "a long walk"}
    return Dovecot(folder, known, free_port(), free_port(), certificate, idle)


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    """One server for the whole run; `dovecot` empties it for each test."""
    with tempfile.TemporaryDirectory(prefix="dc") as folder, make_dovecot(Path(folder)) as server:
        yield server


@pytest.fixture
def dovecot(dovecot_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """A running server with an empty mailbox, whose certificate this process trusts."""
    if dovecot_server._process is None:
        dovecot_server.start()
    for path in (dovecot_server.folder / "mail").iterdir():
        shutil.rmtree(path)
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot_server.certificate))
    return dovecot_server
