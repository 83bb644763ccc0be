"""The draft with every office's marks in it, each under the office's name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ._body import TBL, P, Paragraph
from ._consolidate import Base, Returned, StorySteps, read_base
from ._footnotes import Footnotes
from ._images import FLOATS, Images, floats
from ._ink import Ink, Move, Who
from ._marks import PARAGRAPH_END, Reading, Step
from ._names import w
from ._numbers import number_afresh
from ._package import serialise
from ._parts import Parts
from ._rows import NewRows, take_row
from ._threads import Threads
from ._weave import Changes, Wanted, weave

LeftOut = Collection[tuple[int, str, int]]
NOTES = ("footnote", "endnote")
AS_TWO = "Its move is written as a deletion and an insertion."
_MARKED = ("take", "add", "take-end", "add-end", "add-block", "add-row", "take-row", "format")


@dataclass(slots=True, eq=False)
class Source:
    """One return to be woven in, and whose it is."""

    file: str
    office: str
    read: Returned
    whole: bool = True  # False where only its own marks count


@dataclass(frozen=True, slots=True)
class Want:
    """One step that a return takes, and where."""

    source: int
    story: str
    step: Step

    @property
    def place(self) -> tuple[int, str, int]:
        """Which return, which story, which paragraph of the draft."""
        return self.source, self.story, self.step.paragraph


@dataclass(slots=True, eq=False)
class Woven:
    """What a merge wrote: the file, the texts of the base by story, whose mark is whose, and every step asked for."""

    data: bytes
    base: dict[str, tuple[str, ...]]
    ink: Ink
    wanted: list[Want]


def merge(data: bytes, sources: Sequence[Source], left_out: LeftOut) -> Woven:
    """Weave the returns into a base without marks; what `left_out` names by return, story and paragraph stays out."""
    base = read_base(data)
    merger = _Merger(base, left_out)
    for number, source in enumerate(sources):
        merger.add(number, source)
    texts = {reading.story.name: reading.texts for reading in base.readings}
    return Woven(merger.write(data), texts, merger.ink, merger.wanted)


def has_marks(base: Base) -> bool:
    """Whether the draft itself bears tracked changes."""
    return any(step.what in _MARKED for reading in base.readings for step in reading.steps)


@dataclass(slots=True, eq=False)
class _Filling:
    """One story of the base while it is being filled."""

    reading: Reading
    changes: dict[int, Changes] = field(default_factory=dict)
    rows: list[tuple[Step, Who]] = field(default_factory=list)
    blocks: list[tuple[Step, Who]] = field(default_factory=list)

    def at(self, paragraph: int) -> Changes:
        return self.changes.setdefault(paragraph, Changes())


class _Merger:
    def __init__(self, base: Base, left_out: LeftOut) -> None:
        self.base = base
        self.left_out = left_out
        self.ink = Ink.of(base.package)
        self.threads = Threads(base.package)
        self.footnotes = Footnotes(base.package, self.ink)
        self.images = Images(base.package)
        self.woven = {reading.story.name: _Filling(reading) for reading in base.readings}
        self.claimed: list[tuple[str, int, int, int]] = []
        self.wanted: list[Want] = []

    def add(self, number: int, source: Source) -> None:
        """Sort one return's steps by the paragraph that they concern."""
        office, returned = source.office, source.read
        self.threads.add(office, returned.comments)
        self.footnotes.add(returned.readings)
        self.images.theirs = returned.package
        for story in returned.stories:
            if story.base is None:
                self.note_homeless(number, story)
                continue
            woven = self.woven[story.base.story.name]
            moves = self.whole_moves(story.steps, woven, number)
            for step in story.steps:
                if step.net and self.stays(number, woven.reading.story.name, step):
                    who = Who(office, step.author, step.date)
                    self.sort(step, who, woven, number, moves, story.returned.story.part)

    def stays(self, number: int, story: str, step: Step) -> bool:
        """Note what is asked for, and whether it is to be written."""
        if step.what != "anchor":
            self.wanted.append(Want(number, story, step))
        return not self.left_out or (number, story, step.paragraph) not in self.left_out

    def note_homeless(self, number: int, story: StorySteps) -> None:
        """What stands in a story that the draft lacks; a note comes with the reference that leads to it."""
        if story.returned.story.name.startswith(NOTES):
            return
        for step in story.steps:
            if step.net and step.what != "anchor":
                self.wanted.append(Want(number, story.returned.story.name, step))
                self.ink.why_not[step] = "It stands in a header, footer or text box that the draft does not have."

    def sort(self, step: Step, who: Who, woven: _Filling, number: int, moves: dict[str, str], part: str) -> None:
        move = moves.get(step.move, "") if step.move else ""
        wanted = Wanted(step, who, move)
        if step.what == "anchor":
            wanted = Wanted(step, who, "", tuple(self.threads.anchor(who.office, step)))
            if not wanted.anchor:
                return
        elif step.what == "add" and step.label == "[note]":
            wanted = Wanted(step, who, move, self.footnotes.reference(step, who))
        elif step.what == "add" and step.label == "[object]":
            wanted = Wanted(step, who, move, self.drawn(step, part, woven.reading.story.part))
        if step.what in ("add", "add-end", "anchor") or step.inside:
            woven.at(step.paragraph).gaps.setdefault(step.start, {}).setdefault(number, []).append(wanted)
        elif step.what == "take":
            woven.at(step.paragraph).takes.append(wanted)
        elif step.what == "take-end":
            woven.at(step.paragraph).ends.append(wanted)
        elif step.what == "format":
            woven.at(step.paragraph).formats.append(wanted)
        elif step.what == "add-block":
            woven.blocks.append((step, who))
        else:
            woven.rows.append((step, who))

    def drawn(self, step: Step, theirs: str, ours: str) -> tuple[etree._Element, ...]:
        """The run that shows a picture of the return in a part of the draft."""
        run = None if step.source is None else self.images.drawn(step.source, theirs, ours)
        if run is None or step.source is None:
            return ()
        if floats(step.source):
            self.ink.why_not[step] = FLOATS
        return (run,)

    def whole_moves(self, steps: Sequence[Step], woven: _Filling, number: int) -> dict[str, str]:
        """Fresh names for the moves that can be kept whole; the others become deletions and insertions."""
        names: dict[str, list[Step]] = {}
        for step in steps:
            if step.move and step.net and step.tracked:
                names.setdefault(step.move, []).append(step)
        kept: dict[str, str] = {}
        for name, pair in names.items():
            spans = _move_spans(pair)
            if spans is None:
                self.no_move(pair)
                continue
            story = woven.reading.story.name
            if any(
                story == s and p == at and a < end and start < b
                for s, p, a, b in self.claimed
                for at, start, end in spans
            ):
                self.no_move(pair)
                continue
            self.claimed += [(story, *span) for span in spans]
            kept[name] = f"move{number}_{len(self.claimed)}"
        return kept

    def no_move(self, pair: Sequence[Step]) -> None:
        """Say of a move that it is written as a deletion and an insertion."""
        self.ink.why_not[next(step for step in pair if step.what.startswith("take"))] = AS_TWO

    def write(self, data: bytes) -> bytes:
        for woven in self.woven.values():
            self.weave_story(woven)
        for name, move in self.ink.moves.items():
            _close_move(name, move, self.ink)
        self.threads.hang_missing(self.base.body)
        parts = Parts.open(data)
        roots = {reading.story.part: reading.story.root.getroottree().getroot() for reading in self.base.readings}
        self.footnotes.close(parts, roots)
        self.images.close(parts)
        comments = self.threads.write(parts)
        number_afresh([*roots.values(), *comments])
        for name, root in roots.items():
            parts.put(name, serialise(root))
        return parts.pack()

    def weave_story(self, woven: _Filling) -> None:
        paragraphs = woven.reading.paragraphs
        taken = [(step, who) for step, who in woven.rows if step.what == "take-row"]
        for step, _ in taken:
            for at in range(max(step.rows[0], 0), step.rows[1] + 1):
                self.take_paragraph(woven, at, paragraphs[at], [who for other, who in taken if other.rows == step.rows])
        new_rows = NewRows(self.ink, paragraphs)
        added = [(step, who) for step, who in woven.rows if step.what == "add-row"]
        places = {at: paragraphs[at].element for at in range(len(paragraphs))}
        for at, changes in woven.changes.items():
            if at < len(paragraphs):
                weave(paragraphs[at], changes, self.ink, new_rows)
        take_row(taken, places, self.ink)
        self.ink.written.update(step for step, _ in woven.rows)
        new_rows.add(added)
        for step, who in woven.blocks:
            self.add_block(step, who, paragraphs)

    def take_paragraph(self, woven: _Filling, at: int, paragraph: Paragraph, whose: Sequence[Who]) -> None:
        """In a row that is taken, what every cell says is taken as well."""
        changes = woven.at(at)
        length = len(paragraph.text)
        already = {wanted.who for wanted in changes.ends}
        for who in whose:
            if who in already:
                continue
            if length:
                changes.takes.append(Wanted(Step("take", at, 0, length), who))
            changes.ends.append(Wanted(Step("take-end", at, length, length), who))

    def add_block(self, step: Step, who: Who, paragraphs: Sequence[Paragraph]) -> None:
        """A paragraph before a table, where no paragraph of the base could hold it."""
        self.ink.written.add(step)
        fresh = etree.Element(P)
        source = None if step.block is None else step.block.element
        properties = self.ink.paragraph_properties(source)
        etree.SubElement(properties, w("rPr")).append(self.ink.mark("ins", [who]))
        fresh.append(properties)
        if step.text:
            mark = self.ink.mark("ins", [who])
            mark.append(self.ink.run(step.text, None))
            fresh.append(mark)
        if step.paragraph < len(paragraphs):
            element = paragraphs[step.paragraph].element
            tables = list(element.iterancestors(TBL))
            (tables[-1] if tables else element).addprevious(fresh)
        elif paragraphs:
            tables = list(paragraphs[-1].element.iterancestors(TBL))
            (tables[-1] if tables else paragraphs[-1].element).addnext(fresh)


def _move_spans(pair: Sequence[Step]) -> list[tuple[int, int, int]] | None:
    """The stretches that a move takes, if they touch and go to one place; else None."""
    takes = [step for step in pair if step.what in ("take", "take-end")]
    adds = [step for step in pair if step.what in ("add", "add-end")]
    if not takes or len({(step.paragraph, step.start) for step in adds}) != 1:
        return None
    if not any(step.text.strip(PARAGRAPH_END) for step in takes) or not any(step.what == "add" for step in adds):
        return None
    place = (takes[0].paragraph, takes[0].start)
    for step in takes:
        if (step.paragraph, step.start) != place:
            return None
        place = (step.paragraph + 1, 0) if step.what == "take-end" else (step.paragraph, step.end)
    return [(step.paragraph, step.start, step.end) for step in takes if step.what == "take" and step.end > step.start]


def _close_move(name: str, move: Move, ink: Ink) -> None:
    """Put the range marks around both ends of a move, or turn it into a deletion and an insertion."""
    sides = (("moveFrom", move.taken), ("moveTo", move.added))
    if any(all(map(_on_paragraph_mark, marks)) for _, marks in sides) or move.taken[0].getparent() is None:
        _undo_move(move)
        ink.why_not[move.step] = AS_TWO
        return
    for kind, marks in sides:
        start = ink.mark(f"{kind}RangeStart", [move.whose])
        start.set(w("name"), name)
        end = etree.Element(w(f"{kind}RangeEnd"))
        next(mark for mark in marks if not _on_paragraph_mark(mark)).addprevious(start)
        last = marks[-1]
        if _on_paragraph_mark(last):
            next(last.iterancestors(P)).addnext(end)
        else:
            last.addnext(end)
        end.set(w("id"), f"of:{name}:{kind}")
        start.set(w("id"), f"of:{name}:{kind}")


def _undo_move(move: Move) -> None:
    for mark in move.taken:
        mark.tag = w("del")
        for text in mark.iter(w("t")):
            text.tag = w("delText")
    for mark in move.added:
        mark.tag = w("ins")


def _on_paragraph_mark(mark: etree._Element) -> bool:
    holder = mark.getparent()
    return holder is not None and holder.tag == w("rPr")
