"""All returns of one draft read beside each other: how each was made, and every amendment in one list."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from ._align import align_stories, shingles
from ._amendments import Wish, settle
from ._beside import alone
from ._changes import clause_of, context_of, home_paragraph, place_of
from ._circulate import token_in, without_mark
from ._clauses import Outline, outline
from ._comments import Note, read_comments
from ._compare import in_base
from ._drafts import Draft, gather
from ._errors import UnreadableFile
from ._homeless import homeless
from ._marks import Reading, Step, read_story
from ._package import Package
from ._stories import stories
from ._values import Amendment, Clause, Comment, Consolidation, ReturnFile, ReturnStatus, Status

_OTHER_BELOW = 1 / 3


@dataclass(slots=True, eq=False)
class Base:
    """The circulated draft: its stories, its clauses, and the comments and changes that it already held."""

    package: Package
    readings: list[Reading]
    outline: Outline
    comments: frozenset[tuple[str, str | None, str]]
    changes: frozenset[Hashable]

    @property
    def body(self) -> Reading:
        """The main text."""
        return self.readings[0]


@dataclass(slots=True, eq=False)
class StorySteps:
    """What one return does to one story of the base; `base` is None for a note that the base lacks."""

    base: Reading | None
    returned: Reading
    steps: list[Step]


@dataclass(slots=True, eq=False)
class Returned:
    """One readable return carried over to the base."""

    package: Package
    readings: list[Reading]
    stories: list[StorySteps]
    comments: list[Note]

    @property
    def body(self) -> StorySteps:
        """What it does to the main text."""
        return self.stories[0]


@dataclass(slots=True, eq=False)
class Round:
    """A draft, all that was found in its returns, and the returns themselves, None where one could not be read."""

    base: Base
    consolidation: Consolidation
    returned: list[Returned | None]


def read_base(data: bytes) -> Base:
    """Read the circulated draft, or raise UnreadableFile."""
    package = Package.open(data)
    readings = [read_story(story) for story in stories(package)]
    notes = read_comments(package, readings)
    changes = ((reading.story.name, draft.key) for reading in readings for draft in _net_drafts(reading, reading.steps))
    return Base(
        package,
        readings,
        outline(package, readings[0].paragraphs),
        frozenset(note.key for note in notes),
        frozenset(changes),
    )


def base_clauses(data: bytes) -> tuple[Clause, ...]:
    """The clauses of a draft in its rejected view."""
    package = Package.open(data)
    body = read_story(next(stories(package)))
    return outline(package, body.paragraphs).clauses


def read_round(base: Base, returns: Sequence[ReturnFile], earlier: Sequence[bytes], *, keep: bool) -> Round:
    """Read every return against the base; one that cannot be read does not stop the others.

    Those that were read are kept for whoever wants to merge them.
    """
    drafts = [_Signature.of(read_story(next(stories(Package.open(data)))).texts) for data in earlier]
    own = _Signature.of(base.body.texts)
    statuses: list[ReturnStatus] = []
    wishes: list[Wish] = []
    comments: list[Comment] = []
    kept: list[Returned | None] = []
    for source, returned in enumerate(returns):
        status, found, read = _read_one(base, own, returned, drafts)
        statuses.append(status)
        kept.append(read if keep else None)
        wishes += [Wish(draft, source, story, row=row) for draft, story, row in found]
        comments += _comments(read.comments if read else [], base, returned.office, len(comments))
    amendments = _amendments(wishes, base, returns)
    return Round(base, Consolidation(base.outline.clauses, tuple(statuses), amendments, tuple(comments)), kept)


def read_return(base: Base, data: bytes, *, only_marked: bool = False) -> Returned:
    """Carry one return over to the base; `only_marked` leaves out what was edited without a mark."""
    package = Package.open(data)
    return _carried(base, package, [read_story(story) for story in stories(package)], only_marked)


def _carried(base: Base, package: Package, readings: list[Reading], only_marked: bool) -> Returned:
    paired = list(_pair_stories(base.readings, readings))
    for story in paired:
        if _kind(story.returned) == "header":
            story.steps = without_mark(story.steps)
    if only_marked:
        for story in paired:
            story.steps = [step for step in story.steps if step.tracked]
    notes = [note for note in read_comments(package, readings) if note.key not in base.comments]
    return Returned(package, readings, paired, notes)


@dataclass(frozen=True, slots=True)
class _Signature:
    """What is compared to tell which draft a text was made from."""

    counts: Counter[Hashable]
    total: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> "_Signature":
        counts = shingles(texts)
        return cls(counts, counts.total())

    def share_in(self, other: "_Signature") -> float:
        """How much of this text stands in the other."""
        return (self.counts & other.counts).total() / self.total if self.total else 0.0

    def likeness(self, other: "_Signature") -> float:
        """0 for nothing in common, 1 for the same text."""
        total = self.total + other.total
        return 2 * (self.counts & other.counts).total() / total if total else 1.0


_Found = tuple[Draft, str, tuple[int, int]]


def _read_one(
    base: Base, own: _Signature, returned: ReturnFile, drafts: Sequence[_Signature]
) -> tuple[ReturnStatus, list[_Found], Returned | None]:
    token: str | None = None

    def said(name: Status, detail: str) -> ReturnStatus:
        return ReturnStatus(returned.file, returned.office, name, detail, token)

    try:
        package = Package.open(returned.data)
        token = token_in(package)
        readings = [read_story(story) for story in stories(package)]
        status, detail = _origin(base, own, readings[0].texts, drafts)
        if status == "other-document":
            return said(status, detail), [], None
        read = _carried(base, package, readings, status == "older-draft")
    except UnreadableFile as error:
        return said("unreadable", str(error)), [], None
    found = [one for one in _drafts(read) if (one[1], one[0].key) not in base.changes]
    if status == "older-draft":
        lost = [
            (draft, place, (-1, -1)) for draft, place in homeless(read.package, read.readings[0], [f[0] for f in found])
        ]
        return said(status, detail.format(changes=_own_changes(found, lost))), [*found, *lost], read
    return said(*_how(found, read.comments)), found, read


def _origin(base: Base, own: _Signature, texts: Sequence[str], drafts: Sequence[_Signature]) -> tuple[Status, str]:
    """Whether a text was made from the base ("tracked" stands for yes), from an earlier draft, or from neither."""
    if texts == base.body.texts:
        return "tracked", ""
    theirs = _Signature.of(texts)
    if theirs.total == 0:
        return "other-document", "The file holds no text. Ask the office for its marked-up copy of the draft."
    nearest = max(drafts, key=theirs.likeness, default=None)
    if (
        nearest is not None
        and theirs.likeness(nearest) > theirs.likeness(own)
        and theirs.share_in(nearest) >= _OTHER_BELOW
    ):
        return (
            "older-draft",
            "The office worked on an earlier draft; only what it marked itself is listed: {changes}. "
            "Ask it to look at the current draft.",
        )
    if theirs.share_in(own) < _OTHER_BELOW:
        return (
            "other-document",
            "The file shares under a third of its text with the draft. Ask the office for its copy of this draft.",
        )
    return "tracked", ""


def _own_changes(placed: Sequence[_Found], lost: Sequence[_Found]) -> str:
    said = _count(len(placed) + len(lost), "tracked change")
    return f"{said}, {len(lost)} to words that the current draft does not have" if lost else said


def _how(found: Sequence[_Found], comments: Sequence[Note]) -> tuple[Status, str]:
    """How a return was edited, and what to ask for."""
    tracked = [draft for draft, _, _ in found if draft.tracked]
    untracked = len(found) - len(tracked)
    people = len({draft.author for draft in tracked})
    said = f" and {_count(len(comments), 'comment')}" if comments else ""
    if not found:
        return "unchanged", f"No amendments{said}."
    marked = f"{_count(len(tracked), 'tracked change')} by {_count(people, 'person', 'people')}"
    if not untracked:
        return "tracked", f"{marked}{said}."
    unmarked = f"{_count(untracked, 'edit')} made with tracking off"
    ask = "Ask the office to confirm the edits that bear no mark."
    if not tracked:
        return "untracked", f"{unmarked}, found by comparing the texts{said}. {ask}"
    return "mixed", f"{marked}, {unmarked}{said}. {ask}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _net_drafts(reading: Reading, steps: Sequence[Step]) -> list[Draft]:
    """What the steps change in the end: text added and taken away again changes nothing."""
    return gather([step for step in steps if step.net], reading.paragraphs)


def _drafts(read: Returned) -> Iterator[_Found]:
    for story in read.stories:
        reading = story.base or story.returned
        rows = {step.paragraph: step.rows for step in story.steps if step.what == "take-row"}
        for draft in _net_drafts(reading, story.steps):
            row = rows.get(draft.paragraph, (-1, -1)) if draft.kind == "row-delete" else (-1, -1)
            yield draft, reading.story.name, row


def _pair_stories(base: Sequence[Reading], returned: Sequence[Reading]) -> Iterator[StorySteps]:
    """Body with body; notes, headers and text boxes with those of the same kind in the same order."""
    yield StorySteps(base[0], returned[0], in_base(base[0], returned[0]))
    for kind in dict.fromkeys(_kind(reading) for reading in (*base[1:], *returned[1:])):
        ours = [reading for reading in base[1:] if _kind(reading) == kind]
        theirs = [reading for reading in returned[1:] if _kind(reading) == kind]
        old = ["\n".join(reading.texts) for reading in ours]
        new = ["\n".join(reading.texts) for reading in theirs]
        for b, r in align_stories(old, new):
            if r is None:
                continue
            match = None if b is None else ours[b]
            steps = alone(theirs[r], returned) if match is None else in_base(match, theirs[r])
            yield StorySteps(match, theirs[r], steps)


def _kind(reading: Reading) -> str:
    return reading.story.name.rstrip("0123456789 ")


def _amendments(wishes: Sequence[Wish], base: Base, returns: Sequence[ReturnFile]) -> tuple[Amendment, ...]:
    ordered = sorted(
        wishes, key=lambda wish: (wish.story != "body", wish.draft.paragraph, wish.draft.start, wish.source)
    )
    groups, conflicts = settle(ordered, base.body.texts)
    return tuple(
        _amendment(
            at, wish, f"g{groups[at] + 1}", tuple(f"a{other + 1}" for other in sorted(conflicts[at])), base, returns
        )
        for at, wish in enumerate(ordered)
    )


def _amendment(
    at: int, wish: Wish, group: str, conflicts: tuple[str, ...], base: Base, returns: Sequence[ReturnFile]
) -> Amendment:
    draft, in_body = wish.draft, wish.story == "body"
    places = base.outline.places
    home = home_paragraph(draft, base.body) if in_body else -1
    returned = returns[wish.source]
    return Amendment(
        id=f"a{at + 1}",
        clause=clause_of(draft, base.body, base.outline) if in_body else wish.story,
        office=returned.office,
        author=draft.author,
        date=draft.date,
        kind=draft.kind,
        before=draft.before,
        after=draft.after,
        tracked=draft.tracked,
        group=group,
        conflicts=conflicts,
        context=context_of(draft, base.body) if in_body else "",
        paragraph=draft.paragraph if in_body else -1,
        start=draft.start if in_body else 0,
        end=draft.end if in_body else 0,
        clause_id=base.outline.clauses[places[home].clause].id if 0 <= home < len(places) else "",
        file=returned.file,
        target=_target(draft, base) if in_body else None,
    )


def _target(draft: Draft, base: Base) -> int | None:
    """The paragraph after which a moved one goes."""
    if draft.target is None:
        return None
    at, offset = draft.target
    return at - 1 if offset == 0 and at > 0 else at


def _comments(notes: Sequence[Note], base: Base, office: str, before: int) -> list[Comment]:
    ids = {note.id: f"k{before + at + 1}" for at, note in enumerate(notes)}
    return [
        Comment(
            ids[note.id],
            note.author,
            note.date,
            place_of(note, base.outline),
            note.on,
            note.text,
            ids.get(note.parent) if note.parent is not None else None,
            note.resolved,
            office,
            note.start[1] if note.start is not None and note.start[0] == "body" else -1,
        )
        for note in notes
    ]
