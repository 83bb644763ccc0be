"""Publishing a signed position, correcting what was published, and drawing asks from it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.audience import Handling
from folkmoot.apps.access.audit import record
from folkmoot.apps.access.gate import Conflict, Invalid, check
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.queries import own_account
from folkmoot.apps.documents.actions import store
from folkmoot.apps.positions import editions, states
from folkmoot.apps.positions.actions.announcing import announce
from folkmoot.apps.positions.actions.signing import latest_version
from folkmoot.apps.positions.actions.turns import take_turn
from folkmoot.apps.positions.models import Ask, ClauseText, Correction, Position, Publication, Version
from folkmoot.engines import redline

LONGEST_DEPARTMENT = 160
MakePdf = Callable[[Version], bytes]


@transaction.atomic
def publish(actor: Actor, *, position: Position, embargo_until: datetime | None, make_pdf: MakePdf) -> Publication:
    """Publish the agreed version as Word, tagged PDF and page. `make_pdf` draws the PDF; the door knows its look.

    The files carry no tracked change, comment, author, earlier text or token; each is checked before it is kept, and
    paragraphs for fewer readers are left out. A handling mark in a header goes too: the text is now for everybody.
    """
    by = check(actor, Permission.PUBLISH)
    take_turn(position, "publish")
    version = latest_version(position)
    for_all = editions.package_without(version, editions.hidden_from_public(version))
    word = redline.publishable(for_all, marks=Handling.values)
    left = redline.traces(word)
    if left:
        raise Conflict(f"The Word file still carries {', '.join(left)}, so nothing was published.")
    publication = Publication.objects.create(
        version=version,
        word=store(actor, name=f"{position.title}.docx", data=word, kind="publication"),
        pdf=store(actor, name=f"{position.title}.pdf", data=make_pdf(version), kind="publication"),
        published_at=actor.now,
        published_by=own_account(actor),
        embargo_until=max(embargo_until or actor.now, actor.now),
    )
    position.state = states.after(position.state, "publish")
    position.save(update_fields=["state"])
    record(actor, "position.published", publication, by=by, embargo_until=publication.embargo_until)
    return publication


@transaction.atomic
def correct(actor: Actor, *, publication: Publication, text: str) -> Correction:
    """Add a dated correction to what was published; the signed text stays as it is."""
    by = check(actor, Permission.PUBLISH)
    if not text.strip():
        raise Invalid("Write what is corrected.")
    correction = Correction.objects.create(
        publication=publication,
        text=text.strip(),
        made_by=own_account(actor),
        at=actor.now,
    )
    record(actor, "publication.corrected", correction, by=by)
    return correction


@transaction.atomic
def draw_ask(actor: Actor, *, clause_text: ClauseText, words: str, department: str = "") -> Ask:
    """Note a request to government that a clause of an agreed text makes."""
    by = check(actor, Permission.POSITION_DRAFT)
    position = clause_text.version.position
    if position.state not in {states.PositionState.AGREED, states.PositionState.PUBLISHED}:
        raise Conflict("Asks are drawn from an agreed text. This one is not agreed yet.")
    if not words.strip():
        raise Invalid("Write what is asked for.")
    if len(department.strip()) > LONGEST_DEPARTMENT:
        raise Invalid(f"The name of the department is too long: write {LONGEST_DEPARTMENT} characters at most.")
    ask = Ask.objects.create(
        clause_text=clause_text,
        words=words.strip(),
        department=department.strip(),
        drawn_by=own_account(actor),
        drawn_at=actor.now,
    )
    record(actor, "ask.drawn", ask, by=by)
    return ask


@transaction.atomic
def withdraw(actor: Actor, *, position: Position, reason: str) -> None:
    """End a position that will not be agreed, and tell the offices asked. Everything about it is kept."""
    by = check(actor, Permission.CIRCULATION_OPEN)
    take_turn(position, "withdraw")
    if not reason.strip():
        raise Invalid("Say why: the offices asked are told.")
    if position.circulations.filter(closed_at__isnull=True).exists():
        raise Conflict("A circulation is open. Close it first.")
    position.state, position.state_reason = states.after(position.state, "withdraw"), reason.strip()
    position.save(update_fields=["state", "state_reason"])
    record(actor, "position.withdrawn", position, by=by, reason=reason)
    announce(actor, position, happened="was withdrawn", reason=position.state_reason)
