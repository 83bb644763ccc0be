"""What the table of amendments is made of: proposals, comments, clauses, and what the filters leave of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from folkmoot.apps.positions.models import Message, ReturnComment

UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the table is wanted; empty means all."""

    clause: str = ""
    office: str = ""
    outcome: str = ""
    how: str = ""
    words: str = ""
    free: bool = False  # only what no other proposal contradicts

    @property
    def is_empty(self) -> bool:
        return self == EVERYTHING


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Thread:
    """What the secretariat and one office wrote to each other about its amendment."""

    amendment: str
    office: str
    messages: tuple[Message, ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an office asks for it, in its own words."""

    office: str
    words: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The decision that stands, as it is read."""

    outcome: str
    label: str
    reason: str
    words: str
    by: str
    at: datetime
    batch: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One effect, asked for by one or more offices."""

    key: str
    number: str
    serials: tuple[tuple[str, int], ...]
    offices: tuple[str, ...]
    how: str
    ways: frozenset[str]
    kind: str
    lead_in: str
    before: str
    after: str
    lead_out: str
    reasons: tuple[Reason, ...]
    threads: tuple[Thread, ...]
    conflicts: tuple[str, ...]  # the keys of the proposals that touch the same words
    is_known: bool  # whether the reader may know what is decided on it
    decision: DecisionView | None
    earlier: DecisionView | None  # a decision from before another office asked for the same

    @property
    def others(self) -> int:
        return len(self.offices) - 1

    @property
    def heading(self) -> str:
        return ", ".join(self.offices)


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment in the margin with its replies."""

    key: str
    serial: int
    office: str
    author: str
    on: str
    text: str
    resolved: bool
    replies: tuple[ReturnComment, ...]
    is_known: bool
    decision: DecisionView | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of base text; `touched` where somebody asks to change it."""

    text: str
    touched: bool


@dataclass(frozen=True, slots=True)
class ClauseTable:
    """One clause with all that is asked of it."""

    key: str
    number: str
    heading: str
    paragraphs: tuple[tuple[Segment, ...], ...]
    proposals: tuple[Proposal, ...]
    comments: tuple[CommentView, ...]
    formats: int
    office_count: int

    @property
    def items(self) -> tuple[Proposal | CommentView, ...]:
        return (*self.proposals, *self.comments)

    @property
    def left(self) -> int:
        return sum(item.is_known and item.decision is None for item in self.items)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An amendment that does not fit the circulated text."""

    key: str
    serial: int
    office: str
    how: str
    before: str
    after: str
    reason: str
    clause: str
    is_known: bool
    decision: DecisionView | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the things to decide stand where. Proposals count once, whoever asks for them."""

    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def decided(self) -> int:
        return self.total - self.counts.get(UNDECIDED, 0)


@dataclass(frozen=True, slots=True)
class AmendmentTable:
    """The whole page."""

    clauses: tuple[ClauseTable, ...]
    shown: tuple[ClauseTable, ...]
    unplaced: tuple[Unplaced, ...]
    loose: tuple[CommentView, ...]  # comments that hang on no clause
    progress: Progress
    offices: tuple[str, ...]
    may_decide: bool
    is_current: bool

    @property
    def proposals(self) -> dict[str, Proposal]:
        """Every proposal by its key."""
        return {proposal.key: proposal for clause in self.clauses for proposal in clause.proposals}


def filtered(clauses: Iterable[ClauseTable], filters: Filters) -> Iterable[ClauseTable]:
    """The clauses with what the filters leave of them; without filters, those with anything asked."""
    for clause in clauses:
        if filters.clause and clause.key != filters.clause:
            continue
        proposals = tuple(p for p in clause.proposals if _matches(p, filters))
        comments = tuple(c for c in clause.comments if _comment_matches(c, filters))
        if proposals or comments or filters.clause:
            yield replace(clause, proposals=proposals, comments=comments)


def _matches(proposal: Proposal, filters: Filters) -> bool:
    words = f"{proposal.before} {proposal.after} {' '.join(r.words for r in proposal.reasons)}"
    return (
        (not filters.office or filters.office in proposal.offices)
        and _has_outcome(proposal, filters)
        and (not filters.how or filters.how in proposal.ways)
        and filters.words.casefold() in words.casefold()
        and not (filters.free and proposal.conflicts)
    )


def _comment_matches(comment: CommentView, filters: Filters) -> bool:
    return (
        (not filters.office or filters.office == comment.office)
        and _has_outcome(comment, filters)
        and not filters.how
        and filters.words.casefold() in f"{comment.on} {comment.text}".casefold()
    )


def _has_outcome(thing: Proposal | CommentView, filters: Filters) -> bool:
    return not filters.outcome or filters.outcome == (thing.decision.outcome if thing.decision else UNDECIDED)
