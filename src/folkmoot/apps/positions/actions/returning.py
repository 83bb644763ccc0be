"""An office's answer, from its first draft to its submission, withdrawal or release."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Authority, Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.documents.actions import store
from folkmoot.apps.positions import consolidation
from folkmoot.apps.positions.actions.form_amendments import amendments_from_words
from folkmoot.apps.positions.models import Answer, Circulation, ClauseText, Invitation, Return, Stance
from folkmoot.apps.positions.tasks import consolidate_circulation
from folkmoot.engines import redline

WHAT_TO_ASK = {
    "unreadable": "The file is kept. Ask the office for it again, without a password, as a Word file (.docx).",
    "other-document": "This is another document. Ask the office for its copy of the draft.",
    "older-draft": "The office worked on an earlier draft. Ask it to look at the circulated version.",
}

NEEDS_A_STEP = frozenset(WHAT_TO_ASK)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a person chose for one clause."""

    stance: str
    reason: str = ""
    proposed_words: str = ""
    visibility: str = "as-announced"


def _may_answer(actor: Actor, invitation: Invitation) -> Authority:
    """An office's own people, or the secretariat for it; only while the circulation is open."""
    if not invitation.circulation.is_open or actor.now >= invitation.circulation.closes_at:
        raise Conflict(
            "This circulation has closed, so nothing was changed. Ring the secretariat: it can open another round."
        )
    if actor.in_secretariat:
        return check(actor, Permission.RETURN_FILE_FOR_OFFICE)
    return check(actor, Permission.RETURN_DRAFT, office=invitation.office)


@transaction.atomic
def begin_return(actor: Actor, *, invitation: Invitation, channel: str = "form") -> Return:
    """The office's answer in preparation; the one already begun, where there is one."""
    _may_answer(actor, invitation)
    draft = invitation.returns.filter(state="draft").first()
    if draft:
        return draft
    ret = Return.objects.create(
        invitation=invitation,
        channel=channel,
        filed_for_office=actor.in_secretariat,
        started_by_id=actor.account_id,
        started_at=actor.now,
    )
    _carry_over(ret)
    record(actor, "return.begun", ret)
    return ret


def _carry_over(ret: Return) -> None:
    """A second return begins with the answers of the first, so that nobody types them twice."""
    before = ret.invitation.returns.filter(state__in=["submitted", "withdrawn"]).order_by("-submitted_at").first()
    if before:
        Answer.objects.bulk_create(
            [
                Answer(
                    ret=ret,
                    clause_id=a.clause_id,
                    clause_text_id=a.clause_text_id,
                    stance=a.stance,
                    reason=a.reason,
                    proposed_words=a.proposed_words,
                    visibility=a.visibility,
                )
                for a in before.answers.all()
            ]
        )


def attach_word(actor: Actor, *, ret: Return, name: str, data: bytes) -> Return:
    """Add a Word file to an answer in preparation: kept whatever it is, then read, its status told at once.

    A clause that the file amends is filled in as "support if amended" for the office to confirm; what the office
    chose before stays.
    """
    with transaction.atomic():
        _may_answer(actor, ret.invitation)
        _must_be_draft(ret)
        ret.file = store(actor, name=name, data=data, kind="return")
        ret.channel = "upload"
        ret.status, ret.detail = "", "Not read yet."
        ret.save(update_fields=["file", "channel", "status", "detail"])
        ret.amendments.filter(from_form=False).delete()
        ret.comments.all().delete()
        record(actor, "return.word-attached", ret, sha256=ret.file.sha256)
    read = consolidation.read_word_return(ret, data)
    with transaction.atomic():
        found = read.returns[0]
        ret.status = found.status
        ret.detail = " ".join(filter(None, [found.detail, WHAT_TO_ASK.get(found.status, "")]))
        ret.save(update_fields=["status", "detail"])
        consolidation.keep_what_was_read(ret, read)
        _fill_in(ret)
    return ret


def _must_be_draft(ret: Return) -> None:
    if ret.state != "draft":
        raise Conflict("This answer has been submitted already. Begin a new one; both are kept.")


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
    _may_answer(actor, ret.invitation)
    _must_be_draft(ret)
    texts = {text.clause.key: text for text in _clause_texts(ret).select_related("clause")}
    for key, given in answers.items():
        text = texts.get(key)
        if text is None:
            raise Invalid("One of the clauses is not in the circulated text. Open the form again.")
        if not given.stance:
            ret.answers.filter(clause=text.clause).delete()
            continue
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
    if note is not None:
        ret.note = note.strip()
        ret.save(update_fields=["note"])
    amendments_from_words(ret)
    record(actor, "return.answers-saved", ret)


@transaction.atomic
def submit_return(actor: Actor, *, ret: Return, whose_view: str, cleared_by: str) -> Return:
    """Hand the answer to the secretariat: whose view it is and who cleared it. The one before it is superseded."""
    by = _may_answer(actor, ret.invitation)
    if not actor.in_secretariat:
        by = check(actor, Permission.RETURN_SUBMIT, office=ret.invitation.office)
    _must_be_draft(ret)
    if whose_view not in dict(Return.WHOSE):
        raise Invalid("Say whose view this is: officer, chief executive or mayor.")
    if not cleared_by.strip():
        raise Invalid("Name the person who cleared this answer.")
    if not ret.file and not ret.answers.exists():
        raise Invalid("There is nothing to submit yet. Answer at least one clause, or add your Word file.")
    ret.invitation.returns.filter(state="submitted").update(state="superseded")
    ret.state, ret.submitted_at = "submitted", actor.now
    ret.whose_view, ret.cleared_by = whose_view, cleared_by.strip()
    ret.save(update_fields=["state", "submitted_at", "whose_view", "cleared_by"])
    record(actor, "return.submitted", ret, by=by)
    circulation_id = ret.invitation.circulation_id
    transaction.on_commit(lambda: consolidate_circulation.enqueue(circulation_id))
    return ret


@transaction.atomic
def withdraw_return(actor: Actor, *, ret: Return) -> None:
    """Take a submitted answer back before closing. It stays in the record and counts no more."""
    by = _may_answer(actor, ret.invitation)
    if ret.state != "submitted":
        raise Conflict("This answer is not submitted, so there is nothing to withdraw.")
    ret.state = "withdrawn"
    ret.save(update_fields=["state"])
    record(actor, "return.withdrawn", ret, by=by)
    circulation_id = ret.invitation.circulation_id
    transaction.on_commit(lambda: consolidate_circulation.enqueue(circulation_id))


@transaction.atomic
def release_return(actor: Actor, *, ret: Return) -> None:
    """Let the other offices see this answer, whatever the circulation promised."""
    by = check(actor, Permission.RETURN_RELEASE, office=ret.invitation.office)
    if ret.state != "submitted":
        raise Conflict("Submit the answer before you release it.")
    if ret.released_at is None:
        ret.released_at = actor.now
        ret.save(update_fields=["released_at"])
        record(actor, "return.released", ret, by=by)


def invitation_by_token(circulation: Circulation, data: bytes) -> Invitation | None:
    """Whose copy a Word file is, by the token in its properties; None where it tells nothing."""
    try:
        token = redline.token_of(data)
    except redline.UnreadableFile:
        return None
    return circulation.invitations.filter(token=token).first() if token else None
