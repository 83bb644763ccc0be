"""Sign-off by each mayor or a named delegate, with exceptions noted."""

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.positions import states
from folkmoot.apps.positions.actions.announcing import announce
from folkmoot.apps.positions.actions.turns import take_turn
from folkmoot.apps.positions.models import Invitation, Position, SignOff, Version


def latest_version(position: Position) -> Version:
    """The version that is signed: the newest."""
    version: Version = position.versions.order_by("-number")[0]
    return version


def offices_asked(position: Position) -> dict[str, str]:
    """Every office that was asked in any circulation of the position: key to name."""
    rows = Invitation.objects.filter(circulation__position=position).order_by("office_name")
    return dict(rows.values_list("office", "office_name"))


def standing(version: Version) -> dict[str, SignOff]:
    """The signatures and exceptions that stand, by office."""
    return {s.office: s for s in version.sign_offs.filter(taken_back_at__isnull=True)}


@transaction.atomic
def ask_for_sign_off(actor: Actor, *, position: Position) -> None:
    """Put the newest version before the mayors."""
    by = check(actor, Permission.CIRCULATION_OPEN)
    take_turn(position, "ask for sign-off")
    if not offices_asked(position):
        raise Invalid("No office has been asked yet. Circulate the text first.")
    version = latest_version(position)
    version.shared_at = version.shared_at or actor.now
    version.save(update_fields=["shared_at"])
    position.state = states.after(position.state, "ask for sign-off")
    position.save(update_fields=["state"])
    record(actor, "sign-off.asked", version, by=by)


@transaction.atomic
def reopen_text(actor: Actor, *, position: Position, reason: str) -> None:
    """Go back to the text before publication; signatures stay on the version that they were given to."""
    by = check(actor, Permission.CIRCULATION_OPEN)
    take_turn(position, "reopen the text")
    if not reason.strip():
        raise Invalid("Say why the text is opened again: the offices asked are told.")
    position.state, position.state_reason = states.after(position.state, "reopen the text"), reason.strip()
    position.save(update_fields=["state", "state_reason"])
    record(actor, "text.reopened", position, by=by, reason=reason)
    announce(actor, position, happened="was opened again for changes", reason=position.state_reason)


def _record_sign_off(
    actor: Actor, position: Position, office: str, kind: str, signatory: str, note: str, principal: int | None
) -> SignOff:
    take_turn(position, "sign")
    asked = offices_asked(position)
    if office not in asked:
        raise Invalid("This office was not asked to sign this position.")
    version = latest_version(position)
    if office in standing(version):
        raise Conflict(f"{asked[office]} is recorded already. Take that back first.")
    sign_off = SignOff.objects.create(
        version=version,
        office=office,
        office_name=asked[office],
        kind=kind,
        signatory=signatory,
        account=own_account(actor),
        principal_id=principal,
        note=note.strip(),
        at=actor.now,
    )
    _agree_if_complete(position, version)
    return sign_off


def _agree_if_complete(position: Position, version: Version) -> None:
    """A position is agreed when every office asked is recorded, by signature or exception, and not before."""
    if set(offices_asked(position)) <= set(standing(version)):
        position.state = states.after(position.state, "agree")
        position.save(update_fields=["state"])


@transaction.atomic
def sign(actor: Actor, *, position: Position, office: str, note: str = "", version: int | None = None) -> SignOff:
    """Sign for one's office: the mayor, or whoever holds the mayor's delegation, which the signature then says.

    `version` is the one that the page showed: nobody signs another one that they have not read.
    """
    by = check(actor, Permission.SIGN_OFF, office=office)
    take_turn(position, "sign")
    newest = latest_version(position).number
    if version not in (None, newest):
        raise Conflict(f"Version {newest} is before the mayors now. Read it, then sign it; nothing was signed.")
    signatory = f"{actor.name} for {by.principal_name}" if by.principal_id else actor.name
    sign_off = _record_sign_off(actor, position, office, "signed", signatory, note, by.principal_id)
    record(actor, "position.signed", sign_off, by=by)
    return sign_off


@transaction.atomic
def note_exception(actor: Actor, *, position: Position, office: str, words: str) -> SignOff:
    """Record that an office stands aside, with the words that stand under the text."""
    by = check(actor, Permission.EXCEPTION_NOTE)
    if not words.strip():
        raise Invalid("Write what the office says: it stands under the text.")
    sign_off = _record_sign_off(actor, position, office, "exception", actor.name, words, by.principal_id)
    record(actor, "exception.noted", sign_off, by=by)
    return sign_off


@transaction.atomic
def take_back(actor: Actor, *, sign_off: SignOff) -> None:
    """Take one's office's signature, or as the secretariat an exception, back before publication."""
    if sign_off.kind == "signed":
        by = check(actor, Permission.SIGN_OFF, office=sign_off.office)
    else:
        by = check(actor, Permission.EXCEPTION_NOTE)
    position = Position.objects.select_for_update().get(pk=sign_off.version.position_id)
    if position.state == states.PositionState.PUBLISHED:
        raise Conflict("This position is published. What changed since is noted as a dated correction.")
    states.check(position.state, "take a signature back")
    sign_off.refresh_from_db()
    if sign_off.taken_back_at is not None:
        raise Conflict("This was taken back already.")
    if sign_off.version_id != latest_version(position).pk:
        raise Conflict("This was given to an earlier version of the text and stays there. Nothing was taken back.")
    sign_off.taken_back_at = actor.now
    sign_off.save(update_fields=["taken_back_at"])
    position.state = states.after(position.state, "take a signature back")
    position.save(update_fields=["state"])
    record(actor, "sign-off.taken-back", sign_off, by=by)
