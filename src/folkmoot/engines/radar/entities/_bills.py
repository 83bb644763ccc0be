"""Bills by their titles: those of the register, and any run of title words that ends in “Bill”."""

import re
from collections.abc import Iterator

from ._look import Look
from ._register import slug
from ._text import Text
from ._values import Link

_BILL = re.compile(r"(?<![\w-])Bill(?![\w-])(?! (?:of Rights|Committee|[A-Z][a-z]+ (?!is|was|will)[a-z]))")
_LONGEST = 160
# A title is capital words joined by small ones; "of the" ends it, as in "the second reading of the Railways Bill".
_WORD = r"(?:[A-Z][\w'-]*|\([^()]{1,60}\))"
_TITLE = re.compile(rf"{_WORD}(?:,? (?:(?:and|of|for|in|to|on|with|from) )?{_WORD})* $")
_NO_TITLE = frozenset(
    [
        "Public",
        "Private",
        "Hybrid",
        "Money",
        "Government",
        "Member",
        "Members'",
        "Member's",
        "Draft",
        "Presentation",
        "Ballot",
        "Uncle",
        "Buffalo",
        "Mr",
        "The",
        "This",
        "That",
        "A",
        "An",
        "Any",
        "Each",
        "Every",
        "Second",
        "Third",
        "First",
        "Reading",
        "New",
        "Current",
        "Same",
        "Another",
        "Wild",
        "Old",
        "Our",
        "Their",
        "Your",
        "Energy",
        "Bank",
        "Phone",
        "Gas",
        "Water",
        "Heating",
        "Tax",
        "Total",
        "Cost",
        "Housing-Benefit",
        "No",
    ]
)
_LEADING = re.compile(
    r"^(?:(?:The|This|That|A|An|Our|In|On|Under|And|But|When|If|As|For|Government's|Commons|Lords|Ministers?'s?|Chancellor's|"
    r"Department's|Secretary's) )+"
)
_PEOPLE = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Uncle) ")


def unregistered(text: Text, look: Look) -> Iterator[Link]:
    """Bills that the register does not know, by how a title is written."""
    for match in _BILL.finditer(text.plain):
        sentence = text.sentence_at(match.start())
        before = text.plain[max(sentence.start, match.start() - _LONGEST) : match.start()]
        title = _TITLE.search(before)
        if not title:
            continue
        words = title.group()
        words = (
            words[len(words) - len(_LEADING.sub("", words)) :] if before.rstrip() != words.rstrip() or True else words
        )
        if not words.strip() or _PEOPLE.match(words) or set(words.split()) <= _NO_TITLE:
            continue
        start = match.start() - len(words)
        name = text.plain[start : match.end()]
        key = f"bill-{slug(words)}"
        yield Link(key, "bill", name, start, match.end(), "title in capitals that ends in Bill", "Bill", "likely")
