"""What can be wrong with a mail, said so that somebody can act on it.

PostError
└── UnreadableFile      the bytes are not a mail that we can read
"""


class PostError(Exception):
    """The root of everything that this engine raises on purpose."""


class UnreadableFile(PostError):
    """A file that cannot be read: `reason` says what is wrong, `advice` what to ask its sender for."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason, advice)
        self.reason = reason
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.reason} {self.advice}"
