"""Who held which post on a day, and how sure the sources are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from folkmoot.apps.members.models import Membership, Organization, Party, Person, Post, PostKind
from folkmoot.apps.members.partial import say_day
from folkmoot.apps.members.provenance import true_on


@dataclass(frozen=True, slots=True)
class Holding:
    """A person in a post on a day. `doubt` says in a sentence what the sources leave open; empty when nothing."""

    membership: Membership
    doubt: str = ""

    @property
    def person(self) -> Person:
        return self.membership.person

    @property
    def post(self) -> Post:
        return self.membership.post

    @property
    def party(self) -> Party | None:
        return self.membership.party

    @property
    def title(self) -> str:
        return self.membership.title

    @property
    def certain(self) -> bool:
        return not self.doubt


def holders(post: Post | str, day: date) -> list[Holding]:
    """Who held a post on a day: one person as a rule, none when nobody is recorded."""
    key = post if isinstance(post, str) else post.key
    return holdings_among(_terms().filter(post__key=key), day)


def mayor_of(authority: Organization | str, day: date) -> Holding | None:
    """The mayor of an authority on a day; None when the register has nobody for that day."""
    key = authority if isinstance(authority, str) else authority.key
    terms = _mayoral_terms().filter(true_on(day, "post__organization__"), post__organization__key=key)
    return next(iter(holdings_among(terms, day)), None)


def mayors_on(day: date) -> dict[int, Holding]:
    """Every mayor on a day, by the organisation's row id; one query."""
    by_organization: dict[int, list[Membership]] = defaultdict(list)
    for term in _mayoral_terms().filter(true_on(day, "post__organization__")):
        by_organization[term.post.organization_id].append(term)
    found = {pk: holdings_among(terms, day) for pk, terms in by_organization.items()}
    return {pk: holdings[0] for pk, holdings in found.items() if holdings}


def officers_of(organization: Organization, day: date) -> list[Holding]:
    """Everybody but the mayor who holds a post in an organisation on a day."""
    terms = _terms().filter(post__organization=organization).exclude(post__kind=PostKind.MAYOR)
    by_post: dict[int, list[Membership]] = defaultdict(list)
    for term in terms.order_by("post__kind", "post__label", "begins"):
        by_post[term.post_id].append(term)
    return [holding for of_post in by_post.values() for holding in holdings_among(of_post, day)]


def mayoral_terms_of(organization: Organization) -> list[Membership]:
    """Every term of the mayors of one body, oldest first."""
    return list(_mayoral_terms().filter(post__organization=organization).order_by("begins", "key"))


def member_party(office: str, day: date) -> Party | None:
    """The party of a member on a day: that of its mayor then."""
    mayor = mayor_of(office, day)
    return mayor.party if mayor else None


def _terms() -> QuerySet[Membership]:
    return Membership.objects.select_related("person", "party", "post__organization")


def _mayoral_terms() -> QuerySet[Membership]:
    return _terms().filter(post__kind=PostKind.MAYOR)


def holdings_among(terms: Iterable[Membership], day: date) -> list[Holding]:
    """Which of these terms ran on a day, each with its doubt."""
    terms = list(terms)
    possible = [term for term in terms if _may_hold(term, day)]
    return [Holding(term, _doubt(term, possible, day)) for term in terms if term.is_true_on(day)]


def _may_hold(term: Membership, day: date) -> bool:
    """True when the sources leave it possible that this term ran on the day."""
    starts, stops = term.from_earliest, term.to_latest
    return (starts is None or starts <= day) and (stops is None or day < stops)


def _doubt(term: Membership, possible: list[Membership], day: date) -> str:
    """An open day between two people is a doubt; two terms of one person that meet are none."""
    others = sorted({other.person.name for other in possible} - {term.person.name})
    if term.is_certain_on(day):
        return ""
    if others:
        return f"The day of the change is not in the sources; on this day it may still or already be {others[0]}."
    if len(possible) > 1:
        return ""
    if term.from_earliest and term.from_latest and day < term.from_latest:
        earliest, latest = say_day(term.from_earliest), say_day(term.from_latest)
        return f"The day of taking office is not in the sources: not before {earliest}, by {latest}."
    return f"The day of leaving office is not in the sources: by {say_day(term.to_latest or day)}."
