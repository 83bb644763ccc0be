"""Mails as others write them, for tests of the mail that comes in."""

from collections.abc import Sequence
from email.message import EmailMessage

WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
Files = Sequence[tuple[str, bytes]]


def mail(
    subject: str = "Our answer",
    text: str = "Please find our answer attached.",
    *,
    sender: str = "Maya Osei <maya.osei@folkmoot.invalid>",
    to: str = "network@example.org",
    identity: str = "",
    files: Files = (),
    **headers: str,
) -> bytes:
    """One mail as bytes; headers by their names with underscores."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Date"] = "Wed, 25 Nov 2026 09:30:00 +0000"
    letter["Message-ID"] = identity or f"<{abs(hash((subject, text, sender)))}@elsewhere.example>"
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    for name, data in files:
        main, sub = WORD if name.endswith(".docx") else ("application", "octet-stream")
        letter.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return letter.as_bytes()


def bounce(original: str, recipient: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """What a mail server says about a mail that it could not deliver (RFC 3464)."""
    return (
        "From: Mail Delivery System <MAILER-DAEMON@elsewhere.example>\r\n"
        "To: network@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "Date: Wed, 25 Nov 2026 09:35:00 +0000\r\nMessage-ID: <dsn1@elsewhere.example>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver your message.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; elsewhere.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {original}\r\nSubject: A draft\r\n\r\n--b--\r\n"
    ).encode()
