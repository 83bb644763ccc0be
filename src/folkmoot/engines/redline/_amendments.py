"""Which amendments say the same and which stand against each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ._drafts import Draft

_WIDE_SPACE: Final = re.compile(r"\s{2,}")
_EDITS: Final = frozenset({"insert", "delete", "replace"})


@dataclass(slots=True, eq=False)
class Wish:
    """One draft of one return, and what comparing it with the others found."""

    draft: Draft
    source: int
    story: str
    span: tuple[int, int] = (0, 0)
    effect: object = None
    row: tuple[int, int] = (-1, -1)


def settle(wishes: Sequence[Wish], texts: Sequence[str]) -> tuple[list[int], list[set[int]]]:
    """The group of each wish, counted from 0 in order, and the places of the wishes that it conflicts with."""
    for wish in wishes:
        wish.effect, wish.span = _effect(wish, texts)
    numbers: dict[object, int] = {}
    groups = [numbers.setdefault(wish.effect, len(numbers)) for wish in wishes]
    conflicts: list[set[int]] = [set() for _ in wishes]
    wanted = {(wish.source, group) for wish, group in zip(wishes, groups, strict=True)}
    for at, other in _clashes(wishes):
        here, there = wishes[at].source, wishes[other].source
        # Who wants both wishes shows that they go together.
        if here != there and (here, groups[other]) not in wanted and (there, groups[at]) not in wanted:
            conflicts[at].add(other)
            conflicts[other].add(at)
    return groups, conflicts


def _effect(wish: Wish, texts: Sequence[str]) -> tuple[object, tuple[int, int]]:
    """A key that equal effects share however they were cut, and the span of the base that really changes."""
    draft = wish.draft
    text = texts[draft.paragraph] if wish.story == "body" and 0 <= draft.paragraph < len(texts) else ""
    place = (wish.story, draft.paragraph)
    if wish.story == "body" and draft.kind in _EDITS:
        start, end, new = _trimmed(text, draft.start, draft.end, draft.after)
        span = _whole_words(text, start, end)
        joins = draft.before.endswith("\n")
        if end - start == len(text) and not new and not joins:
            return (*place, "text", "gone"), span
        return (*place, "text", *_evened(text, *_pushed(text, start, end, new)), joins), span
    if draft.kind == "paragraph-delete" and draft.before != "\n":
        return (*place, "text", "gone"), (0, max(len(text), 1))
    said = (draft.start, draft.end, draft.before, " ".join(draft.after.split()), draft.target)
    return (*place, draft.kind, *said), (draft.start, draft.end)


def _trimmed(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """The part of the base that really differs, and what stands there instead."""
    old = text[start:end]
    most = min(len(old), len(new))
    head = tail = 0
    while head < most and old[head] == new[head]:
        head += 1
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start + head, end - tail, new[head : len(new) - tail]


def _pushed(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """One spelling for all cuts with the same result: pushed as far to the right as it goes."""
    if not new:
        while end < len(text) and text[start] == text[end]:
            start, end = start + 1, end + 1
    elif start == end:
        whole, shift = new + text[start:], 0
        while start + shift < len(text) and text[start + shift] == whole[shift]:
            shift += 1
        start, new = start + shift, whole[shift : shift + len(new)]
        end = start
    return start, end, new


def _evened(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """The same with runs of spaces evened out, unless spaces are all that it adds."""
    if not new.strip():
        return start, end, new
    even = _WIDE_SPACE.sub(" ", new)
    if even[-1] == " " and text[end : end + 1] == " ":
        even = even[:-1]
    if even[0] == " " and text[start - 1 : start] == " ":
        even = even[1:]
    return (start, end, new) if even == new else _trimmed(text, start, end, even)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    def inside(at: int) -> bool:
        return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

    cut_start, cut_end = inside(start), inside(end)
    if cut_start:
        while inside(start):
            start -= 1
    if cut_end:
        while inside(end):
            end += 1
    return start, end


def _clashes(wishes: Sequence[Wish]) -> Iterator[tuple[int, int]]:
    """Pairs that touch the same text of the body, found by one sweep over each paragraph."""
    by_paragraph: dict[tuple[str, int], list[int]] = {}
    for at, wish in enumerate(wishes):
        if wish.draft.kind in _EDITS or wish.draft.kind == "paragraph-delete":
            by_paragraph.setdefault((wish.story, wish.draft.paragraph), []).append(at)
    for (_, _), inside in by_paragraph.items():
        yield from _sweep(wishes, inside)
    for at, wish in enumerate(wishes):
        if wish.draft.kind == "row-delete" and wish.row[0] >= 0:
            for paragraph in range(wish.row[0], wish.row[1] + 1):
                yield from ((at, other) for other in by_paragraph.get((wish.story, paragraph), ()))


def _sweep(wishes: Sequence[Wish], inside: Sequence[int]) -> Iterator[tuple[int, int]]:
    removals = [at for at in inside if _removes(wishes[at])]
    edits = sorted((at for at in inside if not _removes(wishes[at])), key=lambda at: wishes[at].span)
    for removal in removals:
        yield from ((removal, edit) for edit in edits)
    running: list[int] = []
    for at in edits:
        start = wishes[at].span[0]
        running = [other for other in running if wishes[other].span[1] >= start]
        yield from ((other, at) for other in running if _overlap(wishes[other].span, wishes[at].span))
        running.append(at)


def _removes(wish: Wish) -> bool:
    return wish.draft.kind == "paragraph-delete" and wish.draft.before != "\n"


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two spans share text, or one place lies within the other, or both are the same place."""
    if a[0] == a[1] and b[0] == b[1]:
        return a == b
    if a[0] == a[1]:
        return b[0] < a[0] < b[1]
    if b[0] == b[1]:
        return a[0] < b[0] < a[1]
    return a[0] < b[1] and b[0] < a[1]
