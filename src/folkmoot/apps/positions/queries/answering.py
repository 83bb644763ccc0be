"""An office's desk: the question put to it, its answer in preparation, what it submitted and what became of it."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import actor_for
from folkmoot.apps.positions import editions, letters
from folkmoot.apps.positions.lateness import is_taken_late, why_not_late
from folkmoot.apps.positions.models import (
    Amendment,
    Answer,
    Circulation,
    Decision,
    Invitation,
    PersonalLink,
    Return,
    ReturnComment,
    Stance,
)
from folkmoot.apps.positions.models.amendments import Outcome


@dataclass(frozen=True, slots=True)
class OwnAmendment:
    """One change that the office asks for, and what the secretariat decided."""

    kind: str
    lead_in: str
    before: str
    after: str
    lead_out: str
    tracked: bool
    from_form: bool
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerClause:
    """One clause of the form: its text in the office's own copy, and the answer so far."""

    key: str
    number: str
    heading: str
    text: str
    stance: str
    stance_label: str
    reason: str
    proposed_words: str
    visibility: str
    amendments: tuple[OwnAmendment, ...]


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment in the office's file, and how it was treated."""

    on: str
    text: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Desk:
    """All that an office sees on its page of one circulation."""

    invitation: Invitation
    circulation: Circulation
    is_open: bool
    closing: str
    who_sees: str
    draft: Return | None
    submitted: Return | None
    history: tuple[Return, ...]
    clauses: tuple[AnswerClause, ...]
    comments: tuple[OwnComment, ...]
    unplaced: tuple[OwnAmendment, ...]
    may_submit: bool
    may_release: bool

    @property
    def current(self) -> Return | None:
        """What the form shows: the answer in preparation, else the one that counts."""
        return self.draft or self.submitted

    @property
    def answered(self) -> int:
        return sum(bool(clause.stance) for clause in self.clauses)


def invitation_for(actor: Actor, circulation: Circulation, office: str | None = None) -> Invitation | None:
    """The invitation of the person's own office; of the one named, for whoever may file for it."""
    invitations = circulation.invitations.select_related("circulation__position", "circulation__version", "package")
    if office is None:
        return invitations.filter(office__in=sorted(actor.offices)).first() if actor.in_office else None
    if not actor.in_secretariat or not may(actor, Permission.RETURN_FILE_FOR_OFFICE):
        return None
    return invitations.filter(office=office).first()


def link_for(secret: str) -> PersonalLink | None:
    """The personal link with this secret, whatever became of its circulation."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    return (
        PersonalLink.objects.filter(digest=digest, account__is_active=True)
        .select_related("account", "invitation__circulation__position", "invitation__circulation__version")
        .first()
    )


def actor_by_link(link: PersonalLink, *, visitor: Actor) -> Actor:
    """Who comes by a personal link: that person, confined to that circulation, at the visitor's moment."""
    confined = f"circulation:{link.invitation.circulation_id}"
    return actor_for(link.account, now=visitor.now, today=visitor.today, confined=confined)


def desk_for(actor: Actor, invitation: Invitation) -> Desk:
    """The office's page."""
    circulation = invitation.circulation
    returns = list(
        Return.objects.visible_to(actor).filter(invitation=invitation).select_related("file").order_by("-started_at")
    )
    draft = next((r for r in returns if r.state == "draft"), None)
    submitted = next((r for r in returns if r.state == "submitted"), None)
    current = draft or submitted
    amendments = _amendments(actor, current)
    placed: dict[int, list[OwnAmendment]] = defaultdict(list)
    for clause_id, own in amendments:
        if clause_id is not None:
            placed[clause_id].append(own)
    return Desk(
        invitation=invitation,
        circulation=circulation,
        is_open=circulation.takes_answers(actor.now) or _is_taken_late(actor, invitation),
        closing=letters.closing(circulation),
        who_sees=letters.WHO_SEES[circulation.disclosure],
        draft=draft,
        submitted=submitted,
        history=tuple(r for r in returns if r not in (draft, submitted)),
        clauses=tuple(_clauses(invitation, current, placed)),
        comments=tuple(_comments(actor, current)),
        unplaced=tuple(own for clause_id, own in amendments if clause_id is None),
        may_submit=actor.in_secretariat or may(actor, Permission.RETURN_SUBMIT, office=invitation.office),
        may_release=may(actor, Permission.RETURN_RELEASE, office=invitation.office),
    )


def _is_taken_late(actor: Actor, invitation: Invitation) -> bool:
    """True where the secretariat goes on with an answer that it takes after closing."""
    if not actor.in_secretariat or not is_taken_late(invitation):
        return False
    return not why_not_late(invitation.circulation, actor.now)


def _clauses(
    invitation: Invitation, current: Return | None, placed: dict[int, list[OwnAmendment]]
) -> list[AnswerClause]:
    answers = {a.clause_id: a for a in Answer.objects.filter(ret=current)} if current else {}
    hidden = invitation.hidden_paragraphs
    clauses = []
    for view in editions.clauses_without(invitation.circulation.version, hidden):
        answer = answers.get(view.clause_id)
        clauses.append(
            AnswerClause(
                key=view.key,
                number=view.number,
                heading=view.heading,
                text=view.text,
                stance=answer.stance if answer else "",
                stance_label=Stance(answer.stance).label if answer else "",
                reason=answer.reason if answer else "",
                proposed_words=answer.proposed_words if answer else "",
                visibility=answer.visibility if answer else "as-announced",
                amendments=tuple(placed[view.clause_id]),
            )
        )
    return clauses


def _amendments(actor: Actor, current: Return | None) -> list[tuple[int | None, OwnAmendment]]:
    """The return's amendments with their clause; format changes are counted elsewhere."""
    if current is None:
        return []
    rows = list(Amendment.objects.visible_to(actor).filter(ret=current).exclude(kind="format"))
    reasons = _reasons("amendment", [row.pk for row in rows])
    return [
        (
            row.clause_id,
            OwnAmendment(
                kind=row.kind,
                lead_in=row.lead_in,
                before=row.before,
                after=row.after,
                lead_out=row.lead_out,
                tracked=row.tracked,
                from_form=row.from_form,
                outcome=Outcome(row.outcome).label if row.outcome else "",
                reason=reasons.get(row.pk, ""),
            ),
        )
        for row in rows
    ]


def _comments(actor: Actor, current: Return | None) -> list[OwnComment]:
    if current is None:
        return []
    rows = list(ReturnComment.objects.visible_to(actor).filter(ret=current))
    reasons = _reasons("comment", [row.pk for row in rows])
    return [
        OwnComment(
            on=row.on,
            text=row.text,
            outcome=Outcome(row.outcome).label if row.outcome else "",
            reason=reasons.get(row.pk, ""),
        )
        for row in rows
    ]


def _reasons(kind: str, ids: list[int]) -> dict[int, str]:
    """The reason of the decision that stands on each thing."""
    decisions = Decision.objects.filter(undone_at__isnull=True, **{f"{kind}__in": ids}).order_by("decided_at", "pk")
    return {getattr(decision, f"{kind}_id"): decision.reason for decision in decisions}
