"""What a failure to send means, in words for a person who has never seen a mail server."""

import smtplib
import socket
import ssl

from folkmoot.apps.documents import vault


def _answer(error: smtplib.SMTPException) -> tuple[int, str]:
    """The server's number and words; nothing where the failure has none."""
    code: int = 0
    words: bytes | str = ""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return code, " ".join(text.split())


def is_final(error: Exception) -> bool:
    """True when trying again would end the same: the server said a lasting no to this mail, or a file is gone.

    A refused password is no lasting no: it is mended in the settings, and then the mail goes.
    """
    if isinstance(error, vault.Damaged):
        return True
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    return isinstance(error, smtplib.SMTPException) and _answer(error)[0] >= 500


def in_plain_words(error: Exception) -> str:
    """One or two sentences: what happened and what to do."""
    if isinstance(error, vault.Damaged):
        return str(error)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "The mail server refused our user name or password. Correct the mail settings."
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"The mail server does not take mail for this address: “{_quote(error)}” Check the address."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"The mail server does not offer what we ask for: {error} Correct the mail settings."
    if isinstance(error, smtplib.SMTPException):
        words = _quote(error)
        return f"The mail server did not take it: “{words}”" if words else "The mail server broke off."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The mail server’s certificate cannot be trusted: {error.verify_message}. Correct the mail settings."
    if isinstance(error, ssl.SSLError):
        return "The mail server does not speak TLS from the first word. Choose STARTTLS, or another port."
    if isinstance(error, TimeoutError):
        return "The mail server did not answer in time."
    if isinstance(error, socket.gaierror):
        return "The mail server’s name is not known. Correct the mail settings."
    if isinstance(error, ConnectionRefusedError):
        return "The mail server is not running or cannot be reached."
    return f"The mail server cannot be reached: {error}."


def _quote(error: smtplib.SMTPException) -> str:
    code, words = _answer(error)
    return f"{code} {words}".strip() if code else ""
