"""What can be wrong with a Word file, said so that somebody can act on it.

RedlineError
└── UnreadableFile      the bytes are not a Word file that we may or can read
    └── DamagedPart     one part of the file is broken; the others may be sound
"""


class RedlineError(Exception):
    """The root of everything that this engine raises on purpose."""


class UnreadableFile(RedlineError):
    """A file that cannot be read: `reason` says what is wrong, `advice` what to ask its sender for."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason, advice)
        self.reason = reason
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.reason} {self.advice}"


class DamagedPart(UnreadableFile):
    """One part that cannot be unpacked or parsed."""
