"""The secretariat decides amendments and comments, and makes the next version from what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import new_key
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, Refused, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import states
from folkmoot.apps.positions.actions.drafting import add_version, follow_marks
from folkmoot.apps.positions.actions.turns import take_turn
from folkmoot.apps.positions.models import (
    Amendment,
    Circulation,
    Clause,
    Decision,
    Message,
    Position,
    ReturnComment,
    Version,
)
from folkmoot.apps.positions.models.amendments import Outcome
from folkmoot.engines import redline

Decidable = Amendment | ReturnComment


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided on one amendment, with the serial that it had when somebody looked at it."""

    key: str
    serial: int
    outcome: str
    reason: str = ""
    words: str = ""


WITHOUT_WORDS = "Taken in part, without the words that go in: change the text by hand."


def _may_decide(actor: Actor, position: Position) -> Authority:
    by = check(actor, Permission.AMENDMENT_DECIDE)
    take_turn(position, "decide amendments")
    return by


@transaction.atomic
def decide(
    actor: Actor,
    *,
    items: Sequence[Decidable],
    outcome: str,
    reason: str = "",
    words: str = "",
    serials: Mapping[str, int],
) -> str:
    """Decide one proposal (the amendments of one effect) or several at once; gives the batch key, for undo.

    `serials` holds, by key, the serial of each item as the page showed it: where somebody else decided meanwhile, the
    answer is Conflict and nothing is changed.
    """
    check(actor, Permission.AMENDMENT_DECIDE)
    if not items:
        raise Invalid("Choose at least one amendment.")
    _check_verdict(outcome, reason)
    circulations = {item.ret.invitation.circulation for item in items}
    if len(circulations) > 1:
        raise Invalid("Decide the amendments of one circulation at a time.")
    by = _may_decide(actor, circulations.pop().position)
    batch = new_key()
    for item in sorted(items, key=_in_turn):
        verdict = Verdict(item.key, serials.get(item.key, -1), outcome, reason, words)
        _decide_one(actor, by, _locked(item, serials), verdict, batch)
    return batch


@transaction.atomic
def decide_each(actor: Actor, *, circulation: Circulation, verdicts: Sequence[Verdict]) -> str:
    """Decide many amendments and comments of a round, each in its own way, all or none; gives the one batch key."""
    check(actor, Permission.AMENDMENT_DECIDE)
    if not verdicts:
        raise Invalid("There is nothing to decide.")
    by = _may_decide(actor, circulation.position)
    batch = new_key()
    keys = [verdict.key for verdict in verdicts]
    found: dict[str, Decidable] = {}
    for kind in (ReturnComment, Amendment):
        mine = kind.objects.visible_to(actor).current().filter(ret__invitation__circulation=circulation)
        found |= {item.key: item for item in mine.filter(key__in=keys)}
    serials = {verdict.key: verdict.serial for verdict in verdicts}
    for verdict in verdicts:
        _check_verdict(verdict.outcome, verdict.reason)
        if verdict.key not in found:
            raise Conflict("One of these is no longer in the round. Export the table again.")
    for verdict in sorted(verdicts, key=lambda each: _in_turn(found[each.key])):
        _decide_one(actor, by, _locked(found[verdict.key], serials), verdict, batch)
    return batch


def _in_turn(item: Decidable) -> tuple[str, int]:
    """One order, so that two people who decide the same items wait for each other and do not block each other."""
    return str(item._meta.model_name), item.pk


def _check_verdict(outcome: str, reason: str) -> None:
    if outcome not in Outcome.values:
        raise Invalid("Choose taken, taken in part, not taken or parked.")
    if outcome in {Outcome.PART, Outcome.NOT} and not reason.strip():
        raise Invalid("Give the reason: the office is told why.")


def _decide_one(actor: Actor, by: Authority, item: Decidable, verdict: Verdict, batch: str) -> None:
    """Write one decision down; the item is held."""
    decision = Decision.objects.create(
        amendment=item if isinstance(item, Amendment) else None,
        comment=item if isinstance(item, ReturnComment) else None,
        outcome=verdict.outcome,
        reason=verdict.reason.strip(),
        words=verdict.words.strip() if verdict.outcome == Outcome.PART else "",
        batch=batch,
        decided_by_id=cast(int, actor.account_id),
        decided_for_id=by.principal_id,
        decided_at=actor.now,
    )
    _now_stands(item, verdict.outcome)
    record(actor, "amendment.decided", decision, by=by, outcome=verdict.outcome)


def _locked(item: Decidable, serials: Mapping[str, int]) -> Decidable:
    """The item as it stands now, if that is how the page showed it."""
    locked: Decidable = type(item).objects.select_for_update(of=("self",)).select_related("ret").get(pk=item.pk)
    if locked.ret.state != "submitted":
        raise Conflict("The office has withdrawn or replaced this answer. Look at the table again.")
    if locked.serial != serials.get(locked.key):
        last = locked.decisions.select_related("decided_by").first()
        who = last.decided_by.name if last else "Somebody"
        raise Conflict(f"{who} decided this a moment ago. Look at it again; nothing of yours was saved.")
    return locked


def _now_stands(item: Decidable, outcome: str) -> None:
    item.outcome, item.serial = outcome, item.serial + 1
    item.save(update_fields=["outcome", "serial"])


@transaction.atomic
def undo(actor: Actor, *, circulation: Circulation, batch: str) -> int:
    """Undo one step: what it decided stands again as it stood before; gives how many were undone."""
    by = _may_decide(actor, circulation.position)
    decisions = list(Decision.objects.select_for_update().filter(batch=batch, undone_at__isnull=True).order_by("pk"))
    if not decisions:
        raise Conflict("This step was undone already.")
    for decision in decisions:
        _undo_one(actor, circulation, decision)
        record(actor, "amendment.undone", decision, by=by)
    return len(decisions)


def _undo_one(actor: Actor, circulation: Circulation, decision: Decision) -> None:
    kind, pk = (Amendment, decision.amendment_id) if decision.amendment_id else (ReturnComment, decision.comment_id)
    item = kind.objects.select_for_update().get(pk=pk)
    if item.ret.invitation.circulation_id != circulation.pk:
        raise Refused("This decision belongs to another circulation.")
    standing = item.decisions.filter(undone_at__isnull=True)
    if standing.first() != decision:
        raise Conflict("One of these was decided again since. Change it by itself.")
    decision.undone_at = actor.now
    decision.save(update_fields=["undone_at"])
    before = standing.first()
    _now_stands(item, before.outcome if before else "")


@transaction.atomic
def reply(actor: Actor, *, amendment: Amendment, text: str) -> Message:
    """Write to the office about its amendment, or, as the office, back. No other office sees it."""
    if not text.strip():
        raise Invalid("Write something first.")
    invitation = amendment.ret.invitation
    if actor.in_secretariat:
        by = check(actor, Permission.AMENDMENT_DECIDE)
    else:
        by = check(actor, Permission.RETURN_DRAFT, office=invitation.office)
    message = Message.objects.create(
        amendment=amendment, author_id=cast(int, actor.account_id), text=text.strip(), at=actor.now
    )
    record(actor, "amendment.message", message, by=by)
    return message


@transaction.atomic
def place(actor: Actor, *, amendment: Amendment, clause: Clause) -> None:
    """Put an amendment that could not be placed under a clause, where a person will word it."""
    circulation = amendment.ret.invitation.circulation
    by = _may_decide(actor, circulation.position)
    if not amendment.unplaced:
        raise Conflict("This amendment has its place already.")
    if not clause.texts.filter(version=circulation.version).exists():
        raise Invalid("This clause is not in the circulated text. Choose another one.")
    amendment.clause = clause
    amendment.save(update_fields=["clause"])
    record(actor, "amendment.placed", amendment, by=by, clause=clause.pk)


@dataclass(frozen=True, slots=True)
class NextVersion:
    """A new version, and the amendments that found no place in it, with the reason."""

    version: Version
    unplaced: tuple[tuple[Amendment, str], ...]


@transaction.atomic
def make_next_version(actor: Actor, *, circulation: Circulation, note: str = "") -> NextVersion:
    """The circulated version with what was taken: one clean package, one with the changes tracked against the last.

    Nothing is taken that nobody decided. What finds no place is kept with its reason and shown.
    """
    base = circulation.version
    by = _may_make_version(actor, circulation)
    taken = _Taken(circulation)
    applied = redline.apply_edits(content(base.package), taken.edits, author="Secretariat", date=actor.now)
    version = add_version(
        actor,
        position=circulation.position,
        source="decisions",
        name=f"{circulation.position.title}, version {base.number + 1}.docx",
        package=applied.clean,
        tracked=applied.tracked,
        clauses=redline.top_clauses(redline.clauses(applied.clean)),
        note=note,
    )
    follow_marks(base, version)
    unplaced = taken.without_words
    unplaced += [(a, reason.reason) for reason in applied.unplaced for a in taken.by_edit[reason.edit_id]]
    for amendment, reason in unplaced:
        amendment.unplaced = reason[:300]
        amendment.save(update_fields=["unplaced"])
    record(actor, "version.made", version, by=by, taken=taken.keys)
    return NextVersion(version, tuple(unplaced))


def _may_make_version(actor: Actor, circulation: Circulation) -> Authority:
    position = circulation.position
    by = _may_decide(actor, position)
    states.check(position.state, "make the next version")
    if position.versions.filter(number__gt=circulation.version.number).exists():
        raise Conflict("The next version has been made already. Change it, or restore this one.")
    return by


class _Taken:
    """What was taken in a circulation, as edits: several offices that ask for the same are one change of the text."""

    def __init__(self, circulation: Circulation) -> None:
        self.by_edit: dict[str, list[Amendment]] = {}
        self.without_words: list[tuple[Amendment, str]] = []
        self.edits: list[redline.Edit] = []
        self.keys: list[str] = []
        for amendment in _taken(circulation):
            self.keys.append(amendment.key)
            decision = next(d for d in amendment.decisions.all() if d.undone_at is None)
            edit = _edit(amendment, decision)
            if edit is None:
                self.without_words.append((amendment, WITHOUT_WORDS))
                continue
            if edit.id not in self.by_edit:
                self.edits.append(edit)
            self.by_edit.setdefault(edit.id, []).append(amendment)


def _taken(circulation: Circulation) -> QuerySet[Amendment]:
    return (
        Amendment.objects.current()
        .filter(ret__invitation__circulation=circulation, outcome__in=[Outcome.TAKEN, Outcome.PART])
        .exclude(kind="format")
        .prefetch_related("decisions")
        .order_by("paragraph", "start", "pk")
    )


def _edit(amendment: Amendment, decision: Decision) -> redline.Edit | None:
    """The change of the text that a decision makes; None where it takes a part and does not say in which words."""
    kind = cast(redline.Kind, amendment.kind)
    worded = redline.wording(kind, amendment.before, amendment.after, decision.outcome, decision.words)
    if worded is None:
        return None
    kind, after = worded
    return redline.Edit(
        id=f"{amendment.group or amendment.key} {after}",
        kind=kind,
        paragraph=amendment.paragraph,
        start=amendment.start,
        end=amendment.end,
        before=amendment.before,
        after=after,
        target=amendment.target,
    )
