"""What goes wrong with a file, in words for whoever holds it."""

import zipfile
import zlib
from typing import Final

# What zipfile raises for a damaged, locked or strangely packed zip: NotImplementedError is its word for a method of
# packing that it does not know, RuntimeError for one that is locked.
ZIP_ERRORS: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError
)  # fmt: skip


class UnreadableFile(Exception):
    """The file cannot be read: why, and what to do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason} {advice}")
        self.reason = reason
        self.advice = advice
