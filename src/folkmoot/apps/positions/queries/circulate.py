"""Whom a circulation may ask, and what the page that opens one shows first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.access.gate import check
from folkmoot.apps.access.models import Account
from folkmoot.apps.access.permissions import Permission
from folkmoot.apps.access.roles import OFFICE
from folkmoot.apps.members import queries as members
from folkmoot.apps.positions import editions, letters
from folkmoot.apps.positions.actions import Office
from folkmoot.apps.positions.models import Circulation, Position, Version


def offices_to_ask(today: date) -> list[Office]:
    """Every member of the network on a day, with its mayor's party and the people who speak for it, by name."""
    people = _people_by_office(today)
    return [
        Office(
            key=member.key,
            name=member.name,
            party=member.party.name if member.party else "",
            people=tuple(people.get(member.key, ())),
        )
        for member in members.network_members(today)
    ]


def _people_by_office(today: date) -> dict[str, list[Account]]:
    """The open accounts of those who stand for each office."""
    standing = members.standing_for(today)
    offices_of: dict[str, list[str]] = defaultdict(list)
    for office, people in standing.items():
        for person in people:
            offices_of[person].append(office)
    found: dict[str, list[Account]] = defaultdict(list)
    accounts = Account.objects.filter(
        is_active=True, erased_at__isnull=True, person__in=sorted(offices_of), role__in=sorted(r.value for r in OFFICE)
    )
    for account in accounts.order_by("name", "pk"):
        for office in offices_of[account.person]:
            found[office].append(account)
    return found


@dataclass(frozen=True, slots=True)
class MailPreview:
    """The mail that each person will get, with a stand-in for the name and for the link."""

    subject: str
    body: str
    attached: str
    people: int
    offices: int


def mail_preview(
    actor: Actor,
    *,
    version: Version,
    offices: Iterable[Office],
    question: str,
    letter: str,
    closes_at: datetime,
    disclosure: str,
) -> MailPreview:
    """The mail as it would leave now; nothing is kept."""
    check(actor, Permission.CIRCULATION_OPEN)
    chosen = list(offices)
    unsent = Circulation(
        position=version.position,
        version=version,
        question=question.strip(),
        letter=letter.strip(),
        disclosure=disclosure,
        opened_at=actor.now,
        closes_at=closes_at,
    )
    return MailPreview(
        subject=letters.subject(unsent),
        body=letters.invitation(unsent, "[name of the person]", "[the person’s own link]"),
        attached="" if version.position.is_sensitive else letters.copy_name(unsent),
        people=sum(len(office.people) for office in chosen),
        offices=len(chosen),
    )


def shorter_copies(version: Version, offices: Iterable[Office]) -> dict[str, int]:
    """How many paragraphs each office's copy leaves out, for those whose copy leaves any."""
    counts = {office.key: len(editions.hidden_from_office(version, office.key)) for office in offices}
    return {key: count for key, count in counts.items() if count}


def suggested_letter(position: Position, actor: Actor) -> str:
    """A covering letter to begin from."""
    return (
        f"Please find the draft “{position.title}” for your office’s answer. Change the text where you need to, and "
        f"say clause by clause whether your office supports it.\n\nThank you\n{actor.name}"
    )
