"""What an office put in or took out with tracking off that no comparison of words can show.

Pictures, equations and notes have a place in a paragraph and no words there; a note, a text box or a header that the
draft lacks is compared with nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal

from lxml import etree

from ._body import ADDS, MATH, Paragraph, Piece
from ._marks import OBJECT_LABELS, Reading, Step, when
from ._names import A_NS, w

_KINDS: Final = ("object", "note")
_NOTES: Final = (w("footnote"), w("endnote"))
_ID: Final = w("id")
_SHOWN: Final = (
    ("box", (w("txbxContent"),)),
    (
        "picture",
        (f"{{{A_NS}}}blip", "{urn:schemas-microsoft-com:vml}imagedata"),
    ),
    ("equation", tuple(MATH)),
)

Pairs = Sequence[tuple[int | None, int | None]]


@dataclass(slots=True, eq=False)
class _Thing:
    """A picture or a note where it stands in the rejected view, and the words before it."""

    paragraph: int
    offset: int
    piece: Piece
    before: str

    @property
    def shows(self) -> str:
        """What kind of drawing it is; programs write one kind in several ways."""
        for name, tags in _SHOWN:
            if next(self.piece.node.iter(*tags), None) is not None:
                return name
        return ""

    def step(self, added: bool, paragraph: int, offset: int) -> Step:
        label = OBJECT_LABELS[self.piece.kind]
        what: Literal["add", "take"] = "add" if added else "take"
        return Step(what, paragraph, offset, offset, "", tracked=False, label=label, source=self.piece.run)


def unmarked_things(base: Reading, returned: Reading, pairs: Pairs) -> Iterator[Step]:
    """Pictures and notes that only one of two texts has, in paragraphs that both have.

    A word processor may hang a picture elsewhere without being asked, so one gone and one come cancel each other.
    """
    ours, theirs = _things(base), _things(returned)
    if not ours and not theirs:
        return
    to_base = {r: b for b, r in pairs if b is not None and r is not None}
    paired = set(to_base.values())
    gone = _by_key([thing for thing in ours if thing.paragraph in paired], {})
    come = _by_key([thing for thing in theirs if thing.paragraph in to_base], to_base)
    for kind in _KINDS:
        only_ours = [thing for key, thing in gone.items() if key[0] == kind and key not in come]
        only_theirs = [thing for key, thing in come.items() if key[0] == kind and key not in gone]
        _cancel(only_ours, only_theirs)
        for thing in only_ours:
            yield thing.step(False, thing.paragraph, thing.offset)
        for thing in only_theirs:
            at = to_base[thing.paragraph]
            yield thing.step(True, at, min(thing.offset, len(base.texts[at])))


def _things(reading: Reading) -> list[_Thing]:
    found = []
    for at, paragraph in enumerate(reading.paragraphs):
        for block in paragraph.blocks:
            for piece in block.pieces:
                if piece.kind in _KINDS and piece.rejected:
                    before = _words_before(piece, paragraph)
                    found.append(_Thing(at, len(before), piece, before))
    return found


def _words_before(piece: Piece, paragraph: Paragraph) -> str:
    every = (other for block in paragraph.blocks for other in block.pieces)
    return "".join(other.text for other in takewhile(lambda other: other is not piece, every) if other.rejected)


_Key = tuple[str, str, int, str, int]


def _cancel(ours: list[_Thing], theirs: list[_Thing]) -> None:
    """Take out of both what is likely the same in another place: first what shows the same kind of thing."""
    for thing in list(ours):
        alike = next((other for other in theirs if other.shows == thing.shows), None)
        same = alike or next(iter(theirs), None)
        if same is not None:
            ours.remove(thing)
            theirs.remove(same)


def _by_key(things: Sequence[_Thing], to_base: dict[int, int]) -> dict[_Key, _Thing]:
    """Each with its kind, the paragraph of the draft, the words before it, and how many like it stand there already."""
    seen: Counter[tuple[str, str, int, str]] = Counter()
    found: dict[_Key, _Thing] = {}
    for thing in things:
        key = (thing.piece.kind, thing.shows, to_base.get(thing.paragraph, thing.paragraph), thing.before)
        found[*key, seen[key]] = thing
        seen[key] += 1
    return found


def things_in(reading: Reading, at: int, paragraph: int, offset: int) -> Iterator[Step]:
    """The pictures and notes of a paragraph that was put in without a mark."""
    for thing in _things(reading):
        if thing.paragraph == at and thing.piece.accepted:
            yield thing.step(True, paragraph, offset)


def alone(story: Reading, returned: Sequence[Reading]) -> list[Step]:
    """What a note, a text box or a header that the draft lacks says: its marks, and all the rest that bears none.

    Where what leads to it was added by a mark, whoever made that mark wrote it.
    """
    mark = _leading_mark(story, returned)
    steps = list(story.steps)
    for at, paragraph in enumerate(story.paragraphs):
        words = "".join(piece.text for piece in paragraph.pieces if piece.accepted).strip()
        if not words:
            continue
        step = Step("add", at, 0, 0, words, tracked=mark is not None, block=paragraph.blocks[-1])
        if mark is not None:
            step.author, step.date = mark.get(w("author"), ""), when(mark)
        steps.append(step)
    return steps


def _leading_mark(story: Reading, returned: Sequence[Reading]) -> etree._Element | None:
    """The mark by which the reference to a note, or the frame of a text box, was added."""
    root = story.story.root
    if root.tag not in _NOTES:
        return next((around for around in root.iterancestors() if around.tag in ADDS), None)
    leads = w(f"{etree.QName(root).localname}Reference")
    for reading in returned:
        for block in reading.story.blocks:
            for piece in block.pieces:
                if piece.node.tag == leads and piece.node.get(_ID) == root.get(_ID):
                    return next((mark for mark in piece.marks if mark.tag in ADDS), None)
    return None
