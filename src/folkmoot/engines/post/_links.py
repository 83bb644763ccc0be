"""Files that were not attached but left with a service, by the addresses in the words."""

import re
from collections.abc import Iterable
from typing import Final

from ._charsets import decode
from ._headers import percent_decoded
from ._values import CloudLink

MOST_LINKS: Final = 100
LONGEST_LINK: Final = 4000

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'\\^`{|}]{3,4000}", re.IGNORECASE)
_HOST: Final = re.compile(r"https?://([A-Za-z0-9.-]{3,253})(?::\d{1,5})?(/[^?#]*)?", re.IGNORECASE)
_SERVICES: Final = (
    ("OneDrive", r"1drv\.ms|onedrive\.live\.com|.+-my\.sharepoint\.com"),
    ("SharePoint", r".+\.sharepoint\.com"),
    ("Google Docs", r"docs\.google\.com|drive\.google\.com"),
    ("Dropbox", r"(?:www\.)?dropbox\.com|db\.tt|dl\.dropboxusercontent\.com"),
    ("WeTransfer", r"(?:.+\.)?wetransfer\.com|we\.tl"),
    ("Box", r"(?:.+\.)?box\.com"),
    ("iCloud", r"(?:www\.)?icloud\.com"),
)
_HOSTS: Final = tuple((name, re.compile(hosts, re.IGNORECASE)) for name, hosts in _SERVICES)
# Mail gateways put their own address in front: Outlook's Safe Links, Google's redirect.
_WRAPPED: Final = re.compile(
    r"https?://(?:[a-z0-9]+\.safelinks\.protection\.outlook\.com/(?:\w+\.html)?\?|www\.google\.com/url\?)"
    r"(?:[^#]*?&)?(?:amp;)?(?:url|q)=([^&#]+)",
    re.IGNORECASE,
)
_FILE: Final = re.compile(r"[^/]{1,200}\.(?:docx?|odt|rtf|pdf|xlsx?|pptx?|zip)", re.IGNORECASE)


def unwrapped(address: str) -> str:
    """The address that a mail gateway wrapped into its own."""
    match = _WRAPPED.match(address[:LONGEST_LINK])
    return decode(percent_decoded(match[1])) if match else address


def service_of(address: str) -> str:
    """The service that keeps the file at this address; nothing for other addresses and for a bare front page."""
    match = _HOST.match(unwrapped(address[:LONGEST_LINK]))
    if not match or len(match[2] or "") < 2:
        return ""
    return next((name for name, hosts in _HOSTS if hosts.fullmatch(match[1])), "")


def find_links(text: str, named: Iterable[tuple[str, str]] = ()) -> tuple[CloudLink, ...]:
    """The links in the words and those of a page with their words, each address once."""
    found: dict[str, CloudLink] = {}
    bare = ((_before(text, match.start()), match[0].rstrip(".,;:!?)]")) for match in _ADDRESS.finditer(text))
    for words, address in (*named, *bare):
        service = service_of(address)
        url = unwrapped(address)
        if service and url not in found and len(found) < MOST_LINKS:
            found[url] = CloudLink(service, _name(words, url), url)
    return tuple(found.values())


def _before(text: str, at: int) -> str:
    """The words in front of an address in angle brackets, as programs write a link in plain text."""
    line = text[max(0, at - 200) : at].rpartition("\n")[2]
    return line[:-1].strip() if line.endswith("<") else ""


def _name(words: str, url: str) -> str:
    """What the file is called: the words of the link, or the last part of its address where that is a file's name."""
    if words and "://" not in words:
        return words
    last = decode(percent_decoded(re.split(r"[?#]", url)[0].rpartition("/")[2]))
    return last if _FILE.fullmatch(last) else ""
