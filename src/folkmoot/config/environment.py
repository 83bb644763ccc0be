"""Reads the installation's settings from the environment, once; a wrong value stops the start with a sentence."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

CLONE = Path(__file__).resolve().parents[3]


class WrongSetting(Exception):
    """A setting in the environment cannot be used; the text says which, why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Every setting, typed. Each field's comment names its variable and what it is for."""

    data: Path  # FOLKMOOT_DATA: the folder that holds everything an installation keeps
    database_url: str  # DATABASE_URL: postgresql://user:password@host/name; absent means SQLite in the data folder
    address: str  # FOLKMOOT_ADDRESS: where people open it, for links in mails
    secret_key: str  # FOLKMOOT_SECRET_KEY: absent means one made at the first start and kept in the data folder
    debug: bool  # FOLKMOOT_DEBUG: yes or no; error pages with source, never for a real network
    demo: bool  # FOLKMOOT_DEMO: yes or no; set by `folkmoot demo`
    today: str  # FOLKMOOT_TODAY: an ISO date to use as today, for demonstrations and tests; absent means the clock
    smtp_url: str  # FOLKMOOT_SMTP: smtp://user:password@host:port or smtps://...; absent means the page Mail settings
    mail_from: str  # FOLKMOOT_MAIL_FROM: the network's address; absent means the one of the page Mail settings
    imap_url: str  # FOLKMOOT_IMAP: imaps://user:password@host/folder; imap://... for STARTTLS; absent means the page
    fact_months: int  # FOLKMOOT_FACT_MONTHS: after how many months a fact of the register should be checked again
    upload_mb: int  # FOLKMOOT_UPLOAD_MB: the largest file that a page takes, in megabytes
    backups: str  # FOLKMOOT_BACKUPS: a folder into which the worker writes a backup each day; absent means none
    private_sources: frozenset[str]  # FOLKMOOT_PRIVATE_SOURCES: your own hosts that the radar may ask, by comma


def _yes_no(raw: Mapping[str, str], name: str) -> bool:
    value = raw.get(name, "no").strip().lower()
    if value in {"yes", "1", "true", "on"}:
        return True
    if value in {"no", "0", "false", "off", ""}:
        return False
    raise WrongSetting(f"{name} is “{value}”. Write yes or no.")


def _whole_number(raw: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = raw.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or not least <= int(value) <= most:
        raise WrongSetting(f"{name} is “{value}”. Write a whole number from {least} to {most}.")
    return int(value)


def _hosts(raw: Mapping[str, str], name: str) -> frozenset[str]:
    hosts = frozenset(filter(None, (host.strip().lower() for host in raw.get(name, "").split(","))))
    for host in hosts:
        parts = urlsplit(f"//{host}")
        if parts.netloc != host or not parts.hostname or "@" in host:
            raise WrongSetting(f"{name} holds “{host}”. Write hosts by comma, such as papers.example.local:8080.")
    return hosts


def _address(raw: Mapping[str, str]) -> str:
    value = raw.get("FOLKMOOT_ADDRESS", "").strip() or "http://localhost:8000"
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongSetting(f"FOLKMOOT_ADDRESS is “{value}”. Write an address such as https://folkmoot.example.org.")
    return value.rstrip("/")


def _choice_of_scheme(raw: Mapping[str, str], name: str, schemes: set[str], example: str) -> str:
    value = raw.get(name, "").strip()
    if value and (urlsplit(value).scheme not in schemes or not urlsplit(value).hostname):
        raise WrongSetting(f"{name} does not begin as it should. Write it like {example}.")
    return value


def _mailbox(raw: Mapping[str, str]) -> str:
    example = "imaps://user:password@host/INBOX"
    value = _choice_of_scheme(raw, "FOLKMOOT_IMAP", {"imap", "imaps"}, example)
    parts = urlsplit(value)
    if value and not (parts.username and parts.password):
        raise WrongSetting(f"FOLKMOOT_IMAP names no user and password. Write it like {example}.")
    return value


def _today(raw: Mapping[str, str]) -> str:
    from datetime import date

    value = raw.get("FOLKMOOT_TODAY", "").strip()
    if value:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise WrongSetting(f"FOLKMOOT_TODAY is “{value}”. Write a date such as 2026-11-25.") from None
    return value


def _kept_secret(data: Path) -> str:
    """The key kept in the data folder, made at the first start and readable by its owner alone."""
    path = data / "secret.key"
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        return path.read_text().strip()
    except OSError as error:
        raise WrongSetting(
            f"The data folder {data} cannot be used: {error.strerror}. "
            "Set FOLKMOOT_DATA to a folder that may be written."
        ) from None


def read_environment(raw: Mapping[str, str] = os.environ) -> Environment:
    """Every setting of the installation, or WrongSetting for the first one that cannot be used."""
    data = Path(raw.get("FOLKMOOT_DATA", "").strip() or CLONE / "data").resolve()
    return Environment(
        data=data,
        database_url=_choice_of_scheme(
            raw, "DATABASE_URL", {"postgres", "postgresql"}, "postgresql://user:password@host/name"
        ),
        address=_address(raw),
        secret_key=raw.get("FOLKMOOT_SECRET_KEY", "").strip() or _kept_secret(data),
        debug=_yes_no(raw, "FOLKMOOT_DEBUG"),
        demo=_yes_no(raw, "FOLKMOOT_DEMO"),
        today=_today(raw),
        smtp_url=_choice_of_scheme(raw, "FOLKMOOT_SMTP", {"smtp", "smtps"}, "smtp://user:password@host:587"),
        mail_from=raw.get("FOLKMOOT_MAIL_FROM", "").strip(),
        imap_url=_mailbox(raw),
        fact_months=_whole_number(raw, "FOLKMOOT_FACT_MONTHS", default=12, least=1, most=120),
        backups=raw.get("FOLKMOOT_BACKUPS", "").strip(),
        upload_mb=_whole_number(raw, "FOLKMOOT_UPLOAD_MB", default=25, least=1, most=200),
        private_sources=_hosts(raw, "FOLKMOOT_PRIVATE_SOURCES"),
    )


def database(environment: Environment) -> dict[str, Any]:
    """Django's description of the database: SQLite in the data folder, or PostgreSQL by its address."""
    if not environment.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.data / "folkmoot.sqlite3",
            # A thread keeps its connection, and with it the statements that SQLite has planned.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                # Writers queue instead of failing; readers never wait for a writer.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
                "PRAGMA cache_size=-20000;",
            },
        }
    parts = urlsplit(environment.database_url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        # Compiling a plan takes longer than any of our questions; a search with every room's rule in it took seconds.
        "OPTIONS": {"pool": True, "options": "-c jit=off", **query},
    }


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The mailbox that FOLKMOOT_IMAP names."""

    host: str
    port: int
    encrypted_at_once: bool
    user: str
    password: str
    folder: str


def mailbox(environment: Environment) -> Mailbox | None:
    """The mailbox from FOLKMOOT_IMAP; None where it is not set."""
    if not environment.imap_url:
        return None
    parts = urlsplit(environment.imap_url)
    at_once = parts.scheme == "imaps"
    return Mailbox(
        host=parts.hostname or "",
        port=parts.port or (993 if at_once else 143),
        encrypted_at_once=at_once,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
    )


def mail(environment: Environment) -> dict[str, Any]:
    """Django's mail settings from FOLKMOOT_SMTP."""
    parts = urlsplit(environment.smtp_url)
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }
