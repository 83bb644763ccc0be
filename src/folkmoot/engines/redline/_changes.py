"""Everything that one file marks, as a reader would list it."""

from collections import Counter

from lxml import etree

from ._clauses import Outline, outline
from ._comments import Note, read_comments
from ._covered import covered
from ._drafts import Draft, gather
from ._marks import Reading, read_story
from ._package import Package
from ._stories import margins, stories
from ._values import Change, Changes, Comment, Kind

_AROUND = 60


def read_changes(data: bytes) -> Changes:
    """The tracked changes and comments of one file."""
    package = Package.open(data, lenient=True)
    readings = [read_story(story) for story in stories(package)]
    places = outline(package, readings[0].paragraphs)
    found: list[Change] = []
    unknown: Counter[str] = Counter()
    empty = 0
    for reading in (*readings, *(read_story(story) for story in margins(package))):
        drafts = gather(reading.steps, reading.paragraphs)
        beneath = covered(reading, drafts)
        counted: set[etree._Element] = set()
        for draft in sorted((*drafts, *beneath.drafts), key=lambda draft: (draft.paragraph, draft.start)):
            own = set(draft.marks) - counted
            counted |= own
            clause = clause_of(draft, reading, places)
            found.append(_change(len(found) + 1, draft, clause, reading, len(own)))
        unknown.update(reading.unknown)
        empty += beneath.empty
    notes = read_comments(package, readings)
    comments = tuple(_comment(note, places) for note in notes)
    return Changes(tuple(found), comments, dict(unknown), empty, tuple(package.damaged))


def clause_of(draft: Draft, reading: Reading, places: Outline) -> str:
    """What a reader calls the place of a change: its clause, or the story that it stands in."""
    if reading.story.name != "body":
        return reading.story.name
    at = home_paragraph(draft, reading)
    return places.places[at].label if at < len(places.places) else ""


def home_paragraph(draft: Draft, reading: Reading) -> int:
    """The paragraph whose clause a change bears: an added one bears that of the clause that it follows."""
    at = min(draft.paragraph, max(len(reading.paragraphs) - 1, 0))
    if draft.kind == "paragraph-insert" and draft.start == 0 and at > 0 and reading.paragraphs[at].text:
        return at - 1
    return at


def context_of(draft: Draft, reading: Reading) -> str:
    """The words around a change in the text before it."""
    if draft.paragraph >= len(reading.paragraphs):
        return ""
    text = reading.paragraphs[draft.paragraph].text
    start, end = max(draft.start - _AROUND, 0), min(draft.end + _AROUND, len(text))
    while 0 < start < draft.start and not text[start - 1].isspace():
        start += 1
    while draft.end < end < len(text) and not text[end].isspace():
        end -= 1
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def place_of(note: Note, places: Outline) -> str:
    """The clause that a comment hangs on."""
    if note.start is None:
        return ""
    story, paragraph, _ = note.start
    if story != "body":
        return story
    return places.places[paragraph].label if paragraph < len(places.places) else ""


def _change(number: int, draft: Draft, clause: str, reading: Reading, marks: int) -> Change:
    kind: Kind = draft.kind
    return Change(
        f"r{number}",
        kind,
        draft.author,
        draft.date,
        clause,
        draft.before,
        draft.after,
        context_of(draft, reading),
        marks,
    )


def _comment(note: Note, places: Outline) -> Comment:
    paragraph = note.start[1] if note.start is not None and note.start[0] == "body" else -1
    return Comment(
        note.id,
        note.author,
        note.date,
        place_of(note, places),
        note.on,
        note.text,
        note.parent,
        note.resolved,
        paragraph=paragraph,
    )
