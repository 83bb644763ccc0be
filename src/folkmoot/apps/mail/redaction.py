"""Personal links in a mail's text: whoever holds one acts for its reader, so nobody else is shown it."""

import re

# A link to our own address with a part of twenty or more characters holds a secret: our records' keys have ten.
_LINK = re.compile(r"https?://[^\s<>\"]+")
_SECRET = re.compile(r"[/=][A-Za-z0-9_.:~-]{20,}")


def holds_a_secret(link: str, *, address: str) -> bool:
    """True for a link to this installation that lets its bearer in."""
    return link.startswith(f"{address}/") and bool(_SECRET.search(link, len(address)))


def hide_personal_links(text: str, *, reader: str, address: str) -> str:
    """The text with each personal link replaced by words that say whose it is."""

    def hidden(match: re.Match[str]) -> str:
        return f"[link for {reader}, hidden]" if holds_a_secret(match.group(), address=address) else match.group()

    return _LINK.sub(hidden, text)
