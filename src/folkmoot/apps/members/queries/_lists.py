"""The register as lists: terms of office, the calendar, powers, authorities still to come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from folkmoot.apps.members.models import CalendarEvent, Kind, Membership, Organization, Person, Power
from folkmoot.apps.members.provenance import Fact, true_on
from folkmoot.apps.members.queries._corrections import CorrectionOf, corrections_of

_SORTS = {"name": "person__name", "organisation": "post__organization__name", "party": "party__name", "from": "begins"}


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person and every post that the register knows they held, latest first."""

    person: Person
    terms: list[Membership]
    corrections: list[CorrectionOf]


def person_page(key: str) -> PersonPage | None:
    """A person with all their terms; None when the register has nobody by this key."""
    person = Person.objects.filter(key=key).first()
    if person is None:
        return None
    terms = list(
        person.memberships.select_related("post__organization", "party").order_by(F("begins").desc(nulls_last=True))
    )
    facts: list[Fact] = [person, *terms]
    return PersonPage(person, terms, corrections_of(facts))


def terms_of_office(*, text: str = "", on: date | None = None, sort: str = "name") -> QuerySet[Membership]:
    """Terms whose person, post, body or party holds the text; on a day only those that ran then."""
    terms = Membership.objects.select_related("person", "party", "post__organization")
    if on is not None:
        terms = terms.filter(true_on(on))
    for word in text.split():
        terms = terms.filter(
            Q(person__name__icontains=word)
            | Q(post__label__icontains=word)
            | Q(post__organization__name__icontains=word)
            | Q(party__name__icontains=word)
        )
    column = F(_SORTS.get(sort.removeprefix("-"), "person__name"))
    order = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return terms.order_by(order, "person__name", "begins", "key")


# Where the network does not work: their days are shown only to who asks for them.
ELSEWHERE = ("scotland", "northern-ireland")


def events(day: date, *, when: str = "", kind: str = "", scope: str = "", text: str = "") -> QuerySet[CalendarEvent]:
    """What the calendar holds for England: from a day on, or `when` is “past” before it, latest first, or “all”."""
    found = CalendarEvent.objects.all()
    if when == "past":
        found = found.filter(last_day__lt=day).order_by("-first_day", "key")
    elif when != "all":
        found = found.filter(Q(last_day__gte=day) | Q(last_day__isnull=True))
    if kind:
        found = found.filter(kind=kind)
    if not scope:
        found = found.exclude(scope__in=ELSEWHERE)
    elif scope != "everywhere":
        found = found.filter(scope=scope)
    for word in text.split():
        found = found.filter(Q(title__icontains=word) | Q(notes__icontains=word))
    return found


def event_kinds() -> tuple[list[str], list[str]]:
    """The kinds and the scopes that the calendar knows, sorted."""
    pairs = list(CalendarEvent.objects.order_by().values_list("kind", "scope").distinct())
    return sorted({kind for kind, _ in pairs}), sorted({scope for _, scope in pairs if scope})


def powers() -> QuerySet[Power]:
    return Power.objects.select_related("area")


def planned_authorities() -> QuerySet[Organization]:
    """Authorities that are announced and not yet formed."""
    return Organization.objects.filter(kind=Kind.AUTHORITY, planned=True)
