"""Word files from outside, read in a process with limits; what cannot be read becomes a sentence."""

from collections.abc import Sequence
from typing import Any

from folkmoot.apps.access.gate import Invalid
from folkmoot.apps.documents.reading import Unreadable, read
from folkmoot.engines import redline

# To whoever holds the file themselves.
SAVE_IT_AGAIN = "Open it in Word, save it without a password as a Word document (.docx), and add that."


def _read(function: str, *arguments: Any, **options: Any) -> object:
    answer = read(function, *arguments, **options)
    if isinstance(answer, Unreadable):
        raise Invalid(f"{answer.reason} {SAVE_IT_AGAIN}")
    return answer.value


def token_of(data: bytes) -> str:
    """The token in an office's copy; nothing where there is none or the file cannot be read."""
    answer = read("redline.token_of", data)
    return "" if isinstance(answer, Unreadable) else str(answer.value or "")


def flattened(data: bytes) -> bytes:
    """The package with its tracked changes accepted and its comments dropped."""
    value = _read("redline.flatten", data)
    assert isinstance(value, bytes)
    return value


def clauses(data: bytes) -> tuple[redline.Clause, ...]:
    """The top clauses of a draft from outside: those on which an office takes a stance."""
    value = _read("redline.clauses", data)
    assert isinstance(value, tuple)
    return redline.top_clauses(value)


def consolidated(base: bytes, returns: Sequence[redline.ReturnFile], earlier: Sequence[bytes]) -> redline.Consolidation:
    """Every amendment of these returns. An unreadable return is reported in the answer, not raised."""
    value = _read("redline.consolidate", base, tuple(returns), earlier=tuple(earlier))
    assert isinstance(value, redline.Consolidation)
    return value


def merged(
    base: bytes, returns: Sequence[redline.ReturnFile], earlier: Sequence[bytes]
) -> tuple[redline.Consolidation, redline.Merged]:
    """The same, and the base with the marks of all these returns, each under its office's name."""
    value = _read("redline.consolidate_and_merge", base, tuple(returns), earlier=tuple(earlier))
    assert isinstance(value, tuple)
    return value
