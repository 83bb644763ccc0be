"""Reads one mail as it came: who wrote, in what words, with which files, and what kind of mail it is.

Bytes in, a `Letter` out: a raw mail (RFC 5322, as IMAP hands it over and as .eml files hold it) or Outlook's own .msg
file (MS-OXMSG). Nothing is fetched and nothing is believed: a sender is what the mail states. What cannot be read
raises `UnreadableFile`, which says what to ask the sender for.

    from folkmoot.engines import post

    letter = post.read_mail(data)
    if letter.nature is post.Nature.PERSON:
        files = [file for file in letter.attachments if file.kind is post.FileKind.WORD]
"""

from ._errors import PostError, UnreadableFile
from ._read import read_mail
from ._values import Address, Attachment, Bounce, CloudLink, Encryption, FileKind, Letter, Nature

__all__ = [
    "Address",
    "Attachment",
    "Bounce",
    "CloudLink",
    "Encryption",
    "FileKind",
    "Letter",
    "Nature",
    "PostError",
    "UnreadableFile",
    "read_mail",
]
