"""What people type into a search box, read so that no sign of it can ever be taken for a command."""

import re
import unicodedata
from dataclasses import dataclass

# A phrase in quotes, or a run without spaces; a minus before either leaves it out.
_PART = re.compile(r'(-?)(?:["“”]([^"“”]*)["“”]?|(\S+))')
_TOKEN = re.compile(r"\w+", re.UNICODE)
MOST_TERMS = 12
# Shorter ones are stemmed to next to nothing: "bus" would find everything that begins with "bu".
LEAST_FOR_PREFIX = 4


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand beside each other, one or more; `open_ended` where the last is only begun."""

    tokens: tuple[str, ...]
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, and what must not be there."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)


def folded(text: str) -> str:
    """Text without accents and case, as both databases compare it."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def read_words(text: str) -> Wanted:
    """The terms in what somebody typed. The last word, unless it stands in quotes, may be only begun."""
    terms: list[Term] = []
    without: list[Term] = []
    for minus, phrase, run in _PART.findall(text)[: 2 * MOST_TERMS]:
        tokens = tuple(_TOKEN.findall(folded(phrase or run).replace("_", " ")))
        if tokens:
            (without if minus else terms).append(Term(tokens, open_ended=bool(run) and not minus))
    return Wanted(_with_open_end(terms[:MOST_TERMS]), tuple(Term(term.tokens) for term in without[:MOST_TERMS]))


def _with_open_end(terms: list[Term]) -> tuple[Term, ...]:
    """Only the last term may be only begun, and only where it is long enough to say something."""
    closed = [Term(term.tokens) for term in terms[:-1]]
    last = [Term(t.tokens, t.open_ended and len(t.tokens[-1]) >= LEAST_FOR_PREFIX) for t in terms[-1:]]
    return (*closed, *last)
