"""Bills by their titles: those of the register, and any run of title words that ends in “Bill”."""

import re
from collections.abc import Iterator

from . import _capitals as capitals
from ._look import Look
from ._register import slug
from ._text import Text
from ._values import Link

# Not where more of a name follows ("Bill Smith", "Energy Bill Relief"), but before a verb of a heading.
_BILL = re.compile(r"(?<![\w-])Bill(?![\w-])(?! of Rights| [A-Z][a-z]+(?<!s)(?<!ed)\b)")
_LONGEST = 160
# A title is capital words joined by small ones; "of the" ends it, as in "the second reading of the Railways Bill".
_WORD = r"(?:[A-Z][\w'-]*|\([^()]{1,60}\))"
_TITLE = re.compile(rf"{_WORD}(?:,? (?:(?:and|of|for|in|to|on|with|from) )?{_WORD})* $")
_LEADING = re.compile(
    r"^(?:(?:The|This|That|A|An|Our|In|On|Under|And|But|When|If|As|For|Government's|Commons|Lords|Ministers?'s?|Chancellor's|"
    r"Department's|Secretary's) )+"
)
_ANOTHER = re.compile(r"\bThe |\bBill(?:,? and|,)? ")
_PEOPLE = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Sir|Lord|Uncle) ")


def unregistered(text: Text, look: Look) -> Iterator[Link]:
    """Bills that the register does not know, by how a title is written."""
    for match in _BILL.finditer(text.plain):
        sentence = text.sentence_at(match.start())
        before = text.plain[max(sentence.start, match.start() - _LONGEST) : match.start()]
        title = _TITLE.search(before)
        if not title:
            continue
        # What stands before an article or another bill is not of this title.
        words = _LEADING.sub("", _ANOTHER.split(title.group())[-1])
        if not words.strip() or _PEOPLE.match(words) or set(words.split()) <= capitals.NO_TITLES:
            continue
        start = match.start() - len(words)
        name = text.plain[start : match.end()]
        key = f"bill-{slug(words)}"
        yield Link(key, "bill", name, start, match.end(), "title in capitals that ends in Bill", "Bill", "likely")
