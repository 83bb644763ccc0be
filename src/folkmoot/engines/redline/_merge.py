"""The draft with every office's marks in it, each under the office's name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from ._body import TBL, P, Paragraph
from ._consolidate import Base, Returned, read_base, read_return
from ._footnotes import Footnotes
from ._ink import Ink, Move, Who
from ._marks import PARAGRAPH_END, Reading, Step
from ._names import w
from ._numbers import number_afresh
from ._package import serialise
from ._parts import Parts
from ._reject import reject_file
from ._rows import NewRows, take_row
from ._threads import Threads
from ._values import Consolidation, ReturnFile
from ._weave import Changes, Wanted, weave

_LEFT_OUT = ("other-document", "unreadable")
_MARKED = ("take", "add", "take-end", "add-end", "add-block", "add-row", "take-row", "format")


def merge(data: bytes, consolidation: Consolidation, returns: Sequence[ReturnFile]) -> bytes:
    """Weave all returns into the base; rejecting everything in the result gives the base back."""
    base = _clean_base(data)
    merger = _Merger(base)
    for returned, status in zip(returns, consolidation.returns, strict=True):
        if status.status not in _LEFT_OUT:
            only_marked = status.status == "older-draft"
            merger.add(returned.office, read_return(base, returned.data, only_marked=only_marked))
    return merger.write(data if base.data is None else base.data)


@dataclass(slots=True, eq=False)
class _Clean(Base):
    """A base without marks; `data` has its bytes where they had to be made."""

    data: bytes | None = None


def _clean_base(data: bytes) -> _Clean:
    base = read_base(data)
    made: bytes | None = None
    if any(step.what in _MARKED for reading in base.readings for step in reading.steps):
        made = reject_file(data)
        base = read_base(made)
    return _Clean(base.package, base.readings, base.outline, base.comments, base.changes, made)


@dataclass(slots=True, eq=False)
class _Woven:
    """One story of the base while it is being filled."""

    reading: Reading
    changes: dict[int, Changes] = field(default_factory=dict)
    rows: list[tuple[Step, Who]] = field(default_factory=list)
    blocks: list[tuple[Step, Who]] = field(default_factory=list)

    def at(self, paragraph: int) -> Changes:
        return self.changes.setdefault(paragraph, Changes())


class _Merger:
    def __init__(self, base: _Clean) -> None:
        self.base = base
        self.ink = Ink.of(base.package)
        self.threads = Threads(base.package)
        self.footnotes = Footnotes(base.package, self.ink)
        self.woven = {reading.story.name: _Woven(reading) for reading in base.readings}
        self.claimed: list[tuple[str, int, int, int]] = []
        self.offices = 0

    def add(self, office: str, returned: Returned) -> None:
        """Sort one return's steps by the paragraph that they concern."""
        self.offices += 1
        number = self.offices
        self.threads.add(office, returned.comments)
        self.footnotes.add(returned.readings)
        for story in returned.stories:
            if story.base is None:
                continue
            woven = self.woven[story.base.story.name]
            moves = self.whole_moves(story.steps, woven, number)
            for step in story.steps:
                if step.net:
                    self.sort(step, Who(office, step.author, step.date), woven, number, moves)

    def sort(self, step: Step, who: Who, woven: _Woven, number: int, moves: dict[str, str]) -> None:
        move = moves.get(step.move, "") if step.move else ""
        wanted = Wanted(step, who, move)
        if step.what == "anchor":
            wanted = Wanted(step, who, "", tuple(self.threads.anchor(who.office, step)))
            if not wanted.anchor:
                return
        elif step.what == "add" and step.label == "[note]":
            wanted = Wanted(step, who, move, self.footnotes.reference(step))
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

    def whole_moves(self, steps: Sequence[Step], woven: _Woven, number: int) -> dict[str, str]:
        """Fresh names for the moves that can be kept whole; the others become deletions and insertions."""
        names: dict[str, list[Step]] = {}
        for step in steps:
            if step.move and step.net and step.tracked:
                names.setdefault(step.move, []).append(step)
        kept: dict[str, str] = {}
        for name, pair in names.items():
            spans = _move_spans(pair)
            if spans is None:
                continue
            story = woven.reading.story.name
            if any(
                story == s and p == at and a < end and start < b
                for s, p, a, b in self.claimed
                for at, start, end in spans
            ):
                continue
            self.claimed += [(story, *span) for span in spans]
            kept[name] = f"move{number}_{len(self.claimed)}"
        return kept

    def write(self, data: bytes) -> bytes:
        for woven in self.woven.values():
            self.weave_story(woven)
        for name, move in self.ink.moves.items():
            _close_move(name, move, self.ink)
        self.threads.hang_missing(self.base.body)
        parts = Parts.open(data)
        roots = {reading.story.part: reading.story.root.getroottree().getroot() for reading in self.base.readings}
        self.footnotes.close(parts, roots)
        comments = self.threads.write(parts)
        number_afresh([*roots.values(), *comments])
        for name, root in roots.items():
            parts.put(name, serialise(root))
        return parts.pack()

    def weave_story(self, woven: _Woven) -> None:
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
        new_rows.add(added)
        for step, who in woven.blocks:
            self.add_block(step, who, paragraphs)

    def take_paragraph(self, woven: _Woven, at: int, paragraph: Paragraph, whose: Sequence[Who]) -> None:
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
    if not move.taken or not move.added or move.taken[0].getparent() is None:
        _undo_move(move)
        return
    for kind, marks in (("moveFrom", move.taken), ("moveTo", move.added)):
        start = ink.mark(f"{kind}RangeStart", [move.whose])
        start.set(w("name"), name)
        end = etree.Element(w(f"{kind}RangeEnd"))
        first = (
            next(mark for mark in marks if not _on_paragraph_mark(mark))
            if any(not _on_paragraph_mark(mark) for mark in marks)
            else None
        )
        if first is None:
            _undo_move(move)
            return
        first.addprevious(start)
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
