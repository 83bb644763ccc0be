"""Personal links in a mail's text: whoever holds one acts for its reader, so nobody else is shown it."""

import re

# A part of twenty or more characters that is no row of words is a secret: our records' keys have ten. The host is not
# asked, since an installation may have moved to another address after the mail was written.
_LINK = re.compile(r"https?://[^\s<>\"]+")
_LONG_PART = re.compile(r"[/=]([A-Za-z0-9_.:~-]{20,})")
_ROW_OF_WORDS = re.compile(r"(?:[a-z0-9]{1,16}[-_.])*[a-z0-9]{1,16}")


def holds_a_secret(link: str) -> bool:
    """True for a link that lets its bearer in."""
    _scheme, _, rest = link.partition("://")
    return any(not _ROW_OF_WORDS.fullmatch(part) for part in _LONG_PART.findall(rest))


def hide_personal_links(text: str, *, reader: str) -> str:
    """The text with each personal link replaced by words that say whose it is."""
    return _LINK.sub(
        lambda match: f"[link for {reader}, hidden]" if holds_a_secret(match.group()) else match.group(), text
    )
