"""What the radar raises."""


class RadarError(Exception):
    """Everything that this engine raises."""


class NotThisSource(RadarError):
    """A payload that is not of the source it was read as; the reason is one sentence: what it is and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
