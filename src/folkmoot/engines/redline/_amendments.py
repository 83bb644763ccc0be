"""Which amendments say the same and which stand against each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ._drafts import Draft

# These stand beside any other wish.
_PEACEFUL: Final = frozenset({"format", "move", "row-insert"})
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
        result = text[: draft.start] + draft.after + text[draft.end :]
        if draft.before.endswith("\n"):
            result += "\n"
        key = ("gone",) if not result else (_spaced(result, text),)
        return (*place, "text", *key), _changed_span(text, draft)
    if draft.kind == "paragraph-delete" and draft.before != "\n":
        return (*place, "text", "gone"), (0, max(len(text), 1))
    said = (draft.start, draft.end, draft.before, " ".join(draft.after.split()), draft.target)
    return (*place, draft.kind, *said), (draft.start, draft.end)


def _spaced(result: str, text: str) -> str:
    """The result with runs of spaces evened out, unless the spaces are the amendment."""
    even = " ".join(result.split())
    return result if even == " ".join(text.split()) else even


def _changed_span(text: str, draft: Draft) -> tuple[int, int]:
    """The part of the base that differs once both cuts are trimmed to it; a word cut within counts whole."""
    start, end = draft.start, draft.end
    after = draft.after
    old = text[start:end]
    head = 0
    while head < min(len(old), len(after)) and old[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(after)) - head and old[-1 - tail] == after[-1 - tail]:
        tail += 1
    start, end = start + head, end - tail
    return _whole_words(text, start, end)


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
