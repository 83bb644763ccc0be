"""All returns woven into one file that is proved before it is handed over, and what could not be carried into it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from ._consolidate import Base, Round, read_base, read_return
from ._marks import Step
from ._merge import Source, Want, Woven, has_marks, merge
from ._proof import Fault, prove
from ._reject import reject_file
from ._values import Amendment, Merged, NotCarried, ReturnFile

_LEFT_OUT: Final = ("other-document", "unreadable")
_ROUNDS: Final = 6
_SPOILS: Final = "Beside the changes of the others it would have altered text that it does not concern."
_REASONS: Final = {
    "[object]": "A drawing, an equation or a picture not in PNG, JPEG or GIF is not carried: take it from the return.",
    "[field]": "A field that works out its text by itself is carried as plain text.",
    "[note]": "The note that it leads to was not found in the return.",
}
_WHOLE: Final = ("add-row", "take-row", "add-block")
_SEVERAL: Final = "The office sent more than one return, so its marks alone give neither text: look at each return."
_OLDER_ROWS: Final = (
    "It adds or takes rows of an earlier draft: that its marks alone give the draft with its changes was not proved."
)
_NO_FORMAT: Final = "A change of format of this kind, or with a style that the draft lacks, is not carried."
_NO_PLACE: Final = "It found no place beside the others."

Place = tuple[int, str, int]  # which return, which story, which paragraph of the draft


def merge_round(data: bytes, read: Round, returns: Sequence[ReturnFile]) -> Merged:
    """Weave and prove; where something does not hold, leave out what spoils it and say so, until everything holds."""
    data, sources = _sources(data, read, returns)
    left_out: set[Place] = set()
    faults: list[Fault] = []
    for attempt in range(_ROUNDS):
        woven = merge(data, sources, left_out)
        faults = prove(woven, sources, left_out)
        if not faults:
            told = _Teller(read, sources, left_out).tell(woven)
            return Merged(woven.data, (*told, *_unproved(sources)))
        left_out |= _spoilt(faults, woven, whole=attempt >= _ROUNDS // 2)
    return Merged(None, tuple(NotCarried("", "", "", "", fault.what) for fault in dict.fromkeys(faults)))


def _sources(data: bytes, read: Round, returns: Sequence[ReturnFile]) -> tuple[bytes, list[Source]]:
    """The returns that have marks to give, laid over a draft without marks of its own."""
    clean: Base | None = None
    if has_marks(read.base):
        data = reject_file(data)
        clean = read_base(data)
    sources = []
    for returned, one, status in zip(returns, read.returned, read.consolidation.returns, strict=True):
        if one is not None and status.status not in _LEFT_OUT:
            older = status.status == "older-draft"
            own = one if clean is None else read_return(clean, returned.data, only_marked=older)
            sources.append(Source(returned.file, returned.office, own, whole=not older))
    return data, sources


def _unproved(sources: Sequence[Source]) -> Iterator[NotCarried]:
    """The returns of which it was not proved that keeping their marks alone gives what they say."""
    times = Counter(source.office for source in sources)
    for source in sources:
        stories = [story for story in source.read.stories if story.base is not None]
        rows = any(step.what in _WHOLE and step.net for story in stories for step in story.steps)
        if times[source.office] > 1:
            yield NotCarried(source.file, source.office, "", "", _SEVERAL)
        elif rows and not source.whole:
            yield NotCarried(source.file, source.office, "", "", _OLDER_ROWS)


def _spoilt(faults: Sequence[Fault], woven: Woven, *, whole: bool) -> set[Place]:
    """What to leave out: what stands where a fault shows, or the whole return where leaving that out did not help."""
    found: set[Place] = set()
    for fault in faults:
        for want in woven.wanted:
            mine = fault.source is None or fault.source == want.source
            here = fault.story == want.story and want.step.paragraph in fault.paragraphs
            if mine and (here or (whole and fault.source is not None)):
                found.add(want.place)
    return found


class _Teller:
    """Says of each step that stands in no mark which amendment it belongs to, and why it is not there."""

    def __init__(self, read: Round, sources: Sequence[Source], left_out: set[Place]) -> None:
        self.outline = read.base.outline
        self.sources = sources
        self.left_out = left_out
        self.amendments: dict[tuple[str, str, int], list[Amendment]] = {}
        for amendment in read.consolidation.amendments:
            story = "body" if amendment.paragraph >= 0 else amendment.clause
            self.amendments.setdefault((amendment.file, story, amendment.paragraph), []).append(amendment)

    def tell(self, woven: Woven) -> Iterator[NotCarried]:
        told: dict[NotCarried, None] = {}
        for want in woven.wanted:
            reason = self.reason(want, woven)
            if reason:
                told[self.not_carried(want, reason)] = None
        yield from told

    def reason(self, want: Want, woven: Woven) -> str:
        step = want.step
        if want.place in self.left_out:
            return _SPOILS
        if step in woven.ink.why_not:
            return woven.ink.why_not[step]
        if step.label == "[field]" and step.what == "add":
            return _REASONS[step.label]
        if step in woven.ink.written or (step.what in ("add", "take") and not step.text and not step.label):
            return ""
        if step.what == "format":
            return _NO_FORMAT
        return _REASONS.get(step.label, _REASONS["[object]"] if step.label else _NO_PLACE)

    def not_carried(self, want: Want, reason: str) -> NotCarried:
        source = self.sources[want.source]
        found = self.amendment_of(source.file, want.story, want.step)
        if found is not None:
            return NotCarried(source.file, source.office, found.clause, found.id, reason)
        return NotCarried(source.file, source.office, self.clause(want), "", reason)

    def amendment_of(self, file: str, story: str, step: Step) -> Amendment | None:
        """The amendment that a step is a part of."""
        at = step.paragraph if story == "body" else -1
        near = [
            amendment
            for amendment in self.amendments.get((file, story, at), ())
            if (amendment.kind == "format") == (step.what == "format") and amendment.author == step.author
        ]
        around = [amendment for amendment in near if amendment.start <= step.start <= amendment.end]
        return next(iter([*around, *near]), None)

    def clause(self, want: Want) -> str:
        places = self.outline.places
        if want.story != "body":
            return want.story
        return places[want.step.paragraph].label if 0 <= want.step.paragraph < len(places) else ""
