"""The secretariat decides amendments and comments, and makes the next version from what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import new_key
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, Refused, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.queries import content
from folkmoot.apps.positions import states
from folkmoot.apps.positions.actions.drafting import add_version, follow_marks
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


def _may_decide(actor: Actor, position: Position) -> Authority:
    by = check(actor, Permission.AMENDMENT_DECIDE)
    states.check(position.state, "decide amendments")
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
    if not items:
        raise Invalid("Choose at least one amendment.")
    if outcome not in Outcome.values:
        raise Invalid("Choose taken, taken in part, not taken or parked.")
    if outcome in {Outcome.PART, Outcome.NOT} and not reason.strip():
        raise Invalid("Give the reason: the office is told why.")
    position = items[0].ret.invitation.circulation.position
    by = _may_decide(actor, position)
    batch = new_key()
    for item in items:
        _decide_one(actor, item, outcome, reason.strip(), words, serials, batch, by)
    return batch


def _decide_one(
    actor: Actor,
    item: Decidable,
    outcome: str,
    reason: str,
    words: str,
    serials: Mapping[str, int],
    batch: str,
    by: Authority,
) -> None:
    locked = type(item).objects.select_for_update().get(pk=item.pk)
    if locked.serial != serials.get(locked.key):
        last = locked.decisions.select_related("decided_by").first()
        who = last.decided_by.name if last else "Somebody"
        raise Conflict(f"{who} decided this a moment ago. Look at it again; nothing of yours was saved.")
    decision = Decision.objects.create(
        amendment=locked if isinstance(locked, Amendment) else None,
        comment=locked if isinstance(locked, ReturnComment) else None,
        outcome=outcome,
        reason=reason,
        words=words if outcome == Outcome.PART else "",
        batch=batch,
        decided_by_id=actor.account_id,
        decided_for_id=by.principal_id,
        decided_at=actor.now,
    )
    locked.outcome, locked.serial = outcome, locked.serial + 1
    locked.save(update_fields=["outcome", "serial"])
    record(actor, "amendment.decided", decision, by=by, outcome=outcome)


@transaction.atomic
def undo(actor: Actor, *, circulation: Circulation, batch: str) -> int:
    """Undo one step: what it decided stands again as it stood before; gives how many were undone."""
    by = _may_decide(actor, circulation.position)
    undone = 0
    for decision in Decision.objects.filter(batch=batch, undone_at__isnull=True):
        item = decision.amendment or decision.comment
        assert item is not None
        if item.ret.invitation.circulation_id != circulation.pk:
            raise Refused("This decision belongs to another circulation.")
        newest = item.decisions.filter(undone_at__isnull=True).first()
        if newest is None or newest.pk != decision.pk:
            raise Conflict("One of these was decided again since. Change it by itself.")
        decision.undone_at = actor.now
        decision.save(update_fields=["undone_at"])
        before = item.decisions.filter(undone_at__isnull=True).first()
        item.outcome = before.outcome if before else ""
        item.serial += 1
        item.save(update_fields=["outcome", "serial"])
        record(actor, "amendment.undone", decision, by=by)
        undone += 1
    if not undone:
        raise Conflict("This step was undone already.")
    return undone


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
    message = Message.objects.create(amendment=amendment, author_id=actor.account_id, text=text.strip(), at=actor.now)
    record(actor, "amendment.message", message, by=by)
    return message


@transaction.atomic
def place(actor: Actor, *, amendment: Amendment, clause: Clause) -> None:
    """Put an amendment that could not be placed under a clause, where a person will word it."""
    by = _may_decide(actor, clause.position)
    if not amendment.unplaced:
        raise Conflict("This amendment has its place already.")
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
    position = circulation.position
    by = _may_decide(actor, position)
    states.check(position.state, "make the next version")
    if position.versions.filter(number__gt=circulation.version.number).exists():
        raise Conflict("The next version has been made already. Change it, or restore this one.")
    taken = list(
        Amendment.objects.current()
        .filter(ret__invitation__circulation=circulation, outcome__in=[Outcome.TAKEN, Outcome.PART])
        .exclude(kind="format")
    )
    edits, by_edit = _edits(taken)
    applied = redline.apply_edits(content(circulation.version.package), edits, author="Secretariat", date=actor.now)
    version = add_version(
        actor,
        position=position,
        source="decisions",
        name=f"{position.title}, version {circulation.version.number + 1}.docx",
        package=applied.clean,
        tracked=applied.tracked,
        clauses=redline.top_clauses(redline.clauses(applied.clean)),
        note=note,
    )
    follow_marks(circulation.version, version)
    unplaced = []
    for missing in applied.unplaced:
        for amendment in by_edit[missing.edit_id]:
            amendment.unplaced = missing.reason[:300]
            amendment.save(update_fields=["unplaced"])
            unplaced.append((amendment, missing.reason))
    record(actor, "version.made", version, by=by, taken=sorted(a.pk for a in taken))
    return NextVersion(version, tuple(unplaced))


def _edits(taken: Sequence[Amendment]) -> tuple[list[redline.Edit], dict[str, list[Amendment]]]:
    """One edit for each effect: several offices that ask for the same are one change of the text."""
    edits: dict[str, redline.Edit] = {}
    by_edit: dict[str, list[Amendment]] = {}
    for amendment in taken:
        decision = amendment.decisions.filter(undone_at__isnull=True).first()
        after = decision.words if decision and decision.outcome == Outcome.PART and decision.words else amendment.after
        name = f"{amendment.group or amendment.key} {after}"
        by_edit.setdefault(name, []).append(amendment)
        if name not in edits:
            edits[name] = redline.Edit(
                id=name,
                kind=amendment.kind,
                paragraph=amendment.paragraph,
                start=amendment.start,
                end=amendment.end,
                before=amendment.before,
                after=after,
                target=amendment.target,
            )
    return list(edits.values()), by_edit
