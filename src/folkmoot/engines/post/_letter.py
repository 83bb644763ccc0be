"""An opened mail read as a letter."""

import re
from collections.abc import Iterable
from typing import Final

from ._bounces import bounce_of
from ._charsets import clean
from ._headers import addresses, message_ids, moment
from ._inside import Budget, attachment
from ._links import find_links
from ._nature import nature_of
from ._opened import Opened
from ._page import Page, read_page
from ._quotes import apart
from ._values import Address, Attachment, Letter, Nature

MOST_FILES: Final = 200
LONGEST_TEXT: Final = 1024 * 1024

CUT: Final = "The text of this mail is longer than can be shown; its end is missing here and stands in the mail itself."
MORE_FILES: Final = "This mail has more than 200 files; the last ones are missing here and stand in the mail itself."

_MARK: Final = re.compile(r"\bOFFICIAL[ \t\xa0]{0,2}[-–—:_/ ][ \t\xa0]{0,2}SENSITIVE\b", re.IGNORECASE)
HANDLING: Final = "OFFICIAL-SENSITIVE"
_DELIVERED: Final = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-rcpt-to")
_TAG: Final = re.compile(r"[^+@\s]+\+([^@\s]{1,200})@[^@\s]+")


def letter_of(opened: Opened) -> Letter:
    """What a mail says."""
    headers = opened.headers
    subject = headers.words("subject")
    page = _page_of(opened)
    plain = "\n".join(opened.plain)
    html_only = not plain.strip() and bool(page.lines)
    if len(plain) > LONGEST_TEXT:
        opened.note(CUT)
    lines = page.lines if html_only else tuple((line, False) for line in plain[:LONGEST_TEXT].splitlines())
    text, quoted = apart(lines)
    people = _people(opened)
    delivered = _delivered(opened)
    nature = nature_of(opened, subject)
    return Letter(
        message_id=next(iter(message_ids(headers.every("message-id"))), ""),
        in_reply_to=next(iter(message_ids(headers.every("in-reply-to"))), ""),
        references=message_ids(headers.every("references")),
        date=moment(headers.raw("date")),
        sender=_sender(opened),
        recipients=people,
        delivered_to=delivered,
        tags=_tags([*delivered, *(person.address for person in people)]),
        subject=subject,
        text=text,
        quoted=quoted,
        html_only=html_only,
        attachments=_attachments(opened, Budget()),
        links=find_links(text, [*opened.links, *page.links]),
        nature=nature,
        bounce=bounce_of(opened) if nature is Nature.BOUNCE else None,
        handling=HANDLING if any(_MARK.search(words) for words in (subject, text, quoted)) else "",
        encryption=opened.encryption,
        signed=opened.signed,
        reply_to=addresses(headers.every("reply-to")),
        notes=tuple(opened.notes),
    )


def _page_of(opened: Opened) -> Page:
    html = "<hr>".join(opened.html)
    if len(html) > 4 * LONGEST_TEXT:
        opened.note(CUT)
    return read_page(html[: 4 * LONGEST_TEXT]) if html.strip() else Page((), ())


def _sender(opened: Opened) -> Address:
    """Whom the mail names as its writer; a mail without From is its Sender's."""
    for name in ("from", "sender", "return-path"):
        found = addresses(opened.headers.every(name))
        if found:
            return found[0]
    return Address(clean(opened.headers.words("from")), "")


def _people(opened: Opened) -> tuple[Address, ...]:
    stated = addresses([*opened.headers.every("to"), *opened.headers.every("cc")])
    return tuple({person.address.lower(): person for person in stated}.values())


def _delivered(opened: Opened) -> tuple[str, ...]:
    """The mailboxes that servers on the way say they put the mail into."""
    fields = [value for name in _DELIVERED for value in opened.headers.every(name)]
    return tuple(dict.fromkeys(person.address for person in addresses(fields)))


def _tags(found: Iterable[str]) -> tuple[str, ...]:
    """What stands behind the plus sign (RFC 5233, section 4 calls it detail)."""
    tags = [match[1] for address in found if (match := _TAG.fullmatch(address))]
    return tuple(dict.fromkeys(tags))


def _attachments(opened: Opened, budget: Budget) -> tuple[Attachment, ...]:
    if len(opened.files) > MOST_FILES:
        opened.note(MORE_FILES)
    return tuple(attachment(file, budget) for file in opened.files[:MOST_FILES])
