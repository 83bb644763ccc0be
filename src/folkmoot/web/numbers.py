"""Numbers as addresses and forms hold them: text from outside, which may be no number or one of a thousand digits."""

LONGEST = 18  # as many digits as both databases take


def number_in(text: str) -> int | None:
    """The whole number that a text holds; None for any other text."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
