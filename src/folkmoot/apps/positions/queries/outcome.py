"""Who has signed, who may, and what was published."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions import editions, states
from folkmoot.apps.positions.actions.signing import latest_version, offices_asked, standing
from folkmoot.apps.positions.models import Ask, Correction, Position, Publication, SignOff, Version
from folkmoot.apps.positions.states import PositionState


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One office asked: signed, standing aside, or waiting."""

    key: str
    name: str
    sign_off: SignOff | None
    may_sign: bool
    may_take_back: bool
    own: bool

    @property
    def state(self) -> str:
        if self.sign_off is None:
            return "waiting"
        return "signed" if self.sign_off.kind == "signed" else "exception"


@dataclass(frozen=True, slots=True)
class SignOffView:
    """The sign-off tab."""

    version: Version
    rows: tuple[OfficeRow, ...]
    signed: int
    aside: int
    asked: int
    may_ask: bool
    may_note: bool
    may_reopen: bool
    may_publish: bool
    publication: Publication | None
    asks: tuple[Ask, ...]
    clauses: tuple[editions.ClauseView, ...]
    may_draw: bool

    @property
    def waiting(self) -> int:
        return self.asked - self.signed - self.aside


def sign_off_view(actor: Actor, position: Position) -> SignOffView:
    """Signatures are seen by all offices once sign-off has begun; before, nobody has signed."""
    version = latest_version(position)
    recorded = standing(version)
    rows = tuple(_row(actor, position, key, name, recorded.get(key)) for key, name in offices_asked(position).items())
    published = Publication.objects.visible_to(actor).filter(version=version).first()
    return SignOffView(
        version=version,
        rows=rows,
        signed=sum(row.state == "signed" for row in rows),
        aside=sum(row.state == "exception" for row in rows),
        asked=len(rows),
        may_ask=may(actor, Permission.CIRCULATION_OPEN)
        and states.allows(position.state, "ask for sign-off")
        and bool(rows),
        may_note=may(actor, Permission.EXCEPTION_NOTE) and states.allows(position.state, "sign"),
        may_reopen=may(actor, Permission.CIRCULATION_OPEN) and states.allows(position.state, "reopen the text"),
        may_publish=may(actor, Permission.PUBLISH) and states.allows(position.state, "publish"),
        publication=published,
        asks=tuple(Ask.objects.visible_to(actor).filter(clause_text__version=version).select_related("clause_text")),
        clauses=tuple(editions.clauses_for(actor, version)),
        may_draw=may(actor, Permission.POSITION_DRAFT)
        and position.state in {PositionState.AGREED, PositionState.PUBLISHED},
    )


def _row(actor: Actor, position: Position, key: str, name: str, sign_off: SignOff | None) -> OfficeRow:
    may_sign = may(actor, Permission.SIGN_OFF, office=key)
    before_publication = states.allows(position.state, "take a signature back")
    own_to_take = may_sign if sign_off and sign_off.kind == "signed" else may(actor, Permission.EXCEPTION_NOTE)
    return OfficeRow(
        key=key,
        name=name,
        sign_off=sign_off,
        may_sign=may_sign and sign_off is None and states.allows(position.state, "sign"),
        may_take_back=sign_off is not None and before_publication and own_to_take,
        own=key in actor.offices,
    )


@dataclass(frozen=True, slots=True)
class Signature:
    """A line under the published text."""

    office: str
    signatory: str
    kind: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PublishedText:
    """What stands on the published page and in the PDF: the text, who signed, who stands aside, what was corrected."""

    title: str
    clauses: tuple[editions.ClauseView, ...]
    signatures: tuple[Signature, ...]
    exceptions: tuple[Signature, ...]
    corrections: tuple[Correction, ...]


def published_text(version: Version) -> PublishedText:
    """The public reading of a version: no paragraph that is kept to fewer readers."""
    found = [
        Signature(s.office_name, s.signatory, s.kind, s.note, s.at)
        for s in version.sign_offs.filter(taken_back_at__isnull=True).order_by("office_name")
    ]
    return PublishedText(
        title=version.position.title,
        clauses=tuple(editions.clauses_without(version, editions.hidden_from_public(version))),
        signatures=tuple(s for s in found if s.kind == "signed"),
        exceptions=tuple(s for s in found if s.kind == "exception"),
        corrections=tuple(Correction.objects.filter(publication__version=version).select_related("made_by")),
    )


def publication_for(actor: Actor, key: str) -> Publication | None:
    """A publication with this key, if the person may see it now."""
    return (
        Publication.objects.visible_to(actor).select_related("version__position", "word", "pdf").filter(key=key).first()
    )


def publications_for(actor: Actor) -> QuerySet[Publication]:
    """What is published, newest first."""
    return Publication.objects.visible_to(actor).select_related("version__position").order_by("-embargo_until")


def asks_for(actor: Actor) -> QuerySet[Ask]:
    """Every ask drawn from a text that the person may see."""
    return Ask.objects.visible_to(actor).select_related("clause_text__version__position").order_by("-drawn_at")
