"""Words into terms: lower case, without what every text holds, and without most endings."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9]+")
_EVERYWHERE = """
a about above after again against all also am an and any are as at be because been before being below between
both but by can could did do does doing down during each few for from further had has have having he her here
hers him his how i if in into is it its itself just may me might more most must my no nor not now of off on once
only or other our ours out over own same shall she should so some such than that the their theirs them then
there these they this those through to too under until up upon us very was we were what when where which while
who whom whose why will with would you your yours
"""
# What a question says about asking, not about the matter.
_IN_QUESTIONS = """
ask asked asking say said saying tell told think thought anything ever answer network long many much soon take
"""
_STOP = frozenset(_EVERYWHERE.split())
_ASKING = frozenset(_IN_QUESTIONS.split())
_DOUBLED = re.compile(r"([bdfglmnprt])\1$")
_SHORTEST = 3
# Longest first; each with what stands in its place.
_ENDINGS = (
    *(("ational", "ate"), ("isation", "ise"), ("ization", "ise"), ("fulness", "ful")),
    *(("ments", ""), ("ment", ""), ("ations", "ate"), ("ation", "ate"), ("ising", "ise"), ("izing", "ise")),
    *(("ingly", ""), ("edly", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("sses", "ss")),
    *(("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ize", "ise"), ("ers", ""), ("ed", ""), ("er", ""), ("ly", "")),
    *(("s", ""),),
)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return _WORD.findall(re.sub(r"'s?\b", " ", plain))


def stem(word: str) -> str:
    """The word without its ending, so that fares meets fare and franchising meets franchise."""
    if word.isdigit():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                continue
            word = word.removesuffix(ending) + instead
            break
    return _DOUBLED.sub(r"\1", word).removesuffix("e")


def _terms(text: str, leave_out: frozenset[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in _words(text) if word not in leave_out)


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a question: as a term, and as the asker wrote it."""

    term: str
    word: str


def ask(question: str) -> tuple[Sought, ...]:
    """What a question looks for, each term once, in its order."""
    found: dict[str, Sought] = {}
    for word in _words(question):
        if word not in _STOP and word not in _ASKING:
            found.setdefault(stem(word), Sought(stem(word), word))
    return tuple(found.values())


def index(title: str, heading: str, text: str) -> tuple[str, ...]:
    """The terms of a passage; what its title and heading say counts twice."""
    above = _terms(f"{title} {heading}", _STOP)
    return (*above, *above, *_terms(text, _STOP))
