"""An office's answer that came by mail: prepared from what came for a person to look at, never submitted by itself."""

import hashlib
from collections.abc import Collection
from enum import StrEnum

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import Role
from folkmoot.apps.documents.actions import store
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.tray import file_message
from folkmoot.apps.positions.actions.returning import (
    GivenAnswer,
    attach_word,
    begin_return,
    carry_over,
    read_kept_word,
    save_answers,
)
from folkmoot.apps.positions.actions.turns import hold_return, hold_round
from folkmoot.apps.positions.lateness import is_left_over
from folkmoot.apps.positions.models import Invitation, Return


class Begun(StrEnum):
    """What becomes of an answer that was begun, not submitted in time and meets a late one; nobody reads it by that."""

    KEEP = "keep"
    REPLACE = "replace"


BECOMES = {Begun.KEEP: "aside", Begun.REPLACE: "superseded"}
VIEW_OF = {Role.MAYOR: "mayor", Role.CHIEF_EXECUTIVE: "chief-executive", Role.MEMBER_OFFICER: "officer"}
PREPARED = "Prepared as the answer of {office}. It counts once somebody submits it."
PREPARED_LATE = "Prepared as the late answer of {office}, to be submitted. Taken after closing because: {why}"


def prepare_from_mail(actor: Actor, *, invitation: Invitation, sender: Account, name: str, data: bytes) -> Return:
    """A draft from the one Word file of a mail whose sender speaks for the office, as far as the mail says.

    A sender can be forged. So nothing counts by this, nothing that stands is changed, and the secretariat alone sees it
    beside the office itself. The sorting of mail calls it; nobody asks for it at a door.
    """
    ret = _begin(actor, invitation, sender, name, data)
    return read_kept_word(ret, data, named=True)


@transaction.atomic
def _begin(actor: Actor, invitation: Invitation, sender: Account, name: str, data: bytes) -> Return:
    hold_round(invitation.circulation)
    if not invitation.circulation.takes_answers(actor.now):
        raise Conflict("The circulation has closed.")
    draft: Return | None = invitation.returns.filter(state="draft").select_related("file").first()
    if draft is not None and draft.file and draft.channel == "mail" and draft.file.sha256 == sha256_of(data):
        return draft  # begun by a worker that stopped in the middle, or the same file sent twice
    if draft is not None:
        raise Conflict("An answer of this office is in preparation.")
    ret = Return.objects.create(
        invitation=invitation, channel="mail", filed_for_office=True, started_by=sender, started_at=actor.now
    )
    carry_over(ret)
    ret.file, ret.channel = store(actor, name=name, data=data, kind="return"), "mail"
    ret.status, ret.detail = "", "Not read yet."
    ret.whose_view, ret.cleared_by = VIEW_OF.get(Role(sender.role), "officer"), sender.name
    ret.save()
    ret.amendments.filter(from_form=False).delete()
    ret.comments.all().delete()
    record(actor, "return.came-by-mail", ret, sha256=ret.file.sha256)
    return ret


def sha256_of(data: bytes) -> str:
    """As the vault names a file."""
    return hashlib.sha256(data).hexdigest()


@transaction.atomic
def drop_draft(actor: Actor, pk: int) -> None:
    """Take away what was prepared from a mail; too late once it was submitted or the office made it its own."""
    ret = Return.objects.filter(pk=pk).first()
    if ret is None:
        return
    hold_return(ret)
    if ret.state in {"withdrawn", "superseded", "aside"}:  # it counts no more, and stays in the record
        return
    if ret.state != "draft" or not ret.filed_for_office:
        raise Conflict("The answer made from this mail has been submitted. Withdraw it on the office’s page first.")
    record(actor, "return.dropped", ret)
    ret.delete()


def file_word(
    actor: Actor,
    *,
    message: InboxMessage,
    invitation: Invitation,
    name: str,
    data: bytes,
    late_because: str = "",
    begun: str = "",
) -> Return:
    """A person says which file is which office's return; after closing, why it is taken late, and what becomes of an
    answer that the office has begun."""
    check(actor, Permission.MAIL_SORT)
    ret = _begin_beside(actor, invitation, late_because, begun)
    ret = attach_word(actor, ret=ret, name=name, data=data)
    _came_by_mail(ret)
    _file(actor, message, ret)
    return ret


def _file(actor: Actor, message: InboxMessage, ret: Return) -> None:
    """Say on the mail what was made from it, and why late."""
    words = PREPARED_LATE if ret.late_because else PREPARED
    outcome = words.format(office=ret.invitation.office_name, why=ret.late_because)
    file_message(actor, message=message, made=ret, outcome=outcome)


@transaction.atomic
def words_to_stance(
    actor: Actor,
    *,
    message: InboxMessage,
    invitation: Invitation,
    stance: str,
    clauses: Collection[str],
    words: str,
    late_because: str = "",
    begun: str = "",
) -> Return:
    """A person turns what a mail says into a stance on some clauses; the words are kept as the reason."""
    check(actor, Permission.MAIL_SORT)
    if not clauses:
        raise Invalid("Choose at least one clause.")
    if not stance:
        raise Invalid("Choose the stance that the words express.")
    ret = _begin_beside(actor, invitation, late_because, begun)
    save_answers(actor, ret=ret, answers={key: GivenAnswer(stance, reason=words) for key in clauses})
    _came_by_mail(ret)
    _file(actor, message, ret)
    return ret


@transaction.atomic
def _begin_beside(actor: Actor, invitation: Invitation, late_because: str, begun: str) -> Return:
    """An answer from a mail, which never changes what somebody is preparing."""
    hold_round(invitation.circulation)
    draft: Return | None = invitation.returns.filter(state="draft").first()
    if draft is not None:
        _make_way(actor, draft, begun)
    return begin_return(actor, invitation=invitation, channel="mail", late_because=late_because)


def _make_way(actor: Actor, draft: Return, begun: str) -> None:
    """After closing, what was not submitted counts for nothing and holds up nothing; before, it is somebody's turn."""
    hold_return(draft)
    office = draft.invitation.office_name
    if not is_left_over(draft.invitation, actor.now):
        raise Conflict(
            f"An answer of {office} is in preparation already. Submit that one first, or go on with it on the office’s "
            "page."
        )
    if begun not in BECOMES:
        raise Invalid(f"An answer of {office} was begun and not submitted in time. Say what becomes of that one.")
    draft.state = BECOMES[Begun(begun)]
    draft.save(update_fields=["state"])
    record(actor, "return.made-way", draft, became=draft.state)


def _came_by_mail(ret: Return) -> None:
    ret.channel = "mail"
    ret.save(update_fields=["channel"])
