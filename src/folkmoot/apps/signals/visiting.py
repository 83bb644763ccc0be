"""Asks a source over HTTP: politely, with limits, and never an address inside the network that we stand in.

    with Visitor(contact="secretariat@example.org") as visitor:
        answer = visitor.ask("https://www.gov.uk/bank-holidays.json", etag=known)

Each host is asked at most twice a second. A name is looked up once, every address behind it is checked, and that very
address is then called, so that a name cannot change its mind between the check and the call.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urljoin

import httpx

GAP_SECONDS = 0.5
LARGEST = 20 * 1024 * 1024
MOST_REDIRECTS = 5
LONGEST_SECONDS = 60.0
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LONGEST_RETRY = timedelta(days=1)


class NoAnswer(Exception):
    """The source gave no answer that can be used; the text says why in plain words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered. `retry_after` is what it asked us to wait, where it did."""

    status: int
    body: bytes
    url: str
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: timedelta | None = None


class Visitor:
    """Asks sources; keeps one client a host, and the pace."""

    def __init__(
        self,
        *,
        contact: str,
        private: frozenset[str] = frozenset(),
        largest: int | None = None,
        longest_seconds: float | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`private` are the hosts ("intranet.example" or "127.0.0.1:8080") that may stand on a private address."""
        self._agent = f"Folkmoot ({contact})"
        self._private, self._sleep = private, sleep
        self._largest = LARGEST if largest is None else largest
        self._longest = LONGEST_SECONDS if longest_seconds is None else longest_seconds
        self._clients: dict[str, httpx.Client] = {}
        self._asked_at: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients.values():
            client.close()

    def ask(self, url: str, *, etag: str = "", last_modified: str = "") -> Answer:
        """Ask for a page, following a few redirects, each checked like the first. NoAnswer says what is wrong."""
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in headers.items() if value}
        for _ in range(MOST_REDIRECTS + 1):
            answer, onward = self._ask_once(url, headers)
            if not onward:
                return answer
            if url.startswith("https:") and onward.startswith("http:"):
                raise NoAnswer("It sends us on from an encrypted address to one that is not.")
            url = onward
        raise NoAnswer(f"It sends us on more than {MOST_REDIRECTS} times.")

    def _ask_once(self, url: str, headers: dict[str, str]) -> tuple[Answer, str]:
        """The answer of one address, and where it sends us on, if it does."""
        where = _parsed(url)
        problem: Exception | None = None
        for address in self._addresses(where):
            self._keep_pace(where.host)
            try:
                with _in_words(), self._stream(where, address, headers) as response:
                    onward = _onward(url, response)
                    body = b"" if onward else self._read(response)
                    return _answer(url, response, body), onward
            except httpx.ConnectError as error:
                problem = error
        raise NoAnswer("Nothing answers at its address.") from problem

    def _addresses(self, where: httpx.URL) -> list[str]:
        """The numbers behind a name, all of them checked."""
        port = where.port or (443 if where.scheme == "https" else 80)
        try:
            found = socket.getaddrinfo(where.host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NoAnswer(f"There is no host “{where.host}”.") from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        allowed = {where.host, f"{where.host}:{port}"} & self._private
        if not allowed and not all(_is_public(address) for address in addresses):
            raise NoAnswer(f"“{where.host}” stands on a private address, which we do not ask.")
        return addresses

    def _keep_pace(self, host: str) -> None:
        since = time.monotonic() - self._asked_at.get(host, float("-inf"))
        if since < GAP_SECONDS:
            self._sleep(GAP_SECONDS - since)
        self._asked_at[host] = time.monotonic()

    @contextmanager
    def _stream(self, where: httpx.URL, address: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        client = self._clients.get(where.host)
        if client is None:
            # The proxies of the environment are left alone: behind one, nobody could check where a name leads.
            client = self._clients[where.host] = httpx.Client(timeout=TIMEOUT, trust_env=False)
        sent = {**headers, "Host": where.netloc.decode("ascii"), "User-Agent": self._agent}
        there = where.copy_with(host=address)
        with client.stream("GET", there, headers=sent, extensions={"sni_hostname": where.host}) as response:
            yield response

    def _read(self, response: httpx.Response) -> bytes:
        """The body, up to the limits of size and of time."""
        begun, parts, size = time.monotonic(), [], 0
        for part in response.iter_bytes():
            size += len(part)
            if size > self._largest:
                raise NoAnswer(f"Its answer is larger than {self._largest // (1024 * 1024)} MB.")
            if time.monotonic() - begun > self._longest:
                raise NoAnswer(f"Its answer took longer than {self._longest:.0f} seconds.")
            parts.append(part)
        return b"".join(parts)


def _parsed(url: str) -> httpx.URL:
    try:
        where = httpx.URL(url)
    except httpx.InvalidURL:
        raise NoAnswer("This is no address.") from None
    if where.scheme not in ("http", "https") or not where.host:
        raise NoAnswer("An address begins with https:// or http:// and names a host.")
    if where.userinfo:
        raise NoAnswer("An address holds no user name and no password.")
    return where


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    # An IPv6 address can hold an IPv4 one, and would carry it past the check.
    inside = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    return number.is_global and not number.is_multicast and (inside is None or inside.is_global)


def _onward(url: str, response: httpx.Response) -> str:
    place = response.headers.get("Location", "")
    return urljoin(url, place) if response.status_code in REDIRECTS and place else ""


def _answer(url: str, response: httpx.Response, body: bytes) -> Answer:
    headers = response.headers
    return Answer(
        status=response.status_code,
        body=body,
        url=url,
        media_type=headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        etag=headers.get("ETag", "")[:300],
        last_modified=headers.get("Last-Modified", "")[:100],
        retry_after=_wait(headers.get("Retry-After", ""), headers.get("Date", "")),
    )


def _wait(text: str, answered: str) -> timedelta | None:
    """What Retry-After asks for: seconds, or a date, counted by the clock of whoever asks for it. A day at most."""
    if text.isascii() and text.isdecimal():
        return min(timedelta(seconds=int(text[:9])), LONGEST_RETRY)
    until, since = _date(text), _date(answered)
    return min(max(until - since, timedelta()), LONGEST_RETRY) if until and since else None


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@contextmanager
def _in_words() -> Iterator[None]:
    """What can go wrong on the way, in plain words. That nothing listens is left, as there may be another address."""
    try:
        yield
    except httpx.ConnectError as error:
        if "CERTIFICATE" in str(error).upper():
            raise NoAnswer("Its certificate cannot be trusted.") from None
        raise
    except httpx.TimeoutException:
        raise NoAnswer("It took too long to answer.") from None
    except httpx.DecodingError:
        raise NoAnswer("Its answer is packed in a way that cannot be unpacked.") from None
    except httpx.HTTPError:
        raise NoAnswer("It broke off in the middle of its answer.") from None
