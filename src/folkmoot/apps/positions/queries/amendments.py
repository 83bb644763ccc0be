"""The table of amendments: by clause, same effects together, with what was decided and what cannot be placed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions import editions, states
from folkmoot.apps.positions.models import (
    Amendment,
    Answer,
    Circulation,
    ClauseText,
    Decision,
    Message,
    ReturnComment,
)
from folkmoot.apps.positions.models.amendments import Outcome
from folkmoot.apps.positions.queries.amendment_values import (
    EVERYTHING,
    UNDECIDED,
    AmendmentTable,
    ClauseTable,
    CommentView,
    DecisionView,
    Filters,
    Progress,
    Proposal,
    Reason,
    Segment,
    Thread,
    Unplaced,
    filtered,
)
from folkmoot.apps.positions.queries.common import messages_for
from folkmoot.apps.positions.queries.sight import Sight


def amendment_table(actor: Actor, circulation: Circulation, filters: Filters = EVERYTHING) -> AmendmentTable:
    """Everything that this person may see of what the offices ask for."""
    rows = Rows(actor, circulation)
    clauses = tuple(rows.clauses())
    unplaced, loose = tuple(rows.unplaced()), tuple(rows.loose_comments())
    return AmendmentTable(
        clauses=clauses,
        shown=tuple(filtered(clauses, filters)),
        unplaced=unplaced,
        loose=loose,
        progress=_progress([*(item for clause in clauses for item in clause.items), *unplaced, *loose]),
        offices=tuple(sorted({a.ret.invitation.office_name for a in rows.amendments})),
        may_decide=may(actor, Permission.AMENDMENT_DECIDE)
        and states.allows(circulation.position.state, "decide amendments"),
        is_current=circulation.consolidated_at is not None,
    )


class Rows:
    """The rows of one circulation that one person may see, read once: a dozen queries, whatever their number."""

    def __init__(self, actor: Actor, circulation: Circulation) -> None:
        self.actor = actor
        self.circulation = circulation
        self.sight = Sight(actor, circulation.version)
        self.keys: dict[int | None, str] = {text.clause_id: text.clause.key for text in self.sight.texts}
        self.amendments = visible_amendments(actor, circulation, self.sight)
        self.comments = visible_comments(actor, circulation, self.sight)
        self.decisions = self._decisions()
        self.threads = self._threads()
        self.reasons = self._reasons()
        self.groups = self._groups()
        self.conflicts = self._conflicts()

    def knows(self, thing: Amendment | ReturnComment) -> bool:
        """What was decided on another office's words is that office's to hear."""
        return self.actor.in_secretariat or thing.ret.invitation.office in self.actor.offices

    def _decisions(self) -> dict[tuple[str, int], Decision]:
        """The decision that stands on each thing: the newest that nobody undid."""
        found: dict[tuple[str, int], Decision] = {}
        standing = Decision.objects.filter(undone_at__isnull=True).select_related("decided_by", "decided_for")
        for kind, things in (("amendment", self.amendments), ("comment", self.comments)):
            known = [thing.pk for thing in things if self.knows(thing)]
            for decision in standing.filter(**{f"{kind}__in": known}).order_by("decided_at", "pk"):
                found[kind, getattr(decision, f"{kind}_id")] = decision
        return found

    def decision_on(self, thing: Amendment | ReturnComment) -> DecisionView | None:
        """The decision that stands on a thing, if the reader may know it."""
        kind = "amendment" if isinstance(thing, Amendment) else "comment"
        return _view(self.decisions.get((kind, thing.pk)))

    def _threads(self) -> dict[int, list[Message]]:
        threads: dict[int, list[Message]] = defaultdict(list)
        known = Amendment.objects.filter(pk__in=[a.pk for a in self.amendments])
        for message in messages_for(self.actor, known):
            threads[message.amendment_id].append(message)
        return threads

    def _reasons(self) -> dict[tuple[int, int | None], str]:
        """The reason that each return gives on each clause."""
        returns = {amendment.ret_id for amendment in self.amendments}
        rows = Answer.objects.filter(ret__in=returns).exclude(reason="").values_list("ret_id", "clause_id", "reason")
        return {(ret, clause): reason for ret, clause, reason in rows}

    def _groups(self) -> dict[tuple[int | None, str], list[Amendment]]:
        """The amendments of one effect in one clause; what waits for its group stands alone."""
        groups: dict[tuple[int | None, str], list[Amendment]] = defaultdict(list)
        for amendment in self.amendments:
            if amendment.kind != "format":
                groups[amendment.clause_id, amendment.group or amendment.key].append(amendment)
        return groups

    def _conflicts(self) -> dict[int, set[str]]:
        """For each amendment, the proposals that touch its words; only what the reader sees on both sides."""
        proposal_of = {a.pk: group[0].key for group in self.groups.values() for a in group}
        through = Amendment.conflicts.through.objects.filter(from_amendment__in=list(proposal_of))
        found: dict[int, set[str]] = defaultdict(set)
        for one, other in through.values_list("from_amendment_id", "to_amendment_id"):
            if other in proposal_of:
                found[one].add(proposal_of[other])
        return found

    def clauses(self) -> Iterable[ClauseTable]:
        paragraphs = editions.paragraphs(self.circulation.version)
        places = {text.pk: text for text in self.sight.texts}
        for view in editions.clauses_without(self.circulation.version, self.sight.hidden):
            given = [a for a in self.amendments if a.clause_id == view.clause_id]
            body = self._body(places[view.text_id], paragraphs)
            yield ClauseTable(
                key=view.key,
                number=view.number,
                heading=view.heading,
                paragraphs=tuple(_segments(paragraphs[p], [a for a in given if a.paragraph == p]) for p in body),
                proposals=tuple(self._proposals(view)),
                comments=tuple(self._comments([c for c in self.comments if c.clause_id == view.clause_id])),
                formats=sum(a.kind == "format" for a in given),
                office_count=len({a.ret.invitation.office for a in given}),
            )

    def _body(self, text: ClauseText, paragraphs: Sequence[str]) -> list[int]:
        """The paragraphs of a clause that the reader sees, without its heading."""
        places = range(text.first_paragraph, text.last_paragraph + 1)
        body = [place for place in places if place not in self.sight.hidden]
        has_heading = len(body) > 1 and paragraphs[body[0]].strip() == text.heading.strip()
        return body[1:] if has_heading else body

    def _proposals(self, view: editions.ClauseView) -> Iterable[Proposal]:
        groups = [group for (clause_id, _), group in self.groups.items() if clause_id == view.clause_id]
        for place, group in enumerate(groups, start=1):
            yield self._proposal(f"{view.number.rstrip('.')}.{place}" if view.number else str(place), group)

    def _proposal(self, number: str, group: Sequence[Amendment]) -> Proposal:
        first = group[0]
        known = [a for a in group if self.knows(a)]
        decided = [d for a in known if (d := self.decisions.get(("amendment", a.pk)))]
        newest = max(decided, key=lambda d: (d.decided_at, d.pk), default=None)
        return Proposal(
            key=first.key,
            number=number,
            serials=tuple((a.key, a.serial) for a in group),
            offices=tuple(dict.fromkeys(a.ret.invitation.office_name for a in group)),
            how=how_it_came(group),
            ways=frozenset(_way(a) for a in group),
            kind=first.kind,
            lead_in=first.lead_in,
            before=first.before,
            after=first.after,
            lead_out=first.lead_out,
            reasons=tuple(self.reasons_of(group)),
            threads=tuple(
                Thread(a.key, a.ret.invitation.office_name, tuple(self.threads[a.pk]), may_write=self.knows(a))
                for a in group
            ),
            conflicts=tuple(sorted({key for a in group for key in self.conflicts[a.pk]} - {first.key})),
            is_known=bool(known),
            decision=_view(newest) if len(decided) == len(known) else None,
            earlier=_view(newest) if len(decided) < len(known) else None,
        )

    def reasons_of(self, group: Sequence[Amendment]) -> Iterable[Reason]:
        for amendment in group:
            invitation = amendment.ret.invitation
            words = self.reasons.get((amendment.ret_id, amendment.clause_id))
            if words and self.sight.may_read_on(invitation, amendment.clause_id):
                yield Reason(invitation.office_name, words)

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
                    on=comment.on,
                    text=comment.text,
                    resolved=comment.resolved,
                    replies=tuple(replies[comment.pk]),
                    is_known=self.knows(comment),
                    decision=self.decision_on(comment),
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
                    clause=self.keys.get(amendment.clause_id, ""),
                    is_known=self.knows(amendment),
                    decision=self.decision_on(amendment),
                )

    def loose_comments(self) -> Iterable[CommentView]:
        """Comments that hang on no clause: on the title, or outside the body."""
        return self._comments([comment for comment in self.comments if comment.clause_id is None])


def visible_amendments(actor: Actor, circulation: Circulation, sight: Sight) -> list[Amendment]:
    """The amendments of current returns that this person may see, in the order of the text."""
    found = Amendment.objects.visible_to(actor).current().filter(ret__invitation__circulation=circulation)
    rows = found.prefetch_related("ret__invitation").order_by("paragraph", "start", "pk")
    return [amendment for amendment in rows if sight.may_read(amendment)]


def visible_comments(actor: Actor, circulation: Circulation, sight: Sight) -> list[ReturnComment]:
    """The comments in current returns that this person may see."""
    found = ReturnComment.objects.visible_to(actor).current().filter(ret__invitation__circulation=circulation)
    rows = found.prefetch_related("ret__invitation").order_by("pk")
    return [comment for comment in rows if sight.may_read_on(comment.ret.invitation, comment.clause_id)]


def opening(comments: Sequence[ReturnComment]) -> list[ReturnComment]:
    """The comments that open a thread; what is decided is decided on the thread."""
    known = {comment.pk for comment in comments}
    return [comment for comment in comments if comment.parent_id not in known]


WAYS = {"tracked": "In Word, tracked", "not tracked": "In Word, not tracked: found by comparing", "form": "By form"}


def how_it_came(amendments: Sequence[Amendment]) -> str:
    """Such as "3 in Word, tracked · 1 by form"."""
    ways = Counter(_way(amendment) for amendment in amendments)
    words = [(WAYS[way], count) for way, count in ways.items()]
    if len(amendments) == 1:
        return words[0][0]
    return " · ".join(f"{count} {way[0].lower()}{way[1:]}" for way, count in words)


def _way(amendment: Amendment) -> str:
    if amendment.from_form:
        return "form"
    return "tracked" if amendment.tracked else "not tracked"


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


def _progress(things: Iterable[Proposal | CommentView | Unplaced]) -> Progress:
    """What is decided of what the reader may know decisions on; what was placed by hand counts in its clause."""
    known = [thing for thing in things if thing.is_known and not (isinstance(thing, Unplaced) and thing.clause)]
    counts = Counter(thing.decision.outcome if thing.decision else UNDECIDED for thing in known)
    return Progress({outcome: counts[outcome] for outcome in (*Outcome.values, UNDECIDED)})
