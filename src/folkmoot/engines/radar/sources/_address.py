"""The parts of an address that the readers need, without the library that could open one."""

import re

WEB = re.compile(r"(https?)://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)(:\d+)?([^?#]*)(\?[^#]*)?", re.IGNORECASE)
GOVUK = "https://www.gov.uk"


def host_of(address: str) -> str:
    found = WEB.match(address)
    return (found[2] + (found[3] or "")).lower() if found else ""


def path_of(address: str) -> str:
    """The path of an address, or the address itself where it is only a path."""
    found = WEB.match(address)
    return (found[4] or "/") if found else re.split(r"[?#]", address, maxsplit=1)[0]


def web(address: str) -> str:
    """The address if a browser may follow it, else nothing: sources hold `javascript:` and worse."""
    address = address.strip()
    if not WEB.match(address) or len(address) > 2_000:
        return ""
    return "".join(letter for letter in address if letter.isprintable() and letter not in " <>\"'`")


def under(base: str, path: str) -> str:
    """A path below a site, or the address itself where it is whole already."""
    path = path.strip()
    if WEB.match(path):
        return web(path)
    return web(f"{base}/{path.lstrip('/')}") if path else ""


def last_part(path: str) -> str:
    return path_of(path).rstrip("/").rpartition("/")[2]
