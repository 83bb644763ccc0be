"""What a mail server says about a mail that it could not deliver (RFC 3464, RFC 3463), with a report or without one."""

import re
from typing import Final

from ._headers import Headers, addresses, message_ids
from ._opened import Opened
from ._values import Bounce

LONGEST_WORDS: Final = 500

_STATUS: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY_CODE: Final = re.compile(r"(?:^|[\s:>(#])([45])\d\d[ -]", re.MULTILINE)
_ADDRESS: Final = re.compile(r"[\w.+'/=-]{1,64}@[A-Za-z0-9.-]{1,250}\.[A-Za-z]{2,20}")
_MESSAGE_ID: Final = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]{1,998}>)", re.IGNORECASE | re.MULTILINE)
_SENDERS: Final = re.compile(
    r"(?:mailer-daemon|postmaster|mail-daemon|mdaemon|microsoftexchange[0-9a-f]{8,})(?:@|$)", re.IGNORECASE
)
_SUBJECTS: Final = re.compile(
    r"(?:Undeliverable|Undelivered Mail|Undeliverable mail|Mail delivery fail|Mail Delivery System"
    r"|Delivery Status Notification"
    r"|Delivery (?:has )?fail|Failure notice|Returned mail|Delivery Notification|Message delivery"
    r"|Warning: message .* delayed"
    r"|Message status - undeliverable|Mail could not be delivered|Unzustellbar|Non remis|Non recapitabile"
    r"|No se puede entregar"
    r"|Onbestelbaar|Olevererbart|Não entregue|Nie można dostarczyć|Methwyd anfon)",
    re.IGNORECASE,
)
_BODIES: Final = re.compile(
    r"(?:This is the mail system at host|This message was created automatically by mail delivery software"
    r"|Hi\. This is the qmail-send program|Your message (?:to \S+ )?(?:couldn't|could not|wasn't"
    r"|was not) (?:be )?delivered"
    r"|Delivery has failed to these recipients|The following address(?:es)? (?:failed|had permanent fatal errors)"
    r"|A message that you sent could not be delivered|The following message to <|Message not delivered"
    r"|Address not found)",
    re.IGNORECASE,
)
_TEMPORARY: Final = re.compile(
    r"\b(?:will (?:keep|continue) (?:on )?trying|will be retried|temporar(?:y|ily)|has been delayed|is delayed"
    r"|still being retried)\b",
    re.IGNORECASE,
)
_UNKNOWN_STATUS: Final = {"failed": "5.0.0", "delayed": "4.0.0"}


def looks_bounced(opened: Opened, subject: str) -> bool:
    """True for a report of a failure or delay, and for mail of a mail server that says so in its words."""
    if any(_action(group) in _UNKNOWN_STATUS for group in opened.report):
        return True
    if opened.message_class.startswith("report.") and opened.message_class.endswith(".ndr"):
        return True
    if opened.report or opened.report_type == "disposition-notification":
        return False
    if "x-failed-recipients" in opened.headers:
        return True
    sender = addresses(opened.headers.every("from"))
    from_server = any(_SENDERS.match(person.address) for person in sender)
    empty_path = opened.headers.raw("return-path").strip() == "<>"
    says_so = bool(_SUBJECTS.match(subject) or _BODIES.search(_words(opened)[:4000]))
    return says_so and (from_server or empty_path or opened.report_type == "delivery-status")


def _action(group: Headers) -> str:
    return group.raw("action").strip().lower()


def _words(opened: Opened) -> str:
    return "\n".join(opened.plain or opened.html)[:20000]


def bounce_of(opened: Opened) -> Bounce:
    """What the bounce says: of its report where it has one, else of its words."""
    original = message_ids(opened.original.every("message-id"))
    groups = [group for group in opened.report if _action(group) in _UNKNOWN_STATUS]
    # One mail to several people: what is lost for good matters more than what is late.
    groups.sort(key=lambda group: _action(group) != "failed")
    if groups:
        return _reported(groups[0], opened, original)
    return _told(opened, original)


def _reported(group: Headers, opened: Opened, original: tuple[str, ...]) -> Bounce:
    recipient = _typed(group, "original-recipient") or _typed(group, "final-recipient")
    found = _STATUS.search(group.raw("status"))
    status = found[0] if found else _UNKNOWN_STATUS[_action(group)]
    permanent = _action(group) == "failed" and not status.startswith("4")
    words = _typed(group, "diagnostic-code")
    return Bounce(recipient, status, permanent, _original_id(opened, original), words[:LONGEST_WORDS])


def _typed(group: Headers, name: str) -> str:
    """A value behind its type, as in `rfc822; ada@example.org` (RFC 3464, section 2.1.2)."""
    value = group.words(name)
    return value.partition(";")[2].strip().strip("<>") if ";" in value else value.strip("<>")


def _told(opened: Opened, original: tuple[str, ...]) -> Bounce:
    """A bounce in words only: Exim's header names the recipient, others name it in the text."""
    words = _words(opened)
    failed = addresses(opened.headers.every("x-failed-recipients"))
    senders = {person.address.lower() for person in addresses(opened.headers.every("from"))}
    ours = {person.address.lower() for person in addresses(opened.headers.every("to"))}
    named = [found for found in _ADDRESS.findall(words) if found.lower() not in senders | ours]
    recipient = failed[0].address if failed else (named[0] if named else "")
    found = _STATUS.search(words)
    code = _REPLY_CODE.search(words)
    status = found[0] if found else f"{code[1]}.0.0" if code else "4.0.0" if _TEMPORARY.search(words) else "5.0.0"
    line = next((line.strip() for line in words.splitlines() if recipient and recipient in line), "")
    return Bounce(recipient, status, not status.startswith("4"), _original_id(opened, original), line[:LONGEST_WORDS])


def _original_id(opened: Opened, original: tuple[str, ...]) -> str:
    """Our mail: the returned header names it, else the words, else what the bounce answers."""
    if original:
        return original[0]
    quoted = _MESSAGE_ID.search("\n".join(opened.plain))
    if quoted:
        return quoted[1]
    answered = message_ids([*opened.headers.every("in-reply-to"), *reversed(opened.headers.every("references"))])
    return answered[0] if answered else ""
