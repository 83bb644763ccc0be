"""The made-up papers of the tests, as files."""

from functools import cache
from pathlib import Path


@cache
def made_up_papers() -> tuple[tuple[str, bytes], ...]:
    """Each paper's file name and its bytes."""
    text = Path(__file__).with_name("papers.txt").read_text(encoding="utf-8")
    found = (part.partition("\n") for part in text.split("=== ") if part.strip())
    return tuple((name.strip(), body.encode()) for name, _, body in found)
