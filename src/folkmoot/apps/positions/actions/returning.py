"""An office's answer, from its first draft to its submission, withdrawal or release."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import new_key
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, Refused, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.actions import store
from folkmoot.apps.positions import consolidation
from folkmoot.apps.positions.actions.form_amendments import amendments_from_words
from folkmoot.apps.positions.actions.turns import hold_return, hold_round
from folkmoot.apps.positions.lateness import LONGEST_REASON, is_taken_late, why_not_late
from folkmoot.apps.positions.models import Answer, Circulation, ClauseText, Invitation, Return, ReturnComment, Stance
from folkmoot.apps.positions.tasks import consolidate_circulation
from folkmoot.apps.search.index import reindex

NEEDS_A_STEP = frozenset({"unreadable", "other-document", "older-draft"})


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a person chose for one clause."""

    stance: str
    reason: str = ""
    proposed_words: str = ""
    visibility: str = "as-announced"


def _may_answer(
    actor: Actor,
    invitation: Invitation,
    permission: Permission = Permission.RETURN_DRAFT,
    *,
    late_because: str = "",
) -> Authority:
    """An office's own people, or the secretariat for it; while the circulation is open, or late with the reason."""
    hold_round(invitation.circulation)
    if not invitation.circulation.takes_answers(actor.now):
        _must_be_taken_late(actor, invitation, late_because)
    if actor.in_secretariat:
        return check(actor, Permission.RETURN_FILE_FOR_OFFICE)
    return check(actor, permission, office=invitation.office)


def _must_be_taken_late(actor: Actor, invitation: Invitation, late_because: str) -> None:
    """After closing the secretariat alone takes an answer, says why, and only into a text that is still open."""
    if not actor.in_secretariat or not (late_because.strip() or is_taken_late(invitation)):
        raise Conflict(
            "This circulation has closed, so nothing was changed. Ring the secretariat: it can open another round."
        )
    if len(late_because.strip()) > LONGEST_REASON:
        raise Invalid(f"Say in at most {LONGEST_REASON} characters why the answer is taken after closing.")
    if why := why_not_late(invitation.circulation, actor.now):
        raise Conflict(why)


def _may_change(actor: Actor, ret: Return, permission: Permission = Permission.RETURN_DRAFT) -> Authority:
    """Whoever prepares this answer, until it is submitted; the secretariat only where it files for the office."""
    by = _may_answer(actor, ret.invitation, permission)
    hold_return(ret)
    _must_not_be_the_offices(actor, ret)
    if ret.state != "draft":
        raise Conflict("This answer has been submitted already. Begin a new one; both are kept.")
    return by


def _must_not_be_the_offices(actor: Actor, ret: Return) -> None:
    """What an office prepared or submitted itself, the secretariat neither changes nor withdraws."""
    if actor.in_secretariat and not ret.filed_for_office:
        raise Refused("This answer is the office’s own. Ask the office to change or withdraw it.")


@transaction.atomic
def begin_return(actor: Actor, *, invitation: Invitation, channel: str = "form", late_because: str = "") -> Return:
    """The office's answer in preparation; the one already begun, where there is one.

    An office that goes on with what the secretariat began for it makes it its own. `late_because` says why the
    secretariat takes it after closing; before closing there is nothing to say.
    """
    _may_answer(actor, invitation, late_because=late_because)
    _bring_back(actor, invitation)
    ret, begun = Return.objects.get_or_create(
        invitation=invitation,
        state="draft",
        defaults={
            "channel": channel,
            "filed_for_office": actor.in_secretariat,
            "started_by_id": cast(int, actor.account_id),
            "started_at": actor.now,
            "late_because": _reason_for_late(actor, invitation, late_because),
        },
    )
    if begun:
        carry_over(ret)
        record(actor, "return.begun", ret)
        if ret.late_because:
            record(actor, "return.taken-late", ret, because=ret.late_because)
    elif actor.in_secretariat and not ret.filed_for_office:
        raise Conflict("This office is preparing its own answer. Ask it to submit that one.")
    elif ret.filed_for_office and not actor.in_secretariat:
        ret.filed_for_office = False
        ret.save(update_fields=["filed_for_office"])
        record(actor, "return.taken-over", ret)
    return ret


def _bring_back(actor: Actor, invitation: Invitation) -> None:
    """Where there is more time, whoever began an answer goes on with what was kept aside of it after closing."""
    in_time = invitation.circulation.takes_answers(actor.now)
    if not in_time or invitation.returns.filter(state="draft").exists():
        return
    kept = invitation.returns.filter(state="aside", filed_for_office=actor.in_secretariat).first()
    if kept is not None:
        hold_return(kept)
        kept.state = "draft"
        kept.save(update_fields=["state"])
        record(actor, "return.taken-up", kept)


def _reason_for_late(actor: Actor, invitation: Invitation, given: str) -> str:
    """Why the answer is taken after closing: as given now, or as given for the one that it replaces."""
    if invitation.circulation.takes_answers(actor.now):
        return ""
    before = invitation.returns.filter(state="submitted").first()
    return given.strip() or (before.late_because if before else "")


def carry_over(ret: Return) -> None:
    """A second return begins as a copy of the first, file included, so that nobody does anything twice."""
    before = ret.invitation.returns.filter(state__in=["submitted", "withdrawn"]).order_by("-submitted_at").first()
    if before is None:
        return
    for name in ("file", "status", "detail", "whose_view", "cleared_by", "note"):
        setattr(ret, name, getattr(before, name))
    if before.file:
        ret.channel = before.channel
    ret.save()
    _copy(before.answers.all(), ret)
    _copy(before.amendments.all(), ret)
    _copy_comments(before, ret)


def _copy(rows: QuerySet[Any], ret: Return) -> None:
    """The same rows for another return, undecided."""
    copies = []
    for row in rows:
        row.pk, row.ret = None, ret
        row._state.adding = True
        if not isinstance(row, Answer):
            row.key, row.outcome, row.serial = new_key(), "", 0
        copies.append(row)
    rows.model.objects.bulk_create(copies)
    reindex(rows.model, rows.model.objects.filter(ret=ret).values_list("pk", flat=True))


def _copy_comments(before: Return, ret: Return) -> None:
    """Comments with their threads: each reply hangs on the copy of what it answers."""
    parents = {c.number: c.parent.number for c in before.comments.select_related("parent") if c.parent}
    _copy(before.comments.all(), ret)
    copies = {comment.number: comment for comment in ret.comments.all()}
    for number, parent in parents.items():
        copies[number].parent = copies[parent]
    ReturnComment.objects.bulk_update(copies.values(), ["parent"])


def attach_word(actor: Actor, *, ret: Return, name: str, data: bytes) -> Return:
    """Add a Word file to an answer in preparation: kept whatever it is, then read, its status told at once.

    A clause that the file amends is filled in as "support if amended" for the office to confirm; what the office
    chose before stays.
    """
    _keep_file(actor, ret, name, data)
    return read_kept_word(ret, data, named=actor.in_secretariat)


def read_kept_word(ret: Return, data: bytes, *, named: bool) -> Return:
    """Read the file that an answer in preparation holds. `named`: whoever is told may know which office it is."""
    read, token = None, None
    try:
        read = consolidation.read_word_return(ret, data)
        ret.status, ret.detail, token = read.returns[0].status, read.returns[0].detail, read.returns[0].token
    except Invalid as error:
        ret.status, ret.detail = "unreadable", str(error)
    kept = "The file is kept as it came." if ret.status == "unreadable" else ""
    advice = (ret.detail, _whose_copy(ret, token, named=named), kept)
    ret.detail = " ".join(filter(None, advice))
    with transaction.atomic():
        _must_be_the_same(ret)
        ret.save(update_fields=["status", "detail"])
        if read is not None:
            consolidation.keep_what_was_read(ret, read)
            _fill_in(ret)
    return ret


def _whose_copy(ret: Return, token: str | None, *, named: bool) -> str:
    """Each office's copy bears its own token, so that a file filed for the wrong office is noticed."""
    others = ret.invitation.circulation.invitations.exclude(pk=ret.invitation_id)
    other = others.filter(token=token).first() if token else None
    if other is None:
        return ""
    return f"It is the copy that was sent to {other.office_name if named else 'another office'}."


@transaction.atomic
def _keep_file(actor: Actor, ret: Return, name: str, data: bytes) -> None:
    _may_change(actor, ret)
    ret.file = store(actor, name=name, data=data, kind="return")
    ret.channel, ret.status, ret.detail = "upload", "", "Not read yet."
    ret.save(update_fields=["file", "channel", "status", "detail"])
    ret.amendments.filter(from_form=False).delete()
    ret.comments.all().delete()
    record(actor, "return.word-attached", ret, sha256=ret.file.sha256)


def _must_be_the_same(ret: Return) -> None:
    """Reading takes its time, and nobody is kept from going on meanwhile."""
    now = Return.objects.select_for_update().get(pk=ret.pk)
    if now.file_id != ret.file_id or now.state != "draft":
        raise Conflict("The answer was changed while this file was being read. Look at it again.")


def _fill_in(ret: Return) -> None:
    """For each clause that the Word file amends and that has no answer yet: support if amended."""
    answered = set(ret.answers.values_list("clause_id", flat=True))
    amended = set(ret.amendments.exclude(kind="format").exclude(clause=None).values_list("clause_id", flat=True))
    for text in _clause_texts(ret).filter(clause_id__in=amended - answered):
        Answer.objects.create(ret=ret, clause_id=text.clause_id, clause_text=text, stance=Stance.IF_AMENDED)


def _clause_texts(ret: Return) -> QuerySet[ClauseText]:
    return ClauseText.objects.filter(version=ret.invitation.circulation.version)


@transaction.atomic
def save_answers(actor: Actor, *, ret: Return, answers: Mapping[str, GivenAnswer], note: str | None = None) -> None:
    """Keep what was chosen so far, by clause key. A clause with no stance has no answer."""
    _may_change(actor, ret)
    texts = {text.clause.key: text for text in _clause_texts(ret).select_related("clause")}
    for key, given in answers.items():
        if key not in texts:
            raise Invalid("One of the clauses is not in the circulated text. Open the form again.")
        _save_answer(ret, texts[key], given)
    if note is not None:
        ret.note = note.strip()
        ret.save(update_fields=["note"])
    amendments_from_words(ret)
    record(actor, "return.answers-saved", ret)


def _save_answer(ret: Return, text: ClauseText, given: GivenAnswer) -> None:
    if not given.stance:
        ret.answers.filter(clause=text.clause).delete()
        return
    if given.stance not in Stance.values or given.visibility not in dict(Answer.VISIBILITIES):
        raise Invalid(f"Clause {text.number or text.heading}: choose one of the answers offered.")
    if given.stance in {Stance.OBJECT, Stance.RED_LINE} and not given.reason.strip():
        raise Invalid(f"Clause {text.number or text.heading}: give the reason, so that it can be met.")
    Answer.objects.update_or_create(
        ret=ret,
        clause=text.clause,
        defaults={
            "clause_text": text,
            "stance": given.stance,
            "reason": given.reason.strip(),
            "proposed_words": given.proposed_words.strip(),
            "visibility": given.visibility,
        },
    )


@transaction.atomic
def submit_return(actor: Actor, *, ret: Return, whose_view: str, cleared_by: str) -> Return:
    """Hand the answer to the secretariat: whose view it is and who cleared it. The one before it is superseded."""
    by = _may_change(actor, ret, Permission.RETURN_SUBMIT)
    _must_be_complete(ret, whose_view, cleared_by)
    ret.invitation.returns.filter(state="submitted").update(state="superseded")
    ret.state, ret.submitted_at = "submitted", actor.now
    ret.whose_view, ret.cleared_by = whose_view, cleared_by.strip()
    ret.save(update_fields=["state", "submitted_at", "whose_view", "cleared_by"])
    record(actor, "return.submitted", ret, by=by)
    _consolidate_afterwards(ret)
    return ret


def _must_be_complete(ret: Return, whose_view: str, cleared_by: str) -> None:
    if whose_view not in dict(Return.WHOSE):
        raise Invalid("Say whose view this is: officer, chief executive or mayor.")
    if not cleared_by.strip():
        raise Invalid("Name the person who cleared this answer.")
    if ret.file and not ret.status:
        raise Invalid("Your Word file has not been read yet. Wait a moment, or add it again.")
    if not ret.file and not ret.answers.exists():
        raise Invalid("There is nothing to submit yet. Answer at least one clause, or add your Word file.")


def _consolidate_afterwards(ret: Return) -> None:
    """Say that groups and conflicts are out of date, and let the worker see to it."""
    circulation_id = ret.invitation.circulation_id
    Circulation.objects.filter(pk=circulation_id).update(consolidated_at=None)
    transaction.on_commit(lambda: consolidate_circulation.enqueue(circulation_id))


@transaction.atomic
def withdraw_return(actor: Actor, *, ret: Return) -> None:
    """Take a submitted answer back before closing. It stays in the record and counts no more."""
    by = _may_answer(actor, ret.invitation, Permission.RETURN_SUBMIT)
    hold_return(ret)
    _must_not_be_the_offices(actor, ret)
    if ret.state != "submitted":
        raise Conflict("This answer is not submitted, so there is nothing to withdraw.")
    ret.state = "withdrawn"
    ret.save(update_fields=["state"])
    record(actor, "return.withdrawn", ret, by=by)
    _consolidate_afterwards(ret)


@transaction.atomic
def release_return(actor: Actor, *, ret: Return) -> None:
    """Let the other offices see this answer, whatever the circulation promised."""
    by = check(actor, Permission.RETURN_RELEASE, office=ret.invitation.office)
    hold_return(ret)
    if ret.state != "submitted":
        raise Conflict("Submit the answer before you release it.")
    if ret.released_at is None:
        _must_give_nobody_away(ret.invitation.circulation)
        ret.released_at = actor.now
        ret.save(update_fields=["released_at"])
        record(actor, "return.released", ret, by=by)


def _must_give_nobody_away(circulation: Circulation) -> None:
    """Totals that were told stand for at least three offices each; a name beside them would narrow the rest."""
    told = circulation.tallies.filter(cells__isnull=False).exists()
    if told and not circulation.is_open_among_offices:
        raise Conflict(
            "Totals were told when this circulation closed, and beside them your answer could give away another "
            "office’s. Release it in the next round instead."
        )
