"""The door of the engine."""

from ._letter import letter_of
from ._open import open_mail
from ._values import Letter


def read_mail(data: bytes) -> Letter:
    """One mail, by its bytes: a raw mail (.eml) or Outlook's .msg. Raises UnreadableFile and nothing else."""
    return letter_of(open_mail(data))
