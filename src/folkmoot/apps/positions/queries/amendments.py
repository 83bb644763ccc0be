"""The table of amendments: by clause, same effects together, with what was decided and what cannot be placed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import editions, states
from folkmoot.apps.positions.models import Amendment, Answer, Circulation, Decision, Message, ReturnComment
from folkmoot.apps.positions.models.amendments import Outcome
from folkmoot.apps.positions.queries.common import messages_for
from folkmoot.engines import redline

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
        return self == Filters()


@dataclass(frozen=True, slots=True)
class Thread:
    """What the secretariat and one office wrote to each other about its amendment."""

    amendment: str
    office: str
    messages: tuple[Message, ...]


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
    keys: tuple[str, ...]
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
    conflicts: tuple[str, ...]
    decision: DecisionView | None

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
    dated: str
    on: str
    text: str
    resolved: bool
    replies: tuple[ReturnComment, ...]
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
    def left(self) -> int:
        return sum(p.decision is None for p in self.proposals) + sum(c.decision is None for c in self.comments)


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
    progress: Progress
    offices: tuple[str, ...]
    may_decide: bool
    is_current: bool


def amendment_table(actor: Actor, circulation: Circulation, filters: Filters = Filters()) -> AmendmentTable:
    """Everything that this person may see of what the offices ask for."""
    rows = _Rows(actor, circulation)
    clauses = tuple(rows.clauses())
    return AmendmentTable(
        clauses=clauses,
        shown=tuple(_filtered(clauses, filters)),
        unplaced=tuple(rows.unplaced()),
        progress=_progress(clauses, rows.unplaced()),
        offices=tuple(sorted({a.ret.invitation.office_name for a in rows.amendments})),
        may_decide=may(actor, Permission.AMENDMENT_DECIDE)
        and states.allows(circulation.position.state, "decide amendments"),
        is_current=circulation.consolidated_at is not None,
    )


class _Rows:
    """The rows of one circulation that one person may see, read once: eight queries, whatever their number."""

    def __init__(self, actor: Actor, circulation: Circulation) -> None:
        self.actor = actor
        self.circulation = circulation
        mine = Amendment.objects.visible_to(actor).current().filter(ret__invitation__circulation=circulation)
        self.amendments: list[Amendment] = list(
            mine.select_related("ret__invitation", "clause")
            .prefetch_related("conflicts")
            .order_by("paragraph", "start", "pk")
        )
        self.by_pk = {amendment.pk: amendment for amendment in self.amendments}
        comments = ReturnComment.objects.visible_to(actor).filter(
            ret__invitation__circulation=circulation, ret__state="submitted"
        )
        self.comments: list[ReturnComment] = list(comments.select_related("ret__invitation").order_by("pk"))
        self.decisions = self._decisions()
        self.threads: dict[int, list[Message]] = defaultdict(list)
        for message in messages_for(actor, mine):
            self.threads[message.amendment_id].append(message)
        self.reasons = self._reasons()

    def _decisions(self) -> dict[tuple[str, int], Decision]:
        """The decision that stands on each thing, newest first in the table."""
        own = self.actor.offices
        found: dict[tuple[str, int], Decision] = {}
        standing = Decision.objects.filter(undone_at__isnull=True).select_related("decided_by", "decided_for")
        for kind, things in (("amendment", self.amendments), ("comment", self.comments)):
            # What was decided on another office's words is that office's to hear first.
            ids = [t.pk for t in things if self.actor.in_secretariat or t.ret.invitation.office in own]
            for decision in standing.filter(**{f"{kind}__in": ids}).order_by("decided_at", "pk"):
                found[kind, getattr(decision, f"{kind}_id")] = decision
        return found

    def _reasons(self) -> dict[tuple[int, int], str]:
        """The reason that each return gives on each clause."""
        returns = {amendment.ret_id for amendment in self.amendments}
        rows = Answer.objects.filter(ret__in=returns).exclude(reason="").values_list("ret_id", "clause_id", "reason")
        return {(ret, clause): reason for ret, clause, reason in rows}

    def _paragraphs(self) -> tuple[str, ...]:
        return redline.text(content(self.circulation.version.package), view="rejected")

    def clauses(self) -> Iterable[ClauseTable]:
        by_clause: dict[int, list[Amendment]] = defaultdict(list)
        for amendment in self.amendments:
            if amendment.clause_id is not None:
                by_clause[amendment.clause_id].append(amendment)
        comments: dict[int, list[ReturnComment]] = defaultdict(list)
        for comment in self.comments:
            if comment.clause_id is not None:
                comments[comment.clause_id].append(comment)
        hidden = set(editions.hidden_from(self.actor, self.circulation.version))
        paragraphs = self._paragraphs()
        views = editions.clauses_for(self.actor, self.circulation.version)
        places = {text.pk: text for text in self.circulation.version.clause_texts.all()}
        for view in views:
            text = places[view.text_id]
            given = by_clause[view.clause_id]
            formats = [a for a in given if a.kind == "format"]
            wanted = [a for a in given if a.kind != "format"]
            body = [p for p in range(text.first_paragraph, text.last_paragraph + 1) if p not in hidden]
            if len(body) > 1 and paragraphs[body[0]].strip() == text.heading.strip():
                body = body[1:]
            yield ClauseTable(
                key=view.key,
                number=view.number,
                heading=view.heading,
                paragraphs=tuple(_segments(paragraphs[p], [a for a in wanted if a.paragraph == p]) for p in body),
                proposals=tuple(self._proposals(view.number, wanted)),
                comments=tuple(self._comments(comments[view.clause_id])),
                formats=len(formats),
                office_count=len({a.ret.invitation.office for a in given}),
            )

    def _proposals(self, number: str, amendments: Sequence[Amendment]) -> Iterable[Proposal]:
        groups: dict[str, list[Amendment]] = defaultdict(list)
        for amendment in amendments:
            groups[amendment.group or amendment.key].append(amendment)
        for place, group in enumerate(groups.values(), start=1):
            yield self._proposal(f"{number.rstrip('.')}.{place}" if number else str(place), group)

    def _proposal(self, number: str, group: Sequence[Amendment]) -> Proposal:
        first = group[0]
        conflicts = {other.ret.invitation.office_name for amendment in group for other in self._conflicting(amendment)}
        reasons = [
            Reason(a.ret.invitation.office_name, self.reasons[a.ret_id, a.clause_id])
            for a in group
            if a.clause_id is not None and (a.ret_id, a.clause_id) in self.reasons
        ]
        return Proposal(
            key=first.key,
            number=number,
            keys=tuple(a.key for a in group),
            serials=tuple((a.key, a.serial) for a in group),
            offices=tuple(dict.fromkeys(a.ret.invitation.office_name for a in group)),
            how=how_it_came(group),
            ways=frozenset("form" if a.from_form else "tracked" if a.tracked else "not tracked" for a in group),
            kind=first.kind,
            lead_in=first.lead_in,
            before=first.before,
            after=first.after,
            lead_out=first.lead_out,
            reasons=tuple(reasons),
            threads=tuple(Thread(a.key, a.ret.invitation.office_name, tuple(self.threads[a.pk])) for a in group),
            conflicts=tuple(sorted(conflicts)),
            decision=_view(self.decisions.get(("amendment", first.pk))),
        )

    def _conflicting(self, amendment: Amendment) -> Iterable[Amendment]:
        """The conflicts of which both sides are visible to the reader."""
        return [self.by_pk[other.pk] for other in amendment.conflicts.all() if other.pk in self.by_pk]

    def _comments(self, comments: Sequence[ReturnComment]) -> Iterable[CommentView]:
        replies: dict[int, list[ReturnComment]] = defaultdict(list)
        for comment in comments:
            if comment.parent_id is not None:
                replies[comment.parent_id].append(comment)
        for comment in comments:
            if comment.parent_id is None:
                yield CommentView(
                    key=comment.key,
                    serial=comment.serial,
                    office=comment.ret.invitation.office_name,
                    author=comment.author,
                    dated=comment.dated,
                    on=comment.on,
                    text=comment.text,
                    resolved=comment.resolved,
                    replies=tuple(replies[comment.pk]),
                    decision=_view(self.decisions.get(("comment", comment.pk))),
                )

    def unplaced(self) -> Iterable[Unplaced]:
        for amendment in self.amendments:
            if amendment.unplaced:
                yield Unplaced(
                    key=amendment.key,
                    serial=amendment.serial,
                    office=amendment.ret.invitation.office_name,
                    how=how_it_came([amendment]),
                    before=amendment.before,
                    after=amendment.after,
                    reason=amendment.unplaced,
                    clause=amendment.clause.key if amendment.clause else "",
                    decision=_view(self.decisions.get(("amendment", amendment.pk))),
                )


def how_it_came(amendments: Sequence[Amendment]) -> str:
    """Such as "3 in Word, tracked · 1 by form"."""
    ways = Counter(_way(amendment) for amendment in amendments)
    if len(ways) == 1 and len(amendments) == 1:
        return next(iter(ways))
    return " · ".join(f"{count} {way[0].lower()}{way[1:]}" for way, count in ways.items())


def _way(amendment: Amendment) -> str:
    if amendment.from_form:
        return "By form"
    return "In Word, tracked" if amendment.tracked else "In Word, not tracked: found by comparing"


def _segments(text: str, amendments: Iterable[Amendment]) -> tuple[Segment, ...]:
    """A paragraph cut where amendments begin and end."""
    touched = sorted((a.start, a.end) for a in amendments if a.end > a.start)
    segments, at = [], 0
    for start, end in touched:
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if start > at:
            segments.append(Segment(text[at:start], touched=False))
        segments.append(Segment(text[start:end], touched=True))
        at = end
    if at < len(text) or not segments:
        segments.append(Segment(text[at:], touched=False))
    return tuple(segments)


def _view(decision: Decision | None) -> DecisionView | None:
    if decision is None:
        return None
    by = decision.decided_by.name
    if decision.decided_for:
        by = f"{by} for {decision.decided_for.name}"
    return DecisionView(
        outcome=decision.outcome,
        label=Outcome(decision.outcome).label,
        reason=decision.reason,
        words=decision.words,
        by=by,
        at=decision.decided_at,
        batch=decision.batch,
    )


def _progress(clauses: Iterable[ClauseTable], unplaced: Iterable[Unplaced]) -> Progress:
    counts = dict.fromkeys((*Outcome.values, UNDECIDED), 0)
    for clause in clauses:
        for item in (*clause.proposals, *clause.comments):
            counts[item.decision.outcome if item.decision else UNDECIDED] += 1
    for missing in unplaced:
        if not missing.clause:
            counts[missing.decision.outcome if missing.decision else UNDECIDED] += 1
    return Progress(counts)


def _filtered(clauses: Iterable[ClauseTable], filters: Filters) -> Iterable[ClauseTable]:
    """The clauses with what the filters leave of them; without filters, those with anything asked."""
    for clause in clauses:
        if filters.clause and clause.key != filters.clause:
            continue
        proposals = tuple(p for p in clause.proposals if _matches(p, filters))
        comments = clause.comments if not (filters.how or filters.words) else ()
        comments = tuple(c for c in comments if _comment_matches(c, filters))
        if proposals or comments or filters.clause:
            yield replace(clause, proposals=proposals, comments=comments)


def _matches(proposal: Proposal, filters: Filters) -> bool:
    outcome = proposal.decision.outcome if proposal.decision else UNDECIDED
    words = f"{proposal.before} {proposal.after} {' '.join(r.words for r in proposal.reasons)}".casefold()
    return (
        (not filters.office or filters.office in proposal.offices)
        and (not filters.outcome or filters.outcome == outcome)
        and (not filters.how or filters.how in proposal.ways)
        and (not filters.words or filters.words.casefold() in words)
        and not (filters.free and proposal.conflicts)
    )


def _comment_matches(comment: CommentView, filters: Filters) -> bool:
    outcome = comment.decision.outcome if comment.decision else UNDECIDED
    return (not filters.office or filters.office == comment.office) and (
        not filters.outcome or filters.outcome == outcome
    )
