"""Checks of what people type, in sentences they can act on."""

from folkmoot.apps.access.audience import WIDTH
from folkmoot.apps.access.gate import Invalid


def needed(text: str, sentence: str, longest: int) -> str:
    """The text in one line, or Invalid with the sentence where there is none or too much of it."""
    text = " ".join(text.split())
    if not text:
        raise Invalid(sentence)
    if len(text) > longest:
        raise Invalid(f"“{text[:40]}…” has {len(text)} characters, and {longest} fit. Shorten it.")
    return text


def within(number: int, least: int, most: int, sentence: str) -> None:
    """Invalid with the sentence where a number is out of its bounds."""
    if not least <= number <= most:
        raise Invalid(sentence)


def not_wider(audience: str, holder: str, sentence: str) -> None:
    """Invalid with the sentence where a record would be seen by more people than what holds it."""
    if WIDTH[audience] < WIDTH[holder]:
        raise Invalid(sentence)
