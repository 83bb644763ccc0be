"""What the positions add to an issue: what it can be linked to, and what happened to a linked position."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from django.utils import timezone

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.issues.edges import BODY, register_edges
from folkmoot.apps.issues.held import About, Held, register_held
from folkmoot.apps.issues.linkables import Linkable, register_linkable
from folkmoot.apps.issues.models import Issue
from folkmoot.apps.issues.timeline import TimelineEntry, register_timeline
from folkmoot.apps.mail.inbox import InboxMessage
from folkmoot.apps.mail.kinds import Kind as MailKind
from folkmoot.apps.mail.tray_queries import sortable
from folkmoot.apps.members.models import Organization, OrganizationName
from folkmoot.apps.positions.models import Ask, Circulation, Invitation, Position, Publication, SignOff
from folkmoot.apps.positions.states import PositionState
from folkmoot.engines.related import Edge, Thing

POSITION = Position._meta.label_lower
CAME_IN = InboxMessage._meta.label_lower
SAID_BY_MACHINES = (MailKind.AUTO_REPLY, MailKind.LIST, MailKind.CALENDAR)
KIND = "Position"
FOUND = 20


def register() -> None:
    """Tell the issues room; called when the installation starts."""
    register_linkable(Linkable(POSITION, "Position", find, titles))
    register_timeline(entries)
    register_timeline(answers_by_mail)
    register_edges(asked_bodies)
    register_held(asked_of)


def find(actor: Actor, words: str) -> list[tuple[str, str]]:
    """Positions whose title holds the words."""
    found = Position.objects.visible_to(actor).filter(title__icontains=words).order_by("title", "pk")
    return list(found.values_list("key", "title")[:FOUND])


def titles(actor: Actor, keys: Collection[str]) -> dict[str, str]:
    return dict(Position.objects.visible_to(actor).filter(key__in=keys).values_list("key", "title"))


def entries(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """What happened to the linked positions that the reader may see; five queries, however many there are."""
    keys = issue.links.filter(table=POSITION).values("record_key")
    found = {p.pk: p for p in Position.objects.visible_to(actor).filter(key__in=keys).select_related("lead")}
    if not found:
        return
    for position in found.values():
        state = PositionState(position.state).label.lower()
        yield _entry(position, position.created_at, "begun", f"{position.lead.name} leads it. Now: {state}.")
    rounds = Circulation.objects.visible_to(actor).filter(position__in=found).select_related("position", "version")
    for circulation in rounds.order_by("opened_at"):
        yield from _round(circulation)
    yield from _signatures(actor, found)
    yield from _publications(actor, found)


def _entry(position: Position, at: date, what: str, detail: str = "") -> TimelineEntry:
    return TimelineEntry(at, KIND, f"{position.title}: {what}", detail, POSITION, position.key, position.handling)


def _round(circulation: Circulation) -> Iterator[TimelineEntry]:
    """When a round was opened, and when it was closed or will be."""
    version = f"version {circulation.version.number}"
    yield _entry(circulation.position, circulation.opened_at, f"{version} circulated", circulation.question)
    if circulation.closed_at:
        yield _entry(circulation.position, circulation.closed_at, f"{version}, returns closed")
    else:
        yield _entry(circulation.position, circulation.closes_at, f"{version}, returns close")


def _signatures(actor: Actor, found: dict[int, Position]) -> Iterator[TimelineEntry]:
    """Who signed, a day a line: for the secretariat and the offices that were asked, who see the sign-off page, too."""
    positions = list(found)
    if not actor.in_secretariat:
        mine = Invitation.objects.filter(office__in=sorted(actor.offices), circulation__position__in=positions)
        positions = sorted(set(mine.values_list("circulation__position", flat=True)))
    rows = SignOff.objects.filter(version__position__in=positions, taken_back_at__isnull=True)
    days: dict[tuple[int, date, str], list[str]] = defaultdict(list)
    for position, at, kind, office in rows.order_by("office_name").values_list(
        "version__position", "at", "kind", "office_name"
    ):
        days[position, timezone.localtime(at).date(), kind].append(office)
    for (position, day, kind), offices in days.items():
        many = len(offices) > 1
        what = "signed" if kind == "signed" else "stand aside" if many else "stands aside"
        who = f"{len(offices)} offices" if many else offices[0]
        yield _entry(found[position], day, f"{who} {what}", ", ".join(offices) if many else "")


def _publications(actor: Actor, found: dict[int, Position]) -> Iterator[TimelineEntry]:
    """When each was published; under an embargo, when it will be."""
    mine = Publication.objects.visible_to(actor).filter(version__position__in=found).select_related("version")
    for publication in mine:
        yield _entry(
            found[publication.version.position_id],
            max(publication.published_at, publication.embargo_until),
            f"version {publication.version.number} published",
        )


def answers_by_mail(actor: Actor, issue: Issue) -> Iterator[TimelineEntry]:
    """The mails that came in on the linked positions, for whoever may sort mail; one query.

    What a machine wrote is left out unless a mail came back, and a mail that is linked by hand stands there once.
    """
    linked = issue.links.filter(table=POSITION).values("record_key")
    positions = Position.objects.visible_to(actor).filter(key__in=linked)
    rounds = Circulation.objects.visible_to(actor).filter(position__in=positions)
    asked = Invitation.objects.filter(circulation__in=rounds)
    found = sortable(actor).filter(about_record=Invitation._meta.label_lower, about_id__in=asked.values("pk"))
    by_hand = issue.links.filter(table=CAME_IN).values("record_key")
    for mail in found.exclude(kind__in=SAID_BY_MACHINES).exclude(key__in=by_hand).order_by("received_at", "pk"):
        detail = f"{mail.about}. {mail.get_kind_display()}."
        yield TimelineEntry(mail.received_at, "Mail", str(mail), detail, CAME_IN, mail.key, mail.handling)


def asked_bodies(actor: Actor) -> Iterator[Edge]:
    """Each position with the departments that its asks name, today's or by a name that they bore."""
    asks = _asks(actor)
    keys = _keys_of({ask.department for ask in asks})
    pairs = {(ask.clause_text.version.position.key, ask.department) for ask in asks if ask.department in keys}
    for position, name in sorted(pairs):
        yield Edge(Thing(POSITION, position), Thing(BODY, keys[name]), f"The position asks {name} for something.")


def asked_of(actor: Actor, records: Collection[About]) -> Iterator[Held]:
    """What positions ask of these bodies, from the day on which each ask was drawn."""
    asks = _asks(actor)
    keys = _keys_of({ask.department for ask in asks})
    for ask in asks:
        about = (BODY, keys.get(ask.department, ""))
        if about in records:
            position = ask.clause_text.version.position
            day = timezone.localtime(ask.drawn_at).date()
            yield Held(day, about, f"Ask: {ask.words}", position.title, POSITION, position.key)


def _asks(actor: Actor) -> list[Ask]:
    """The asks that name a department, of positions that the reader may see."""
    seen = Ask.objects.visible_to(actor).exclude(department="")
    mine = seen.filter(clause_text__version__position__in=Position.objects.visible_to(actor))
    return list(mine.select_related("clause_text__version__position"))


def _keys_of(names: set[str]) -> dict[str, str]:
    """The bodies that bear or bore these names."""
    former = OrganizationName.objects.filter(name__in=names).values_list("name", "organization__key")
    return {**dict(former), **dict(Organization.objects.filter(name__in=names).values_list("name", "key"))}
