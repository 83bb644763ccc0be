"""Words of a text with their spans, reduced to stems."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W\d_]{2,})?")
_SHORTEST = 3
# Longest first; each with what stands in its place.
_ENDINGS = (
    *(("isations", "is"), ("izations", "is"), ("isation", "is"), ("ization", "is"), ("nesses", ""), ("ness", "")),
    *(("ments", ""), ("ment", ""), ("ations", "at"), ("ation", "at"), ("ising", "is"), ("izing", "is")),
    *(("ised", "is"), ("ized", "is"), ("ises", "is"), ("izes", "is"), ("ingly", ""), ("edly", ""), ("ings", "")),
    *(("ing", ""), ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")),
    *(("ers", ""), ("ors", "or"), ("ed", ""), ("er", ""), ("ly", ""), ("ise", "is"), ("ize", "is"), ("s", "")),
)
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
STOP = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "against",
        "all",
        "also",
        "am",
        "among",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "down",
        "during",
        "each",
        "few",
        "for",
        "from",
        "further",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "made",
        "make",
        "may",
        "me",
        "might",
        "more",
        "most",
        "must",
        "my",
        "no",
        "nor",
        "not",
        "now",
        "of",
        "off",
        "on",
        "once",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "same",
        "shall",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "upon",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "ask",
        "department",
        "departments",
        "secretary",
        "state",
        "minister",
        "ministers",
        "assessment",
        "assess",
        "plans",
        "plan",
        "steps",
        "step",
        "taking",
        "take",
        "taken",
        "many",
        "number",
        "provide",
        "discussions",
        "potential",
        "merits",
        "estimate",
        "people",
        "year",
        "years",
        "government",
        "hon",
        "friend",
        "right",
    ]
)


class Word(NamedTuple):
    """A word's stem and where in the text it stands."""

    stem: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in their order."""
    for match in _WORD.finditer(text):
        yield Word(stem(match.group()), match.start(), match.end())


def stems(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words(text))


@lru_cache(maxsize=30_000)
def stem(word: str) -> str:
    """The word in lower case without its ending, so that fares meets fare and franchising meets franchise."""
    word = re.split("[’']", word.lower(), maxsplit=1)[0]
    if not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                continue
            word = word.removesuffix(ending) + instead
            break
    return _DOUBLED.sub(r"\1", word).removesuffix("e")
