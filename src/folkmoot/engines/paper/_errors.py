"""What goes wrong with a file, in words for whoever holds it."""


class UnreadableFile(Exception):
    """The file cannot be read: why, and what to do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason} {advice}")
        self.reason = reason
        self.advice = advice
