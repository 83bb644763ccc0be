"""One fresh space of ids over everything in a file that has one: marks, bookmarks, permissions, comments."""

from collections.abc import Iterator, Sequence

from lxml import etree

from ._accept import CHANGES_OF_FORMAT
from ._names import w

_ID = w("id")
SINGLE = (
    *(w(name) for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")),
    *CHANGES_OF_FORMAT,
)
PAIRED = {
    w(f"{kind}{end}"): kind for kind in ("moveFromRange", "moveToRange", "bookmark", "perm") for end in ("Start", "End")
} | {
    w(f"{kind}Range{end}"): kind
    for kind in ("customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
}
COMMENTS = {w(name) for name in ("comment", "commentRangeStart", "commentRangeEnd", "commentReference")}


def number_afresh(roots: Sequence[etree._Element]) -> None:
    """Give every mark its own number, both halves of a pair the same, and comments theirs wherever they are named."""
    numbers = _counting()
    comments: dict[str, str] = {}
    for root in roots:
        pairs: dict[tuple[str, str], str] = {}
        for element in root.iter(*SINGLE, *PAIRED, *COMMENTS):
            old = element.get(_ID)
            if old is None and element.tag in PAIRED:
                continue
            if element.tag in COMMENTS:
                new = comments.get(old or "") or comments.setdefault(old or "", next(numbers))
            elif element.tag in PAIRED:
                key = (PAIRED[element.tag], old or "")
                new = pairs.get(key) or pairs.setdefault(key, next(numbers))
            else:
                new = next(numbers)
            element.set(_ID, new)


def _counting() -> Iterator[str]:
    number = 0
    while True:
        yield str(number)
        number += 1
