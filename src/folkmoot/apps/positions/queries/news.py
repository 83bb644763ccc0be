"""What happened to the positions since a moment, what falls on some days, and what the secretariat waits for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import may
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.positions.models import Circulation, Invitation, Position, Publication, Return, SignOff
from folkmoot.apps.positions.states import PositionState

OWN = {True: "Your office has answered", False: "Your office has not answered"}


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to a position."""

    at: datetime
    position: Position
    what: str


def news(actor: Actor, since: datetime) -> list[News]:
    """What happened after a moment and this person may know; five queries."""
    return [*_rounds(actor, since), *_returns(actor, since), *_signatures(actor, since), *_publications(actor, since)]


def _rounds(actor: Actor, since: datetime) -> Iterator[News]:
    found = Circulation.objects.visible_to(actor).filter(Q(opened_at__gt=since) | Q(closed_at__gt=since))
    for circulation in found.select_related("position", "version"):
        version = f"Version {circulation.version.number}"
        if circulation.opened_at > since:
            yield News(circulation.opened_at, circulation.position, f"{version} was circulated.")
        if circulation.closed_at and circulation.closed_at > since:
            yield News(circulation.closed_at, circulation.position, f"The returns on {version.lower()} closed.")


def _returns(actor: Actor, since: datetime) -> Iterator[News]:
    found = Return.objects.visible_to(actor).filter(submitted_at__gt=since, state="submitted")
    for ret in found.select_related("invitation__circulation__position"):
        if ret.submitted_at:
            yield News(ret.submitted_at, ret.invitation.circulation.position, f"{ret.invitation.office_name} answered.")


def _signatures(actor: Actor, since: datetime) -> Iterator[News]:
    """Who signed: for the secretariat and the offices that were asked, who see the sign-off page, too."""
    positions = Position.objects.visible_to(actor)
    if not actor.in_secretariat:
        asked = Invitation.objects.filter(office__in=sorted(actor.offices), circulation__position=OuterRef("pk"))
        positions = positions.filter(Exists(asked))
    found = SignOff.objects.filter(version__position__in=positions, at__gt=since, taken_back_at__isnull=True)
    for signed in found.select_related("version__position"):
        what = "signed" if signed.kind == "signed" else "stands aside"
        yield News(signed.at, signed.version.position, f"{signed.office_name} {what}.")


def _publications(actor: Actor, since: datetime) -> Iterator[News]:
    """Published, of the positions whose pages this person may open."""
    found = Publication.objects.visible_to(actor).filter(version__position__in=Position.objects.visible_to(actor))
    for publication in found.filter(published_at__gt=since).select_related("version__position"):
        version = publication.version
        yield News(publication.published_at, version.position, f"Version {version.number} was published.")


@dataclass(frozen=True, slots=True)
class Closing:
    """A round that closes, and in words who answered: how many for those who may know, an office of itself."""

    circulation: Circulation
    words: str


def closings(actor: Actor, first: date, last: date) -> list[Closing]:
    """The open rounds that close on these days, both included."""
    zone = actor.now.tzinfo
    begin, end = datetime.combine(first, time(), tzinfo=zone), datetime.combine(last, time.max, tzinfo=zone)
    found = Circulation.objects.visible_to(actor).filter(closed_at__isnull=True, closes_at__range=(begin, end))
    if not may(actor, Permission.CONSENSUS_READ):
        own = Return.objects.filter(
            invitation__circulation=OuterRef("pk"), invitation__office__in=sorted(actor.offices), state="submitted"
        )
        rounds = found.select_related("position__lead").annotate(own=Exists(own))
        return [Closing(each, OWN[each.own] if actor.offices else "") for each in rounds]
    counted = found.annotate(
        asked=Count("invitations", distinct=True),
        answered=Count("invitations", filter=Q(invitations__returns__state="submitted"), distinct=True),
    )
    rounds = counted.select_related("position__lead")
    return [Closing(each, f"{each.answered} of {each.asked} answered") for each in rounds]


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """What whoever leads a position waits for: which offices, for what, since when and until when."""

    position: Position
    offices: tuple[str, ...]
    what: str
    since: datetime
    due: datetime | None


def waited_for(actor: Actor) -> list[WaitedFor]:
    """For those who lead positions: the answers and the signatures that are missing."""
    if not may(actor, Permission.CIRCULATION_OPEN):
        return []
    led = Position.objects.visible_to(actor).filter(lead_id=actor.account_id)
    return [*_answers_waited_for(led), *_signatures_waited_for(led)]


def _answers_waited_for(led: QuerySet[Position]) -> Iterator[WaitedFor]:
    submitted = Return.objects.filter(invitation=OuterRef("pk"), state="submitted")
    missing = Invitation.objects.filter(~Exists(submitted), circulation__position__in=led)
    rows = missing.filter(circulation__closed_at__isnull=True).select_related("circulation__position")
    rounds: dict[Circulation, list[str]] = {}
    for invitation in rows.order_by("office_name"):
        rounds.setdefault(invitation.circulation, []).append(invitation.office_name)
    for each, offices in rounds.items():
        yield WaitedFor(each.position, tuple(offices), "Answers", each.opened_at, each.closes_at)


def _signatures_waited_for(led: QuerySet[Position]) -> Iterator[WaitedFor]:
    for position in led.filter(state=PositionState.SIGNING):
        version = position.versions.order_by("-number").first()
        if version is None:
            continue
        signed = SignOff.objects.filter(version=version, taken_back_at__isnull=True).values("office")
        asked = Invitation.objects.filter(circulation__position=position).exclude(office__in=signed)
        names = sorted(set(asked.values_list("office_name", flat=True)))
        if names:
            yield WaitedFor(position, tuple(names), "Signatures", version.shared_at or version.made_at, None)
