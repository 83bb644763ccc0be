"""Steps gathered into what a person would call one change: a word replaced, a paragraph added, a clause moved."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final

from lxml import etree

from ._body import Paragraph
from ._marks import PARAGRAPH_END, Step
from ._values import Kind

_TEXT_STEPS: Final = frozenset({"take", "add", "take-end", "add-end"})


@dataclass(slots=True, eq=False)
class Draft:
    """One change before it has a clause and an id; a move also says where to (`target`); `marks` are what it is of."""

    kind: Kind
    paragraph: int
    start: int
    end: int
    before: str
    after: str
    author: str
    date: str | None
    tracked: bool
    order: int
    target: tuple[int, int] | None = None
    marks: list[etree._Element] = field(default_factory=list)

    @property
    def key(self) -> Hashable:
        """What makes it the same change in another copy of the file."""
        place = (self.paragraph, self.start, self.end)
        return self.kind, place, self.before, self.after, self.author, self.date, self.tracked


@dataclass(slots=True, eq=False)
class _Cluster:
    """Touching steps of one author."""

    steps: list[Step]
    order: int
    paragraph: int
    offset: int

    def touches(self, step: Step) -> bool:
        first = self.steps[0]
        return (
            (step.author, step.tracked) == (first.author, first.tracked)
            and _undoes(step) == _undoes(first)
            and (step.paragraph, step.start) == (self.paragraph, self.offset)
        )  # fmt: skip

    def append(self, step: Step) -> None:
        self.steps.append(step)
        self.paragraph, self.offset = _after(step)


def _undoes(step: Step) -> bool:
    """Whether it takes away what another mark of the same file added."""
    return not step.net and step.what.startswith("take")


@dataclass(slots=True, eq=False)
class _Part:
    """What a cluster does within one paragraph."""

    paragraph: int
    takes: list[Step] = field(default_factory=list)
    adds: list[Step] = field(default_factory=list)
    takes_end: bool = False

    @property
    def start(self) -> int:
        return min(step.start for step in self.takes or self.adds)

    @property
    def end(self) -> int:
        return max(step.end for step in self.takes or self.adds)


def gather(steps: Sequence[Step], paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Every change that the steps of one file make, in the order of the text."""
    lengths = [len(paragraph.text) for paragraph in paragraphs]
    moves = _paired_moves(steps)
    drafts = [_move(name, pair) for name, pair in moves.items()]
    rest = [(order, step) for order, step in enumerate(steps) if step.move not in moves]
    drafts += _formats([(order, step) for order, step in rest if step.what == "format"])
    for order, step in rest:
        if step.what in ("add-row", "take-row", "add-block"):
            drafts.append(_whole(step, order, lengths))
    for cluster in _clusters([(order, step) for order, step in rest if step.what in _TEXT_STEPS]):
        drafts += _cut(cluster, lengths, paragraphs)
    return sorted(drafts, key=lambda draft: (draft.paragraph, draft.start, draft.order))


def _after(step: Step) -> tuple[int, int]:
    if step.what == "take-end" and step.net:
        return step.paragraph + 1, 0
    return step.paragraph, step.end


# Moves


def _paired_moves(steps: Sequence[Step]) -> dict[str, list[tuple[int, Step]]]:
    """The moves of which both sides are there; a lone side is a deletion or an insertion."""
    found: dict[str, list[tuple[int, Step]]] = {}
    for order, step in enumerate(steps):
        if step.move and step.what in _TEXT_STEPS:
            found.setdefault(step.move, []).append((order, step))
    sides = {"take": "take", "take-end": "take", "add": "add", "add-end": "add"}
    return {
        name: pair
        for name, pair in found.items()
        if {sides[step.what] for _, step in pair if step.net} == {"take", "add"}
    }


def _move(name: str, pair: Sequence[tuple[int, Step]]) -> Draft:
    takes = [step for _, step in pair if step.what in ("take", "take-end") and step.net]
    adds = [step for _, step in pair if step.what in ("add", "add-end") and step.net]
    first = takes[0]
    end = max(step.end for step in takes if step.paragraph == first.paragraph)
    order = next(order for order, step in pair if step is first)
    return Draft(
        "move",
        first.paragraph,
        first.start,
        end,
        _said(takes),
        _said(adds),
        first.author,
        _date(takes),
        first.tracked,
        order,
        (adds[0].paragraph, adds[0].start),
        marks_of([step for _, step in pair]),
    )


def _said(steps: Sequence[Step]) -> str:
    text = "".join(step.text or step.label for step in steps)
    return text.strip(PARAGRAPH_END).replace(PARAGRAPH_END, "\n")


# Formats and rows


def _formats(steps: Sequence[tuple[int, Step]]) -> Iterator[Draft]:
    latest: Draft | None = None
    for order, step in steps:
        same = (
            latest is not None
            and (latest.author, latest.before, latest.after) == (step.author, step.old, step.text)
            and latest.paragraph == step.paragraph
            and step.start <= latest.end
        )
        if same and latest is not None:
            latest.end = max(latest.end, step.end)
            latest.marks += marks_of([step])
            continue
        if latest is not None:
            yield latest
        latest = Draft(
            "format", step.paragraph, step.start, step.end, step.old, step.text, step.author, step.date, True, order,
            marks=marks_of([step]),
        )  # fmt: skip
    if latest is not None:
        yield latest


def _whole(step: Step, order: int, lengths: Sequence[int]) -> Draft:
    taken = step.what == "take-row"
    kind: Kind = "row-delete" if taken else "row-insert" if step.what == "add-row" else "paragraph-insert"
    at = step.paragraph
    end = lengths[at] if at < len(lengths) else 0
    if not taken and step.rows[0] >= 0:
        at = step.rows[0]
        end = lengths[at]
    start = 0 if taken or step.what == "add-block" else end
    end = start if step.what == "add-block" else end
    return Draft(
        kind,
        at,
        start,
        end,
        step.text if taken else "",
        "" if taken else step.text,
        step.author,
        step.date,
        step.tracked,
        order,
        marks=marks_of([step]),
    )


# Text and paragraph marks


def _clusters(steps: Sequence[tuple[int, Step]]) -> list[_Cluster]:
    """Touching steps of one author; what was added and taken away again does not part its neighbours."""
    clusters: list[_Cluster] = []
    open_clusters: list[_Cluster] = []
    for order, step in steps:
        cluster = next((c for c in reversed(open_clusters) if c.touches(step)), None)
        if cluster is None:
            cluster = _Cluster([], order, 0, 0)
            clusters.append(cluster)
        cluster.append(step)
        open_clusters = [cluster] if step.net else [*(c for c in open_clusters if c is not cluster), cluster]
    return clusters


def _cut(cluster: _Cluster, lengths: Sequence[int], paragraphs: Sequence[Paragraph]) -> Iterator[Draft]:
    parts: dict[int, _Part] = {}
    for step in cluster.steps:
        part = parts.setdefault(step.paragraph, _Part(step.paragraph))
        if step.what == "take-end":
            part.takes_end = True
            part.takes.append(step)
        elif step.what == "take":
            part.takes.append(step)
        else:
            part.adds.append(step)
    ordered = list(parts.values())
    gone = _gone(ordered, lengths)
    for part in ordered:
        yield from _drafts_of(part, part.paragraph in gone, cluster.order, lengths, paragraphs)


def _gone(parts: Sequence[_Part], lengths: Sequence[int]) -> set[int]:
    """The paragraphs of a cluster that vanish whole.

    Whoever deletes the last paragraph of a run takes the mark before it and leaves its own, so that the text of one
    paragraph and the mark of another go together.
    """

    def emptied(part: _Part) -> bool:
        taken = sum(step.end - step.start for step in part.takes if step.net)
        return taken == lengths[part.paragraph] and bool(part.takes)

    gone = {part.paragraph for part in parts if part.takes_end and emptied(part)}
    final = parts[-1]
    shifted = len(parts) > 1 and not final.takes_end and emptied(final) and not emptied(parts[0])
    if shifted:
        gone.add(final.paragraph)
        parts[0].takes_end = False
        final.takes[0].folds += marks_of([step for step in parts[0].takes if step.what == "take-end"])
        parts[0].takes = [step for step in parts[0].takes if step.what != "take-end"]
    return gone


def _drafts_of(
    part: _Part, gone: bool, order: int, lengths: Sequence[int], paragraphs: Sequence[Paragraph]
) -> Iterator[Draft]:
    before_lines: list[_Line] = []
    after_lines: list[_Line] = []
    inline: list[Step] = []
    for offset, run in groupby(part.adds, key=lambda step: step.start):
        first, middle, last = _lines(list(run), offset, lengths[part.paragraph])
        before_lines += first
        inline += middle
        after_lines += last
    for line in before_lines:
        at, place = _place_before(part.paragraph, lengths, paragraphs)
        yield _draft("paragraph-insert", at, place, place, "", line.text, line.steps, order)
    yield from _main(part, gone, inline, order, lengths)
    for line in after_lines:
        place = lengths[part.paragraph]
        yield _draft("paragraph-insert", part.paragraph, place, place, "", line.text, line.steps, order)


def _main(part: _Part, gone: bool, adds: Sequence[Step], order: int, lengths: Sequence[int]) -> Iterator[Draft]:
    added = _text(adds)
    taken = _text(part.takes)
    if not taken and not added and not part.takes_end:
        return
    steps = part.takes or adds
    start, end = part.start, part.end
    if gone:
        yield _draft(
            "paragraph-delete",
            part.paragraph,
            0,
            lengths[part.paragraph],
            taken.removesuffix(PARAGRAPH_END),
            "",
            steps,
            order,
        )
        if added:
            yield _draft("insert", part.paragraph, end, end, "", added, adds, order)
    elif taken == PARAGRAPH_END and not added:
        yield _draft("paragraph-delete", part.paragraph, end, end, PARAGRAPH_END, "", steps, order)
    elif added == PARAGRAPH_END and not taken:
        yield _draft("paragraph-insert", part.paragraph, start, start, "", PARAGRAPH_END, steps, order)
    else:
        kind: Kind = "replace" if taken and added else "delete" if taken else "insert"
        yield _draft(kind, part.paragraph, start, end, taken, added, [*part.takes, *adds], order)


@dataclass(slots=True, eq=False)
class _Line:
    """One new paragraph, and the steps that make it."""

    text: str
    steps: list[Step]


def _text(steps: Sequence[Step]) -> str:
    return "".join(step.text or step.label for step in steps)


def _lines(steps: Sequence[Step], offset: int, length: int) -> tuple[list[_Line], Sequence[Step], list[_Line]]:
    """What is added at one place, cut into new paragraphs before, words within, and new paragraphs after."""
    ends = [at for at, step in enumerate(steps) if step.what == "add-end"]
    if not ends or 0 < offset < length:
        return [], steps, []
    if offset == length and (length or not _text(steps[: ends[0]])):
        starts = [*ends, len(steps)]
        return [], steps[: ends[0]], [_line(steps[a:b]) for a, b in pairwise(starts)]
    starts = [0, *(end + 1 for end in ends)]
    return [_line(steps[a:b]) for a, b in pairwise(starts)], steps[starts[-1] :], []


def _line(steps: Sequence[Step]) -> _Line:
    return _Line(_text([step for step in steps if step.what != "add-end"]), list(steps))


def _place_before(at: int, lengths: Sequence[int], paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """A paragraph added before another follows the one above it, if there is one in the same cell."""
    if at > 0 and paragraphs[at - 1].container is paragraphs[at].container:
        return at - 1, lengths[at - 1]
    return at, 0


def _draft(
    kind: Kind, at: int, start: int, end: int, before: str, after: str, steps: Sequence[Step], order: int
) -> Draft:
    before, after = before.replace(PARAGRAPH_END, "\n"), after.replace(PARAGRAPH_END, "\n")
    first = steps[0]
    return Draft(
        kind, at, start, end, before, after, first.author, _date(steps), first.tracked, order, marks=marks_of(steps)
    )


def marks_of(steps: Sequence[Step]) -> list[etree._Element]:
    """The marks that these steps were read from, each once."""
    found = [mark for step in steps for mark in (step.mark, *step.folds) if mark is not None]
    return list(dict.fromkeys(found))


def _date(steps: Sequence[Step]) -> str | None:
    return next((step.date for step in steps if step.date), None)
