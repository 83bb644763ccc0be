"""What of the positions stands on a person's home page."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse

from folkmoot.apps.access.actor import Actor
from folkmoot.apps.positions.queries.due import (
    answers_owed,
    positions_to_decide,
    positions_to_publish,
    rounds_to_watch,
    signatures_owed,
)
from folkmoot.apps.positions.queries.news import closings, news, waited_for
from folkmoot.web.clock import LONDON
from folkmoot.web.positions.frame import closing
from folkmoot.web.shell.home import HomeChange, HomeItem, Waiting, WeekEntry
from folkmoot.web.templating import plural

NAMED = 3


def items(actor: Actor) -> list[HomeItem]:
    """Everything of the positions that waits for this person."""
    if actor.account_id is None or actor.confined:
        return []
    return [*_rounds(actor), *_decisions(actor), *_answers(actor), *_signatures(actor), *_publications(actor)]


def _rounds(actor: Actor) -> Iterator[HomeItem]:
    for each in rounds_to_watch(actor):
        circulation = each.circulation
        count = len(each.waiting)
        late = f"{plural(count, 'office has', 'offices have')} not answered: {_names(each.waiting)}. " if count else ""
        end = "Its time is over." if each.is_over else f"Closes {closing(circulation.closes_at)}."
        yield HomeItem(
            kind="Returns",
            title=f"{circulation.position.title}: {'close it' if each.is_over else 'answers missing'}",
            url=reverse("offices", args=[circulation.position.key]),
            why=late + end,
            due=circulation.closes_at,
            verb="Close" if each.is_over else "Remind",
            overdue=each.is_over,
            handling=circulation.position.handling,
        )


def _names(names: tuple[str, ...]) -> str:
    """The first few names, and how many more."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _decisions(actor: Actor) -> Iterator[HomeItem]:
    for position, left in positions_to_decide(actor):
        yield HomeItem(
            kind="Amendments",
            title=f"{position.title}: decide the amendments",
            url=reverse("amendments", args=[position.key]),
            why=f"{plural(left, 'amendment')} undecided.",
            due=None,
            verb="Decide",
            handling=position.handling,
        )


def _answers(actor: Actor) -> Iterator[HomeItem]:
    for owed in answers_owed(actor):
        circulation = owed.circulation
        begun = "Begun, not submitted." if owed.is_begun else "Not begun."
        yield HomeItem(
            kind="Answer",
            title=f"{circulation.position.title}: your office’s answer",
            url=reverse("answer", args=[circulation.position.key]),
            why=f"{circulation.question} {begun}",
            due=circulation.closes_at,
            verb="Go on" if owed.is_begun else "Answer",
            handling=circulation.position.handling,
        )


def _signatures(actor: Actor) -> Iterator[HomeItem]:
    for owed in signatures_owed(actor):
        yield HomeItem(
            kind="Sign-off",
            title=f"{owed.position.title}: sign-off",
            url=reverse("sign_off", args=[owed.position.key]),
            why=f"Waits for the signature of {owed.for_name}." if owed.for_name else "Waits for your signature.",
            due=None,
            verb="Read and sign",
            delegated=bool(owed.for_name),
            handling=owed.position.handling,
        )


def _publications(actor: Actor) -> Iterator[HomeItem]:
    for position, for_name in positions_to_publish(actor):
        yield HomeItem(
            kind="Publication",
            title=f"{position.title}: publish it",
            url=reverse("sign_off", args=[position.key]),
            why="Agreed: every office is recorded.",
            due=None,
            verb="Look",
            delegated=bool(for_name),
            handling=position.handling,
        )


def changes(actor: Actor, since: datetime) -> list[HomeChange]:
    """What happened to the positions since a moment."""
    if actor.account_id is None or actor.confined:
        return []
    return [
        HomeChange(
            at=each.at,
            kind="Position",
            title=each.position.title,
            url=reverse("position", args=[each.position.key]),
            what=each.what,
            handling=each.position.handling,
        )
        for each in news(actor, since)
    ]


def week(actor: Actor, first: date, last: date) -> list[WeekEntry]:
    """The rounds that close on these days."""
    if actor.account_id is None or actor.confined:
        return []
    return [
        WeekEntry(
            day=each.circulation.closes_at.astimezone(LONDON).date(),
            group="Offices",
            title=f"Answers due: {each.circulation.position.title}",
            url=reverse("position", args=[each.circulation.position.key]),
            owner=each.circulation.position.lead.name,
            state=each.words,
            at=each.circulation.closes_at,
            handling=each.circulation.position.handling,
        )
        for each in closings(actor, first, last)
    ]


def waiting(actor: Actor) -> list[Waiting]:
    """The answers and signatures that whoever leads a position waits for."""
    if actor.account_id is None or actor.confined:
        return []
    return [
        Waiting(
            what=f"{each.what}: {each.position.title}",
            url=reverse("offices" if each.what == "Answers" else "sign_off", args=[each.position.key]),
            for_whom=_names(each.offices),
            since=each.since,
            due=each.due,
            handling=each.position.handling,
        )
        for each in waited_for(actor)
    ]
