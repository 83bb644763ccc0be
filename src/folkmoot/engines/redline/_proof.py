"""What must hold of every merged file before it is handed over, worked out anew from its bytes.

Rejecting everything gives the draft; keeping one office's marks gives that office's text; changes of format, which no
text shows, are counted; every number stands once; both halves of a range, and a comment and its place, are there.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ._align import align_paragraphs
from ._body import ADDS, DEL, INS, TAKES, TR, Block, assemble
from ._formats import FORMAT_TAGS
from ._merge import LeftOut, Source, Woven
from ._names import w
from ._numbers import COMMENTS, PAIRED, SINGLE
from ._package import Package
from ._replay import replayed
from ._stories import Story, stories

_ID: Final = w("id")
_AUTHOR: Final = w("author")
_MOVES: Final = ("moveFromRange", "moveToRange")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a merged file is not what it must be; `source` is the return whose text came out wrong."""

    what: str
    source: int | None = None
    story: str = ""
    paragraphs: frozenset[int] = frozenset()


@dataclass(slots=True, eq=False)
class _Line:
    """One paragraph of a view: what it says, and the paragraph of the draft at which it stands."""

    text: str
    home: int


@dataclass(slots=True, eq=False)
class _Shown:
    """One w:p in one view."""

    container: etree._Element
    text: str
    has_text: bool
    ends: bool
    home: int


def prove(woven: Woven, sources: Sequence[Source], left_out: LeftOut) -> list[Fault]:
    """Everything that does not hold of a merged file; nothing, as a rule."""
    package = Package.open(woven.data)
    found = {story.name: story for story in stories(package)}
    faults = list(_numbers(package, found.values(), {source.office for source in sources}))
    splits: dict[str, _Split] = {}
    for name, texts in woven.base.items():
        story = found.get(name)
        if story is None:
            faults.append(Fault(f"The draft's {name} is not in it."))
            continue
        split = _Split(story, woven.ink.signed)
        splits[name] = split
        faults += _differences(split.rejected, texts, "Rejecting everything does not give the draft.", None, name)
    formats = _formats_by_office(found.values(), woven.ink.signed)
    once = {office for office, times in Counter(source.office for source in sources).items() if times == 1}
    for number, source in enumerate(sources):
        if source.office in once:
            check = _of_office if source.whole else _of_older
            faults += check(number, source, splits, left_out)
            faults += _formats_missing(number, source.office, woven, formats)
    return faults


def _of_office(number: int, source: Source, splits: Mapping[str, "_Split"], left_out: LeftOut) -> Iterator[Fault]:
    for story in source.read.stories:
        split = None if story.base is None else splits.get(story.base.story.name)
        if split is None or story.base is None:
            continue
        name = story.base.story.name
        kept = split.kept(source.office)
        wanted = accepted_lines(story.returned.story.blocks)
        if [line.text for line in kept] == wanted:
            continue
        what = "Keeping its marks alone does not give its text."
        for fault in _differences(kept, wanted, what, number, name):
            if not all((number, name, at) in left_out for at in fault.paragraphs):
                yield fault


def _of_older(number: int, source: Source, splits: Mapping[str, "_Split"], left_out: LeftOut) -> Iterator[Fault]:
    """Marks made in an earlier draft have no text of their own to compare: they must give the draft so changed."""
    for story in source.read.stories:
        split = None if story.base is None else splits.get(story.base.story.name)
        if split is None or story.base is None:
            continue
        name = story.base.story.name
        steps = [step for step in story.steps if step.net and (number, name, step.paragraph) not in left_out]
        wanted = replayed(story.base, steps)
        if wanted is not None:
            what = "Keeping its marks alone does not give the draft with its changes."
            yield from _differences(split.kept(source.office), wanted, what, number, name)


def _formats_by_office(found: Collection[Story], signed: Mapping[str, frozenset[str]]) -> Counter[tuple[str, str]]:
    """How many changes of format bear each office's name in each story."""
    return Counter(
        (story.name, office)
        for story in found
        for mark in story.root.iter(*FORMAT_TAGS)
        for office in signed.get(mark.get(_AUTHOR, ""), ())
    )


def _formats_missing(number: int, office: str, woven: Woven, formats: Mapping[tuple[str, str], int]) -> Iterator[Fault]:
    """Each paragraph whose format an office changed bears its mark; marks that say the same may be one."""
    changed = {
        (want.story, want.step.paragraph)
        for want in woven.wanted
        if want.source == number and want.step.what == "format" and want.step in woven.ink.written
    }
    for story, times in Counter(story for story, _ in changed).items():
        if formats.get((story, office), 0) < times:
            yield Fault("A change of format is missing from it.", number, story)


def _differences(
    lines: Sequence[_Line], wanted: Sequence[str], what: str, source: int | None, story: str
) -> Iterator[Fault]:
    texts = [line.text for line in lines]
    if texts == list(wanted):
        return
    last = -1
    for at, other in align_paragraphs(texts, wanted):
        if at is not None and other is not None:
            last = at
            if texts[at] != wanted[other]:
                yield Fault(what, source, story, frozenset({lines[at].home}))
        elif at is not None:
            last = at
            yield Fault(what, source, story, frozenset({lines[at].home}))
        else:
            near = lines[max(last, 0) : last + 2] if lines else []
            yield Fault(what, source, story, frozenset(line.home for line in near))


class _Split:
    """One story of a merged file, read as though only one office had sent marks."""

    def __init__(self, story: Story, signed: Mapping[str, frozenset[str]]) -> None:
        self.signed = signed
        paragraphs = assemble(story.blocks, "rejected").paragraphs
        self.rejected = [_Line(paragraph.text, at) for at, paragraph in enumerate(paragraphs)]
        homes = {block: at for at, paragraph in enumerate(paragraphs) for block in paragraph.blocks}
        self.blocks: list[tuple[Block, tuple[etree._Element, ...], frozenset[str], _Shown | None]] = []
        latest = 0
        for block in story.blocks:
            latest = homes.get(block, latest)
            rows = _row_marks(block)
            concerned = frozenset(
                office
                for mark in (*rows, *block.marks, *(mark for piece in block.pieces for mark in piece.marks))
                for office in self.whose(mark)
            )
            self.blocks.append((block, rows, concerned, self.seen(block, rows, "", latest)))

    def whose(self, mark: etree._Element) -> frozenset[str]:
        return self.signed.get(mark.get(_AUTHOR, ""), frozenset())

    def keeps(self, mark: etree._Element, office: str) -> bool:
        """Whether what stands in the mark is there, for whoever accepts this office's marks and rejects the others."""
        if mark.tag in ADDS:
            return office in self.whose(mark)
        return mark.tag not in TAKES or office not in self.whose(mark)

    def seen(self, block: Block, rows: Sequence[etree._Element], office: str, home: int) -> _Shown | None:
        if not all(self.keeps(mark, office) for mark in rows):
            return None
        pieces = [p for p in block.pieces if p.text and all(self.keeps(mark, office) for mark in p.marks)]
        text = "".join(piece.text for piece in pieces if not piece.volatile)
        ends = all(self.keeps(mark, office) for mark in block.marks)
        return _Shown(block.container, text, bool(pieces), ends, home)

    def kept(self, office: str) -> list[_Line]:
        """The paragraphs once this office's marks are accepted and all others rejected."""
        home = 0
        shown: list[_Shown] = []
        for block, rows, concerned, plain in self.blocks:
            home = home if plain is None else plain.home
            one = self.seen(block, rows, office, home) if office in concerned else plain
            if one is not None:
                shown.append(one)
        return _joined(shown)


def accepted_lines(blocks: Sequence[Block]) -> list[str]:
    """What a return says with every change accepted, less what a word processor works out by itself."""
    shown = []
    for block in blocks:
        if (plain := block.plain) is not None:
            shown.append(_Shown(block.container, plain, bool(plain), True, 0))
        elif block.accepted:
            pieces = [piece for piece in block.pieces if piece.text and piece.accepted]
            text = "".join(piece.text for piece in pieces if not piece.volatile)
            shown.append(_Shown(block.container, text, bool(pieces), block.ends("accepted"), 0))
    return [line.text for line in _joined(shown)]


def _joined(shown: Sequence[_Shown]) -> list[_Line]:
    """Blocks whose mark is gone run into what follows them in the same cell; the last mark of a cell stays."""
    solid = {one.container for one in shown if one.ends}
    last = {one.container: one for one in shown}
    lines: list[_Line] = []
    pending: list[_Shown] = []

    def flush() -> None:
        final = pending[-1]
        if (
            final.ends
            or last[final.container] is final
            or final.container not in solid
            or any(one.has_text for one in pending)
        ):
            solid.add(final.container)
            lines.append(_Line("".join(one.text for one in pending), final.home))
        pending.clear()

    for one in shown:
        if pending and pending[-1].container is not one.container:
            flush()
        if one.ends and not pending:
            lines.append(_Line(one.text, one.home))
            continue
        pending.append(one)
        if one.ends:
            flush()
    if pending:
        flush()
    return lines


def _row_marks(block: Block) -> tuple[etree._Element, ...]:
    """The marks on the rows around a paragraph."""
    if block.row is None or (block.accepted and block.rejected):
        return ()
    rows = (block.row, *block.row.iterancestors(TR))
    return tuple(mark for row in rows for mark in row.iterfind(f"{w('trPr')}/*") if mark.tag in (INS, DEL))


# Numbers


def _numbers(package: Package, found: Collection[Story], offices: Collection[str]) -> Iterator[Fault]:
    roots = {id(root): root for story in found for root in [story.root.getroottree().getroot()]}
    comments = [package.xml(name) for name in package.related("comments")]
    singles: Counter[str] = Counter()
    halves: dict[tuple[str, str], list[bool]] = {}
    places: Counter[tuple[str, str]] = Counter()
    for root in (*roots.values(), *comments):
        for element in root.iter(*SINGLE, *PAIRED, *COMMENTS):
            number = element.get(_ID, "")
            if element.tag in PAIRED:
                halves.setdefault((PAIRED[element.tag], number), []).append(str(element.tag).endswith("Start"))
            elif element.tag in COMMENTS:
                places[etree.QName(element).localname, number] += 1
            else:
                singles[number] += 1
    notes = [number for name, number in places if name == "comment"]
    # A comment of the draft itself may have stood nowhere before.
    placed = {
        note.get(_ID, "")
        for root in comments
        for note in root.iterchildren(w("comment"))
        if note.get(_AUTHOR, "").partition(": ")[0] in offices
    }
    numbers = Counter([*singles.elements(), *(number for _, number in halves), *notes])
    if any(times > 1 for times in numbers.values()) or any(times > 1 for times in places.values()):
        yield Fault("A number stands in it twice.")
    if any(kind in _MOVES and sorted(both) != [False, True] for (kind, _), both in halves.items()):
        yield Fault("Half of a move is missing from it.")
    if not placed <= {number for name, number in places if name == "commentReference"}:
        yield Fault("A comment has lost its place in it.")
