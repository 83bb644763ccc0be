"""Comments with the text they hang on, who answers whom, and what was resolved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ._body import P, read_blocks, texts
from ._errors import DamagedPart
from ._marks import Reading, when
from ._names import W14_NS, W15_NS, w
from ._package import Package

_ID: Final = w("id")
_PARA_ID: Final = f"{{{W14_NS}}}paraId"
_ON: Final = f"{{{W15_NS}}}done"
# Programs that list who answers whom, or know no answers: there two comments on the same words are just that.
_WITH_A_LIST: Final = ("Microsoft", "LibreOffice")
_LONGEST_ABOUT: Final = 100_000
_RESOLVED: Final = "_Marked as resolved_"
_OPEN_AGAIN: Final = "_Re-opened_"


@dataclass(slots=True, eq=False)
class Note:
    """One comment as read: `start` and `end` are (story, paragraph, offset) in the file's rejected view."""

    id: str
    author: str
    initials: str
    date: str | None
    text: str
    para_id: str
    parent: str | None = None
    resolved: bool = False
    on: str = ""
    start: tuple[str, int, int] | None = None
    end: tuple[str, int, int] | None = None
    pieces: list[str] = field(default_factory=list)
    lost_pieces: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str | None, str]:
        """What makes it the same comment in another copy of the file."""
        return self.author, self.date, self.text


def read_comments(package: Package, readings: Iterable[Reading]) -> list[Note]:
    """Every comment of a file, in the order in which they hang on the text."""
    roots = [package.beside(name) for name in package.related("comments")]
    notes = {note.id: note for root in roots if root is not None for note in _notes(root)}
    if not notes:
        return []
    order: dict[str, int] = {}
    for reading in readings:
        order[reading.story.name] = len(order)
        _anchor(notes, reading)
    if not _read_threads(package, notes.values()):
        _guess_threads(package, notes.values())
    last = (len(order), 0, 0)
    found = sorted(
        notes.values(), key=lambda n: last if n.start is None else (order[n.start[0]], n.start[1], n.start[2])
    )
    for note in found:
        note.on = " ".join(("".join(note.pieces) or "".join(note.lost_pieces)).split())
    return found


def _notes(root: etree._Element) -> list[Note]:
    return [
        Note(
            entry.get(_ID, ""),
            entry.get(w("author"), ""),
            entry.get(w("initials"), ""),
            when(entry),
            "\n".join(texts(read_blocks(entry), "accepted")).strip("\n"),
            next((p.get(_PARA_ID, "") for p in reversed(list(entry.iter(P)))), ""),
        )
        for entry in root.iterchildren(w("comment"))
    ]


def _anchor(notes: Mapping[str, Note], reading: Reading) -> None:
    """Read where comments start and end, and the text between, in one walk over a story."""
    story = reading.story.name
    for step in reading.steps:
        note = notes.get(step.source.get(_ID, "")) if step.what == "anchor" and step.source is not None else None
        if note is None:
            continue
        place = (story, step.paragraph, step.start)
        if step.label != "comment-end" and note.start is None:
            note.start = place
        note.end = place
    _collect_text(notes, reading)


def _collect_text(notes: Mapping[str, Note], reading: Reading) -> None:
    running: dict[str, Note] = {}
    for block in reading.story.blocks:
        for piece in block.pieces:
            if piece.kind == "comment-start" and (note := notes.get(piece.node.get(_ID, ""))):
                running[note.id] = note
            elif piece.kind == "comment-end":
                running.pop(piece.node.get(_ID, ""), None)
            elif piece.text:
                for note in running.values():
                    (note.pieces if piece.accepted else note.lost_pieces).append(piece.text)
        for note in running.values():
            note.pieces.append(" ")
            note.lost_pieces.append(" ")


def _read_threads(package: Package, notes: Iterable[Note]) -> bool:
    """Who answers whom, by Word's own list; false where the file has none."""
    lists = [package.beside(name) for name in package.related("commentsExtended")]
    parts = [root for root in lists if root is not None]
    by_para = {note.para_id: note for note in notes if note.para_id}
    for root in parts:
        for entry in root.iterchildren(f"{{{W15_NS}}}commentEx"):
            note = by_para.get(entry.get(f"{{{W15_NS}}}paraId", ""))
            if note is None:
                continue
            note.resolved = entry.get(_ON, "0") in ("1", "true", "on")
            parent = by_para.get(entry.get(f"{{{W15_NS}}}paraIdParent", ""))
            note.parent = parent.id if parent is not None and parent is not note else None
    return bool(parts)


def _guess_threads(package: Package, notes: Iterable[Note]) -> None:
    """Google Docs keeps no list: the answers share the range of the comment that they answer.

    On words that were suggested the range has no width in the rejected view, so the words themselves count as well.
    That a thread is settled, or open again, is an answer of its own there.
    """
    if _program(package).startswith(_WITH_A_LIST):
        return
    first: dict[object, Note] = {}
    for note in notes:
        words = ("".join(note.pieces).strip(), "".join(note.lost_pieces).strip())
        if note.start is None or not any(words):
            continue
        opener = first.setdefault((note.start, note.end, words), note)
        if opener is not note:
            note.parent = opener.id
            opener.resolved = _settles(note.text, opener.resolved)


def _settles(text: str, resolved: bool) -> bool:
    said = text.lstrip()
    return (resolved or said.startswith(_RESOLVED)) and not said.startswith(_OPEN_AGAIN)


def _program(package: Package) -> str:
    """The program that wrote the file, as it names itself; nothing where that cannot be read or is absurdly long."""
    for link in package.relationships(""):
        if link.type != "extended-properties" or not package.has(link.target):
            continue
        if package.size(link.target) > _LONGEST_ABOUT:
            return ""
        try:
            about = package.xml(link.target)
        except DamagedPart:
            return ""
        return next((entry.text or "" for entry in about if etree.QName(entry).localname == "Application"), "").strip()
    return ""


def threads_first(notes: Sequence[Note]) -> list[Note]:
    """The same comments, each answer after the comment that it answers."""
    ids = {note.id for note in notes}
    opening = [note for note in notes if note.parent not in ids]
    answers: dict[str | None, list[Note]] = {}
    for note in notes:
        if note.parent in ids:
            answers.setdefault(note.parent, []).append(note)
    ordered: list[Note] = []
    stack = opening[::-1]
    while stack:
        note = stack.pop()
        ordered.append(note)
        stack.extend(reversed(answers.pop(note.id, [])))
    return ordered
