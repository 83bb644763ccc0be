"""Two texts laid beside each other: paragraph to paragraph, then word to word, in near-linear time."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import Final

# "3.5", "£1,000", "don't" and "cross-border" are words.
_TOKEN: Final = re.compile(r"\w+(?:[.,'\u2019\u2011-]\w+)*|\s+|[^\w\s]")
_WORD: Final = re.compile(r"\w+")
# A gap of paragraphs is compared pair by pair only where that is cheap.
_MAX_PAIRS: Final = 4_000
_MAX_TOKEN_PAIRS: Final = 250_000
_ALIKE: Final = 0.4
_WINDOW: Final = 8


@dataclass(frozen=True, slots=True)
class Span:
    """`old[a1:a2]` became `new[b1:b2]`; `same` where nothing changed."""

    same: bool
    a1: int
    a2: int
    b1: int
    b2: int


def words(text: str) -> list[str]:
    """The words of a text, lower case."""
    return _WORD.findall(text.lower())


def align_paragraphs(
    old: Sequence[str], new: Sequence[str], fixed: tuple[Container[int], Container[int]] = ((), ())
) -> list[tuple[int | None, int | None]]:
    """Pairs of places (old, new) in order; None where a paragraph has no counterpart.

    Equal paragraphs are matched first; between them, those that share words, in order. `fixed` are the places on both
    sides that do not move, the cells of tables: where as many are left over on both sides, they pair in order.
    """
    pairs: list[tuple[int | None, int | None]] = []
    for span in _spans(old, new):
        if span.same:
            pairs += zip(range(span.a1, span.a2), range(span.b1, span.b2), strict=True)
        else:
            pairs += _align_gap(old, new, span, fixed)
    return pairs


def align_stories(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Pairs of places of notes or headers; between those that say the same, what is left over pairs in order."""
    pairs: list[tuple[int | None, int | None]] = []
    loose: tuple[list[int], list[int]] = ([], [])

    def settle() -> None:
        pairs.extend(zip_longest(*loose))
        loose[0].clear()
        loose[1].clear()

    for a, b in align_paragraphs(old, new):
        if a is not None and b is not None:
            settle()
            pairs.append((a, b))
        elif a is not None:
            loose[0].append(a)
        elif b is not None:
            loose[1].append(b)
    settle()
    return pairs


def diff_words(old: str, new: str) -> list[Span]:
    """Which characters stayed and which changed, cut at the edges of whole words."""
    if old == new:
        return [Span(True, 0, len(old), 0, len(new))] if old else []
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    a_at, b_at = _starts(a), _starts(b)
    tokens = _absorb_spaces(_spans(a, b), a)
    return [Span(s.same, a_at[s.a1], a_at[s.a2], b_at[s.b1], b_at[s.b2]) for s in tokens]


def shingles(texts: Sequence[str]) -> Counter[Hashable]:
    """The runs of three words of a text, counted; of a very short text its words."""
    flat = [word for text in texts for word in words(text)]
    if len(flat) < 9:
        return Counter(flat)
    return Counter(zip(flat, flat[1:], flat[2:], strict=False))


def _starts(tokens: Sequence[str]) -> list[int]:
    at, starts = 0, []
    for token in tokens:
        starts.append(at)
        at += len(token)
    return [*starts, at]


def _spans(old: Sequence[str], new: Sequence[str]) -> list[Span]:
    """Equal and unequal stretches in order: common ends first, then unique anchors, then a small exact search."""
    found: list[Span] = []
    stack = [(0, len(old), 0, len(new))]
    while stack:
        a1, a2, b1, b2 = stack.pop()
        head = _common(old, new, a1, a2, b1, b2)
        if head:
            found.append(Span(True, a1, a1 + head, b1, b1 + head))
            a1, b1 = a1 + head, b1 + head
        tail = _common_tail(old, new, a1, a2, b1, b2)
        if tail:
            found.append(Span(True, a2 - tail, a2, b2 - tail, b2))
            a2, b2 = a2 - tail, b2 - tail
        if a1 == a2 and b1 == b2:
            continue
        inner = [] if a1 == a2 or b1 == b2 else _anchors(old, new, a1, a2, b1, b2)
        if not inner and (a2 - a1) * (b2 - b1) > _MAX_TOKEN_PAIRS:
            inner = _window_anchors(old, new, a1, a2, b1, b2)
        if not inner:
            found += _search(old, new, a1, a2, b1, b2)
            continue
        for x, y in inner:
            found.append(Span(True, x, x + 1, y, y + 1))
        edges = [(a1 - 1, b1 - 1), *inner, (a2, b2)]
        for (x1, y1), (x2, y2) in pairwise(edges):
            if x1 + 1 < x2 or y1 + 1 < y2:
                stack.append((x1 + 1, x2, y1 + 1, y2))
    return _joined(sorted(found, key=lambda span: (span.a1, span.b1, span.a2, span.b2)))


def _common(old: Sequence[str], new: Sequence[str], a1: int, a2: int, b1: int, b2: int) -> int:
    count, most = 0, min(a2 - a1, b2 - b1)
    while count < most and old[a1 + count] == new[b1 + count]:
        count += 1
    return count


def _common_tail(old: Sequence[str], new: Sequence[str], a1: int, a2: int, b1: int, b2: int) -> int:
    count, most = 0, min(a2 - a1, b2 - b1)
    while count < most and old[a2 - 1 - count] == new[b2 - 1 - count]:
        count += 1
    return count


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], a1: int, a2: int, b1: int, b2: int
) -> list[tuple[int, int]]:
    """Items that occur once on each side, the longest rising run of them."""
    in_old, in_new = Counter(old[a1:a2]), Counter(new[b1:b2])
    where = {item: at for at, item in enumerate(new[b1:b2], start=b1) if in_new[item] == 1}
    pairs = [(at, where[item]) for at, item in enumerate(old[a1:a2], start=a1) if in_old[item] == 1 and item in where]
    return _rising(pairs)


def _window_anchors(
    old: Sequence[str], new: Sequence[str], a1: int, a2: int, b1: int, b2: int
) -> list[tuple[int, int]]:
    """Where no item is unique, runs of some items may be."""
    a = list(zip(*(old[a1 + shift : a2] for shift in range(_WINDOW)), strict=False))
    b = list(zip(*(new[b1 + shift : b2] for shift in range(_WINDOW)), strict=False))
    return [(a1 + x, b1 + y) for x, y in _anchors(a, b, 0, len(a), 0, len(b))]


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    tails: list[int] = []
    tops: list[int] = []
    previous: list[int] = []
    for at, (_, y) in enumerate(pairs):
        place = bisect_left(tails, y)
        previous.append(tops[place - 1] if place else -1)
        if place == len(tails):
            tails.append(y)
            tops.append(at)
        else:
            tails[place], tops[place] = y, at
    chain: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chain.append(pairs[at])
        at = previous[at]
    return chain[::-1]


def _search(old: Sequence[str], new: Sequence[str], a1: int, a2: int, b1: int, b2: int) -> list[Span]:
    if a1 == a2 or b1 == b2 or (a2 - a1) * (b2 - b1) > _MAX_TOKEN_PAIRS:
        return [Span(False, a1, a2, b1, b2)]
    matcher = SequenceMatcher(None, old[a1:a2], new[b1:b2], autojunk=False)
    return [Span(tag == "equal", a1 + i1, a1 + i2, b1 + j1, b1 + j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last is not None and last.same == span.same and (last.a2, last.b2) == (span.a1, span.b1):
            joined[-1] = Span(last.same, last.a1, span.a2, last.b1, span.b2)
        else:
            joined.append(span)
    return joined


def _absorb_spaces(spans: Sequence[Span], tokens: Sequence[str]) -> list[Span]:
    """A lone space between two changes belongs to them: two words replaced are one edit."""
    merged: list[Span] = []
    for at, span in enumerate(spans):
        inner = 0 < at < len(spans) - 1 and span.same
        if inner and not "".join(tokens[span.a1 : span.a2]).strip() and merged and not merged[-1].same:
            around = (spans[at - 1], spans[at + 1])
            if all(s.a1 < s.a2 and s.b1 < s.b2 for s in around):
                span = Span(False, span.a1, span.a2, span.b1, span.b2)
        merged.append(span)
    return _joined(merged)


def _align_gap(
    old: Sequence[str], new: Sequence[str], gap: Span, fixed: tuple[Container[int], Container[int]]
) -> list[tuple[int | None, int | None]]:
    a, b = range(gap.a1, gap.a2), range(gap.b1, gap.b2)
    matched = _likely_pairs(old, new, gap) if len(a) * len(b) <= _MAX_PAIRS else list(zip(a, b, strict=False))
    pairs: list[tuple[int | None, int | None]] = []
    x, y = gap.a1, gap.b1
    for to_x, to_y in [*matched, (gap.a2, gap.b2)]:
        pairs += _leftovers(range(x, to_x), range(y, to_y), fixed)
        if to_x < gap.a2 and to_y < gap.b2:
            pairs.append((to_x, to_y))
        x, y = to_x + 1, to_y + 1
    return pairs


def _leftovers(a: range, b: range, fixed: tuple[Container[int], Container[int]]) -> list[tuple[int | None, int | None]]:
    if len(a) == len(b) and all(at in fixed[0] for at in a) and all(at in fixed[1] for at in b):
        return list(zip(a, b, strict=True))
    return [*((at, None) for at in a), *((None, at) for at in b)]


def _likely_pairs(old: Sequence[str], new: Sequence[str], gap: Span) -> list[tuple[int, int]]:
    """The pairs of a gap that share most words, in order; a small exact search."""
    a = [Counter(words(text)) for text in old[gap.a1 : gap.a2]]
    b = [Counter(words(text)) for text in new[gap.b1 : gap.b2]]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    score = [[_alike(x, y) for y in b] for x in a]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            take = score[i][j] + best[i + 1][j + 1] if score[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], take)
    pairs, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if score[i][j] and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            pairs.append((gap.a1 + i, gap.b1 + j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    if not total:
        return 1.0
    share = 2 * (a & b).total() / total
    return share if share >= _ALIKE else 0.0
